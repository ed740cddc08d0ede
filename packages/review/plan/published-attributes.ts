/** The attributes of the published providers, under the names that Bitlift's own provider has for them, so that one rule reads both. */
import type { ChangeDocument } from "./plan-document";
import { hideSensitive } from "./redaction";

type Names = Readonly<Record<string, string>>;

/** A stored secret gets the name of its fingerprint. Its value is never read. */
const INTEGRATION: Names = { webhook_secret: "webhook_secret_fingerprint", access_token: "credential_fingerprint" };

const OWN_NAMES: Readonly<Record<string, Names>> = {
  spacelift_bitbucket_cloud_integration: INTEGRATION,
  spacelift_bitbucket_datacenter_integration: INTEGRATION,
  bitbucket_hook: {
    owner: "workspace",
    url: "webhook_url",
    description: "title",
    secret: "secret_fingerprint",
    skip_cert_verification: "skip_certificate_verification",
  },
  bitbucketserver_repository_webhook: { name: "title", secret: "secret_fingerprint" },
};

/** Sensitive whatever the plan says: the data source for Bitbucket Data Center does not mark its secret. */
const SECRETS = { webhook_secret_fingerprint: true, secret_fingerprint: true, credential_fingerprint: true, access_token_wo: true };

/** What Bitlift's own provider calls an attribute. */
export function ownName(type: string, name: string): string {
  return OWN_NAMES[type]?.[name] ?? name;
}

/** What the provider of the type calls an attribute, for texts. */
export function shownName(type: string, ownName: string): string {
  const found = Object.entries(OWN_NAMES[type] ?? {}).find(([, own]) => own === ownName);
  return found?.[0] ?? ownName;
}

/** Values of an object in the state, without its secrets. */
export function ownValues(type: string, values: Record<string, unknown>, sensitive: unknown): Readonly<Record<string, unknown>> {
  const hidden = hideSensitive(values, sensitive);
  return hideSensitive(renamed(type, hidden), SECRETS) as Readonly<Record<string, unknown>>;
}

/** The change of an object of a published provider, with its secrets marked. */
export function ownChange(type: string, change: ChangeDocument): ChangeDocument {
  return {
    ...change,
    before: renamed(type, change.before) as ChangeDocument["before"],
    after: renamed(type, change.after) as ChangeDocument["after"],
    after_unknown: renamed(type, change.after_unknown),
    before_sensitive: withSecrets(renamed(type, change.before_sensitive)),
    after_sensitive: withSecrets(renamed(type, change.after_sensitive)),
    replace_paths: (change.replace_paths ?? []).map(([first, ...rest]) => [ownName(type, String(first)), ...rest]),
  };
}

function withSecrets(mask: unknown): unknown {
  if (mask === true) return true;
  return { ...(typeof mask === "object" ? mask : {}), ...SECRETS };
}

function renamed(type: string, values: unknown): unknown {
  if (typeof values !== "object" || values === null) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [ownName(type, name), value]));
}
