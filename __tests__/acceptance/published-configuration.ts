/** The objects of the default configuration as the published providers manage them, under the same names. */
import { PUBLISHED_TYPES, type TypeWithPublished } from "../../packages/domain";
import { repositoryFields, type Fields, type Product } from "../../tools/harness";
import { configuration, TOKEN, type Resources } from "./configuration";
import { PROVIDERS } from "./published-resources";

/** Arguments that replace or extend those with which the objects are the same as in the default configuration. */
export interface PublishedChanges {
  readonly integration?: Fields;
  readonly webhook?: Fields;
}

const SPACE_ID = "${spacelift_space.payments.id}";
const DATACENTER_INTEGRATION = "spacelift_bitbucket_datacenter_integration";

/** The published providers cannot create an integration of Bitbucket Cloud, so Bitlift's own manages it, in the Space of the published one. */
export function configurationAsPublished(product: Product, changes: PublishedChanges = {}): Readonly<Record<string, unknown>> {
  const { published } = product.name === "cloud" ? cloud(product, changes) : datacenter(product, changes);
  return { ...PROVIDERS, ...published };
}

function cloud(product: Product, { webhook = {} }: PublishedChanges) {
  const integration = { ...ownIntegration(product), space_id: SPACE_ID };
  const hook = (repository: string) => ({
    owner: product.namespace,
    repository,
    url: `\${${product.INTEGRATION}.webhook_url}`,
    description: "Spacelift (payments)",
    events: product.events.required,
    secret: "${data.spacelift_bitbucket_cloud_integration.payments.webhook_secret}",
    skip_cert_verification: false,
    ...webhook,
  });
  const published = {
    data: { spacelift_bitbucket_cloud_integration: { payments: { id: `\${${product.INTEGRATION}.id}` } } },
    resource: {
      spacelift_space: { payments: { name: "Payments" } },
      [product.integration]: { payments: integration },
      bitbucket_hook: { infrastructure: hook("infrastructure"), networking: hook("networking") },
    },
  };
  return { published };
}

function datacenter(product: Product, { integration = {}, webhook = {} }: PublishedChanges) {
  const hook = (repository: string) => ({
    ...repositoryFields(product, repository),
    name: "Spacelift (payments)",
    webhook_url: `\${${DATACENTER_INTEGRATION}.payments.webhook_url}`,
    events: product.events.required,
    secret: `\${${DATACENTER_INTEGRATION}.payments.webhook_secret}`,
    ...webhook,
  });
  const login = { ...product.loginArguments, access_token: TOKEN };
  const published = {
    resource: {
      spacelift_space: { payments: { name: "Payments" } },
      [DATACENTER_INTEGRATION]: { payments: { name: "Payments", is_default: false, space_id: SPACE_ID, ...login, ...integration } },
      bitbucketserver_repository_webhook: { infrastructure: hook("infrastructure"), networking: hook("networking") },
    },
  };
  return { published };
}

function ownIntegration(product: Product): Fields {
  return configuration(product).resource[product.integration]?.["payments"] as Fields;
}

/** The `moved` blocks that take the published objects over into these resources. */
export function movedBlocks(resources: Resources): readonly { readonly from: string; readonly to: string }[] {
  return Object.entries(resources).flatMap(([type, objects]) =>
    isTypeWithPublished(type)
      ? Object.keys(objects).map((name) => ({ from: `${PUBLISHED_TYPES[type].type}.${name}`, to: `${type}.${name}` }))
      : [],
  );
}

function isTypeWithPublished(type: string): type is TypeWithPublished {
  return Object.hasOwn(PUBLISHED_TYPES, type);
}
