/** The default app's one stack: Spaces, Bitbucket Cloud integrations, and the webhooks in their repositories. */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  BitbucketCloudIntegration,
  BitliftProvider,
  Credential,
  Space,
  WebhookEvent,
  type BitbucketCloudCredential,
  type ISpace,
} from "../lib";
import { ConfiguredBackend } from "./backend";
import type { Configuration, IntegrationConfiguration, SpaceReference } from "./configuration";

/** Construct ids are the keys of the configuration, so a new name is a change of the same object. */
export class BitbucketStack extends TerraformStack {
  private readonly spaces = new Map<string, Space>();

  constructor(
    scope: Construct,
    id: string,
    private readonly configuration: Configuration,
  ) {
    super(scope, id);
    for (const [type, settings] of Object.entries(configuration.backend ?? {})) new ConfiguredBackend(this, type, settings);
    new BitliftProvider(this, "bitlift");
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
    const { space, repositories = [], email, apiTokenEnv, username, appPasswordEnv, ...props } = settings;
    const integration = new BitbucketCloudIntegration(this, key, {
      ...props,
      credential: credential({ email, apiTokenEnv, username, appPasswordEnv }),
      ...(space !== undefined && { space: this.space(space) }),
    });
    for (const entry of repositories) {
      const { repository, additionalEvents, ...options } = typeof entry === "string" ? { repository: entry } : entry;
      integration.addRepository(repository, {
        ...options,
        ...(additionalEvents !== undefined && { additionalEvents: additionalEvents.map((key) => WebhookEvent.custom(key)) }),
      });
    }
  }
}

/** As written; the rules of lib/ say what is missing or mixed. */
function credential(
  settings: Pick<IntegrationConfiguration, "email" | "apiTokenEnv" | "username" | "appPasswordEnv">,
): BitbucketCloudCredential {
  const { email, apiTokenEnv, username, appPasswordEnv } = settings;
  return {
    ...(email !== undefined && { email }),
    ...(apiTokenEnv !== undefined && { apiToken: Credential.fromEnvironment(apiTokenEnv) }),
    ...(username !== undefined && { username }),
    ...(appPasswordEnv !== undefined && { appPassword: Credential.fromEnvironment(appPasswordEnv) }),
  } as BitbucketCloudCredential;
}
