/** The provider blocks of a part: one for Spacelift, Bitbucket Cloud and the server of the environment, and one for each server of the file. */
import { dirname } from "node:path";
import type { Construct } from "constructs";
import { BitliftProvider, type BitbucketCloudLogin } from "../lib";
import type { Configuration } from "../packages/configuration";
import type { Secrets } from "./secrets";
import { serverLogin } from "./server-login";

/** Creates the providers. Returns those of the servers, by key. */
export function createProviders(
  scope: Construct,
  { path, bitbucketCloud, servers }: Pick<Configuration, "path" | "bitbucketCloud" | "servers">,
  secrets: Secrets,
  managesWebhooks: boolean,
): ReadonlyMap<string, BitliftProvider> {
  // A key starts with a letter, so these IDs differ from those of integrations.
  const login = managesWebhooks && bitbucketCloud !== undefined ? cloudLogin(bitbucketCloud, secrets) : undefined;
  new BitliftProvider(scope, "_bitlift", { bitbucketCloud: login });
  // The engine also needs the provider of a server to delete the last webhook on it, so all servers are declared. It starts none without objects.
  const declared = managesWebhooks ? [...servers.values()] : [];
  return new Map(
    declared.map((server) => {
      const bitbucketDatacenter = serverLogin(server, dirname(path), secrets);
      return [server.key, new BitliftProvider(scope, `_server-${server.key}`, { alias: server.key, bitbucketDatacenter })];
    }),
  );
}

function cloudLogin(login: NonNullable<Configuration["bitbucketCloud"]>, secrets: Secrets): BitbucketCloudLogin {
  const token = secrets.credential(login.token);
  return "email" in login ? { email: login.email, apiToken: token } : { accessToken: token };
}
