/** The provider blocks of a part: one for Spacelift, Bitbucket Cloud and the server of the environment, and one for each server of the file. */
import { dirname } from "node:path";
import type { Construct } from "constructs";
import { BitliftProvider, type BitbucketCloudLogin } from "../lib";
import {
  loginBackings,
  spaceLookupBacking,
  type Configuration,
  type IntegrationEntry,
  type Part,
  type ServerEntry,
  type SpaceEntry,
} from "../packages/configuration";
import type { Secrets } from "./secrets";
import { serverLogin } from "./server-login";

/** Creates the providers. Returns those of the servers, by key. */
export function createProviders(
  scope: Construct,
  configuration: Configuration,
  part: Part,
  secrets: Secrets,
): ReadonlyMap<string, BitliftProvider> {
  const { path, bitbucketCloud, servers } = configuration;
  const managesWebhooks = mayHaveWebhooks(configuration, part);
  const isUsable = usableLogins(configuration, part);
  const hasLogin = managesWebhooks && isUsable(({ product }) => product === "cloud");
  // A key starts with a letter, so these IDs differ from those of integrations.
  new BitliftProvider(scope, "_bitlift", { bitbucketCloud: hasLogin && bitbucketCloud ? cloudLogin(bitbucketCloud, secrets) : undefined });
  // The engine also needs the provider of a server to delete the last webhook on it, so all servers are declared. It starts none without objects.
  const declared = managesWebhooks
    ? [...servers.values()].filter((server) =>
        isUsable((entry) => entry.product === "datacenter" && entry.server === server.key, isForPublished(server)),
      )
    : [];
  return new Map(
    declared.map((server) => {
      const bitbucketDatacenter = serverLogin(server, dirname(path), secrets);
      return [server.key, new BitliftProvider(scope, `_server-${server.key}`, { alias: server.key, bitbucketDatacenter })];
    }),
  );
}

/** Not only now: the engine needs the providers of webhooks that it deletes, after the last integration of a part has left the file. */
function mayHaveWebhooks({ parts }: Configuration, { spaces, integrations }: Part): boolean {
  return integrations.length > 0 || spaces.length === 0 || parts.length === 1;
}

/**
 * In a part that published providers manage alone, a login is left out if only integrations of other parts use it, with Bitlift's own provider. A
 * login without users stays if the published providers take it, because they may have to delete what used it.
 */
function usableLogins(
  configuration: Configuration,
  part: Part,
): (isUser: (entry: IntegrationEntry) => boolean, isForPublished?: boolean) => boolean {
  if (needsOwnProvider(configuration, part)) return () => true;
  const entries = [...configuration.integrations.values()];
  return (isUser, isForPublished = false) => {
    const users = entries.filter(isUser).map(({ backing }) => backing);
    return loginBackings(users, isForPublished ? "published" : configuration.backing).has("published");
  };
}

/** Whether the published provider takes the login: no token, and a password from a variable of the engine. */
function isForPublished({ login, caCertificate }: ServerEntry): boolean {
  return caCertificate === undefined && (login === undefined || ("password" in login && "variable" in login.password));
}

function needsOwnProvider(configuration: Configuration, part: Part): boolean {
  const { backing, integrations, spaces } = configuration;
  const entries = part.integrations.flatMap((key) => integrations.get(key) ?? []);
  if (entries.some((entry) => entry.backing === "bitlift")) return true;
  if (backing === "published") return false;
  const isReferred = ({ existing, space }: IntegrationEntry) =>
    existing === undefined && space !== "root" && !isKnownById(spaces.get(space));
  if (entries.length === 0 || part.spaces.length > 0) return true;
  return spaceLookupBacking(configuration, part) === "bitlift" && entries.some(isReferred);
}

function isKnownById(space: SpaceEntry | undefined): boolean {
  return space?.existing !== undefined && "id" in space.existing;
}

function cloudLogin(login: NonNullable<Configuration["bitbucketCloud"]>, secrets: Secrets): BitbucketCloudLogin {
  const token = secrets.credential(login.token);
  return "email" in login ? { email: login.email, apiToken: token } : { accessToken: token };
}
