/** The stack of the default app: Spaces, Bitbucket integrations, and the webhooks in their repositories. */
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
  type BitbucketIntegrationBase,
  type ISpace,
} from "../lib";
import { ConfiguredBackend } from "./backend";
import type {
  CloudIntegrationConfiguration,
  Configuration,
  DatacenterIntegrationConfiguration,
  IntegrationConfiguration,
  SpaceReference,
} from "./configuration-model";
import { setId } from "./repository-sets";
import { serverLogin } from "./server-login";

type RepositoryEntry = NonNullable<IntegrationConfiguration["repositories"]>[number];

/** Construct IDs derive from the keys of the configuration, not from names, so a changed name keeps the Terraform address. */
export class BitbucketStack extends TerraformStack {
  readonly #configuration: Configuration;
  readonly #spaces = new Map<string, Space>();
  readonly #servers = new Map<string, BitliftProvider>();

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id);
    this.#configuration = configuration;
    const { backend = {}, bitbucketDatacenter = {}, spaces = {}, integrations = {} } = configuration;
    for (const [type, backendArguments] of Object.entries(backend)) new ConfiguredBackend(this, type, backendArguments);
    new BitliftProvider(this, "bitlift");
    for (const [key, server] of Object.entries(bitbucketDatacenter)) {
      const props = { alias: key, bitbucketDatacenter: serverLogin(key, server) };
      this.#servers.set(key, new BitliftProvider(this, `server-${key}`, props));
    }
    for (const key of Object.keys(spaces)) this.#space(key);
    for (const [key, integration] of Object.entries(integrations)) this.#addIntegration(key, integration);
  }

  /** Resolves a reference to a Space. The first reference to a Space of the configuration declares it, after its parents. */
  #space(reference: SpaceReference): ISpace {
    if (typeof reference !== "string") return Space.fromSpaceId(reference.id);
    const declared = this.#spaces.get(reference);
    if (declared !== undefined) return declared;
    const settings = this.#configuration.spaces?.[reference];
    if (settings === undefined) return Space.fromSpaceId(reference);
    const { parent, ...props } = settings;
    const space = new Space(this, `space-${reference}`, { ...props, parent: this.#optionalSpace(parent) });
    this.#spaces.set(reference, space);
    return space;
  }

  #optionalSpace(reference: SpaceReference | undefined): ISpace | undefined {
    return reference === undefined ? undefined : this.#space(reference);
  }

  #addIntegration(key: string, settings: IntegrationConfiguration): void {
    const integration =
      settings.product === "datacenter" ? this.#datacenterIntegration(key, settings) : this.#cloudIntegration(key, settings);
    for (const entry of settings.repositories ?? []) addRepositories(integration, entry);
  }

  #cloudIntegration(key: string, settings: CloudIntegrationConfiguration): BitbucketCloudIntegration {
    const { product: _product, space, repositories: _repositories, email, apiTokenEnv, username, appPasswordEnv, ...props } = settings;
    return new BitbucketCloudIntegration(this, key, {
      ...props,
      credential: cloudCredential({ email, apiTokenEnv, username, appPasswordEnv }),
      space: this.#optionalSpace(space),
    });
  }

  #datacenterIntegration(key: string, settings: DatacenterIntegrationConfiguration): BitbucketDatacenterIntegration {
    const { product: _product, space, repositories: _repositories, server = "", accessTokenEnv, ...props } = settings;
    const url = this.#configuration.bitbucketDatacenter?.[server]?.url;
    return new BitbucketDatacenterIntegration(this, key, {
      ...props,
      apiHost: props.apiHost ?? url ?? "",
      userFacingHost: props.userFacingHost ?? url,
      accessToken: Credential.fromEnvironment(accessTokenEnv),
      provider: this.#servers.get(server),
      space: this.#optionalSpace(space),
    });
  }
}

function addRepositories(integration: BitbucketIntegrationBase, entry: RepositoryEntry): void {
  if (typeof entry === "string") {
    integration.addRepository(entry);
    return;
  }
  const additionalEvents = entry.additionalEvents?.map((event) => WebhookEvent.custom(event));
  if ("repository" in entry) {
    const { repository, ...options } = entry;
    integration.addRepository(repository, { ...options, additionalEvents });
    return;
  }
  const constructId = entry.key === undefined ? undefined : setId(entry);
  // On Bitbucket Cloud, a project filters a workspace. On Bitbucket Data Center, it contains the repositories.
  if (entry.workspace === undefined) {
    const { workspace: _workspace, project, key: _key, ...filters } = entry;
    integration.addRepositoriesOf(project, { ...filters, additionalEvents, constructId });
  } else {
    const { workspace, key: _key, ...filters } = entry;
    integration.addRepositoriesOf(workspace, { ...filters, additionalEvents, constructId });
  }
}

/** Contains only the given fields, so that the rules of lib can report an incomplete or ambiguous credential. */
function cloudCredential(
  settings: Pick<CloudIntegrationConfiguration, "email" | "apiTokenEnv" | "username" | "appPasswordEnv">,
): BitbucketCloudCredential {
  const { email, apiTokenEnv, username, appPasswordEnv } = settings;
  const fields = {
    email,
    apiToken: apiTokenEnv === undefined ? undefined : Credential.fromEnvironment(apiTokenEnv),
    username,
    appPassword: appPasswordEnv === undefined ? undefined : Credential.fromEnvironment(appPasswordEnv),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as BitbucketCloudCredential;
}
