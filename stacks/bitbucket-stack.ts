/** The default app's one stack: Spaces, integrations with Bitbucket, and the webhooks in their repositories. */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  Credential,
  Space,
  WebhookEvent,
  type BitbucketCloudCredential,
  type ISpace,
} from "../lib";
import { ConfiguredBackend } from "./backend";
import type {
  CloudIntegrationConfiguration,
  Configuration,
  DatacenterIntegrationConfiguration,
  IntegrationConfiguration,
  SpaceReference,
} from "./configuration";
import { setId } from "./repository-sets";
import { serverLogin } from "./server-login";

/** Construct ids are the keys of the configuration, so a new name is a change of the same object. */
export class BitbucketStack extends TerraformStack {
  private readonly spaces = new Map<string, Space>();
  private readonly servers = new Map<string, BitliftProvider>();

  constructor(
    scope: Construct,
    id: string,
    private readonly configuration: Configuration,
  ) {
    super(scope, id);
    for (const [type, settings] of Object.entries(configuration.backend ?? {})) new ConfiguredBackend(this, type, settings);
    new BitliftProvider(this, "bitlift");
    for (const [key, server] of Object.entries(configuration.bitbucketDatacenter ?? {})) {
      this.servers.set(key, new BitliftProvider(this, `server-${key}`, { alias: key, bitbucketDatacenter: serverLogin(key, server) }));
    }
    for (const key of Object.keys(configuration.spaces ?? {})) this.space(key);
    for (const [key, integration] of Object.entries(configuration.integrations ?? {})) this.addIntegration(key, integration);
  }

  /** A Space by reference; one of the configuration is declared when it is first named, its parents before it. */
  private space(reference: SpaceReference): ISpace {
    if (typeof reference !== "string") return Space.fromSpaceId(reference.id);
    const declared = this.spaces.get(reference);
    if (declared !== undefined) return declared;
    const settings = this.configuration.spaces?.[reference];
    if (settings === undefined) return Space.fromSpaceId(reference);
    const { parent, ...props } = settings;
    const space = new Space(this, `space-${reference}`, { ...props, ...(parent !== undefined && { parent: this.space(parent) }) });
    this.spaces.set(reference, space);
    return space;
  }

  private addIntegration(key: string, settings: IntegrationConfiguration): void {
    const integration = settings.product === "datacenter" ? this.datacenter(key, settings) : this.cloud(key, settings);
    for (const entry of settings.repositories ?? []) {
      const { additionalEvents, ...rest } = typeof entry === "string" ? { repository: entry } : entry;
      const events = additionalEvents && { additionalEvents: additionalEvents.map((event) => WebhookEvent.custom(event)) };
      if ("repository" in rest) {
        const { repository, ...options } = rest;
        integration.addRepository(repository, { ...options, ...events });
      } else {
        // A workspace may be narrowed to one of its projects; where there is no workspace, the project is what holds the repositories.
        const { workspace, project, key, ...options } = rest;
        const set = { ...options, ...events, ...(key !== undefined && { constructId: setId(rest) }) };
        if (workspace !== undefined) integration.addRepositoriesOf(workspace, { ...set, project });
        else if (project !== undefined) integration.addRepositoriesOf(project, set);
      }
    }
  }

  private cloud(key: string, settings: CloudIntegrationConfiguration): BitbucketCloudIntegration {
    const { product: _, space, repositories: _repositories, email, apiTokenEnv, username, appPasswordEnv, ...props } = settings;
    return new BitbucketCloudIntegration(this, key, {
      ...props,
      credential: credential({ email, apiTokenEnv, username, appPasswordEnv }),
      ...(space !== undefined && { space: this.space(space) }),
    });
  }

  private datacenter(key: string, settings: DatacenterIntegrationConfiguration): BitbucketDatacenterIntegration {
    const { product: _, space, repositories: _repositories, server = "", accessTokenEnv, ...props } = settings;
    const url = this.configuration.bitbucketDatacenter?.[server]?.url ?? "";
    return new BitbucketDatacenterIntegration(this, key, {
      apiHost: url,
      ...(url !== "" && { userFacingHost: url }),
      ...props,
      accessToken: Credential.fromEnvironment(accessTokenEnv),
      provider: this.servers.get(server),
      ...(space !== undefined && { space: this.space(space) }),
    });
  }
}

/** As written; the rules of lib/ say what is missing or mixed. */
function credential(
  settings: Pick<CloudIntegrationConfiguration, "email" | "apiTokenEnv" | "username" | "appPasswordEnv">,
): BitbucketCloudCredential {
  const { email, apiTokenEnv, username, appPasswordEnv } = settings;
  return {
    ...(email !== undefined && { email }),
    ...(apiTokenEnv !== undefined && { apiToken: Credential.fromEnvironment(apiTokenEnv) }),
    ...(username !== undefined && { username }),
    ...(appPasswordEnv !== undefined && { appPassword: Credential.fromEnvironment(appPasswordEnv) }),
  } as BitbucketCloudCredential;
}
