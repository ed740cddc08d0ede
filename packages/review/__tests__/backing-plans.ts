/** Small plans of the same objects with either backing, for tests that compare what the review says about the two. */
import { PUBLISHED_TYPES, REQUIRED_BITBUCKET_CLOUD_EVENTS, REQUIRED_BITBUCKET_DATACENTER_EVENTS, type Backing } from "../../domain";

export type Product = "cloud" | "datacenter";

/** What an object is, in words that no provider has. Null for an object that does not exist. */
export interface Space {
  readonly kind: "space";
  readonly name: string;
  readonly parent: string;
  readonly inherits?: boolean;
}
export interface Integration {
  readonly kind: "integration";
  readonly name: string;
  readonly space: string;
  readonly isDefault?: boolean;
  readonly username?: string;
}
export interface Webhook {
  readonly kind: "webhook";
  readonly product: Product;
  readonly repository: string;
  readonly integration?: string;
  readonly title?: string;
  readonly events?: readonly string[];
  readonly active?: boolean;
  readonly isUnverified?: boolean;
}
export type Thing = Space | Integration | Webhook;

export interface Step {
  readonly name: string;
  readonly before: Thing | null;
  readonly after: Thing | null;
  readonly actions: readonly string[];
  readonly more?: object;
}

/** A secret that no text may contain. */
export const CANARY = "canary-of-a-secret";
const NAMESPACE = { cloud: "acme", datacenter: "PLAT" };
export const REQUIRED: Readonly<Record<Product, readonly string[]>> = {
  cloud: REQUIRED_BITBUCKET_CLOUD_EVENTS.map(({ key }) => key).sort(),
  datacenter: REQUIRED_BITBUCKET_DATACENTER_EVENTS.map(({ key }) => key).sort(),
};

export function typeOf(backing: Backing, thing: Thing): string {
  const own = {
    space: "bitlift_space",
    integration: "bitlift_bitbucket_datacenter_integration",
    webhook: `bitlift_bitbucket_${"product" in thing ? thing.product : ""}_webhook`,
  }[thing.kind] as keyof typeof PUBLISHED_TYPES;
  return backing === "bitlift" ? own : PUBLISHED_TYPES[own].type;
}

const slug = (name: string) => name.toLowerCase().replaceAll(" ", "-");
export const urlOf = (product: Product, integration: string) => `https://acme.app.spacelift.io/${product}/01ABC/integration/${integration}`;

export function valuesOf(backing: Backing, thing: Thing): Readonly<Record<string, unknown>> {
  if (thing.kind === "space") {
    const { name, parent, inherits = true } = thing;
    return { id: slug(name), name, parent_space_id: parent, inherit_entities: inherits };
  }
  if (thing.kind === "integration") {
    const { name, space, isDefault = false, username = "reader" } = thing;
    const shared = { id: slug(name), name, space_id: space, is_default: isDefault, username, webhook_url: urlOf("datacenter", slug(name)) };
    const own = { ...shared, detach_protection: true, webhook_secret_fingerprint: "sha256:0000000000000000" };
    return backing === "bitlift" ? own : { ...shared, webhook_secret: CANARY, access_token: CANARY };
  }
  const { product, repository, integration = "payments", title = "Spacelift", events = REQUIRED[product], active = true } = thing;
  const { isUnverified = false } = thing;
  const url = urlOf(product, integration);
  const shared = { repository, events, active };
  if (backing === "bitlift") {
    const certificate = product === "cloud" ? { skip_certificate_verification: isUnverified } : { verify_certificate: !isUnverified };
    const namespace = { [product === "cloud" ? "workspace" : "project"]: NAMESPACE[product] };
    return { ...namespace, ...shared, ...certificate, integration_id: integration, webhook_url: url, title, secret_fingerprint: null };
  }
  return product === "cloud"
    ? { owner: NAMESPACE.cloud, ...shared, url, description: title, skip_cert_verification: isUnverified, secret: CANARY }
    : { project: NAMESPACE.datacenter, ...shared, webhook_url: url, name: title, secret: CANARY };
}

const MASK = { secret: true, webhook_secret: true, access_token: true };

/** One entry of `resource_changes` or `resource_drift`. */
export function entry(backing: Backing, { name, before, after, actions, more }: Step): Readonly<Record<string, unknown>> {
  const thing = (before ?? after) as Thing;
  const type = typeOf(backing, thing);
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    change: {
      actions,
      before: before && valuesOf(backing, before),
      after: after && valuesOf(backing, after),
      after_unknown: {},
      before_sensitive: MASK,
      after_sensitive: MASK,
    },
    ...more,
  };
}

export function planText(document: object): string {
  return JSON.stringify({ format_version: "1.2", resource_changes: [], ...document });
}
