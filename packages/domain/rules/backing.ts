/** Rules: what the published providers cannot do is refused, with the reason and the alternative. */
import type { Cause } from "../../diagnostics";
import { EVENTS_REJECTED_BY_PUBLISHED } from "../backing";
import type { BitbucketProduct } from "../spacelift";
import type { Setting, Violation, Words } from "./violation";

/** What the rules know about an integration with published backing. */
export interface PublishedIntegrationFacts<S> {
  readonly subject: S;
  readonly product: BitbucketProduct;
  /** How an integration that is managed elsewhere is found. Undefined for one that is managed here. */
  readonly existing: "id" | "name" | "default" | undefined;
  /** As written. Undefined if it is not set. */
  readonly detachProtection: boolean | undefined;
  readonly hasSecretRotation: boolean;
  /** The subject with the access token, if the token is read from an environment variable. */
  readonly environmentToken: S | undefined;
}

/** What the rules know about the webhooks of such an integration: one, or those of a set. */
export interface PublishedWebhookFacts<S> {
  readonly subject: S;
  readonly product: BitbucketProduct;
  readonly isSet: boolean;
  /** As written. Undefined if it is not set. */
  readonly adoptExisting: boolean | undefined;
  readonly active: boolean | undefined;
  readonly verifyCertificate: boolean | undefined;
  /** Undefined if it is not set, or not known yet. */
  readonly title: string | undefined;
  /** Keys of the additional events. */
  readonly events: readonly string[];
}

/** What the rules know about a login of the published providers. */
export interface PublishedLoginFacts<S> {
  readonly subject: S;
  /** What contains the fields: `bitbucketDatacenter`. Empty if the place of the finding says it. */
  readonly holder: string;
  readonly system: "spacelift" | "bitbucketCloud" | "bitbucketDatacenter";
  /** The names of the fields that are set. */
  readonly fields: readonly string[];
  /** The field with the secret, the variable that it is read from, and the variable that the published provider reads. */
  readonly environmentSecret: { readonly field: string; readonly variable: string; readonly readVariable: string | undefined } | undefined;
  /** Whether DrFaust92/bitbucket is used too, and reads the variables of this login. It refuses them next to a token. */
  readonly isSharedWithCloud: boolean;
}

/** The words that these rules need, which do not depend on what is declared. */
type BackingWords = Pick<Words<never>, "existingById" | "fromVariable" | "of" | "ownBacking" | "quote" | "setting">;
type Found = readonly [setting: Setting | undefined, cause: (words: BackingWords) => Cause];

export function* publishedIntegrations<S>(integrations: Iterable<PublishedIntegrationFacts<S>>): Generator<Violation<S>> {
  for (const facts of integrations) {
    for (const [setting, cause] of integrationFaults(facts)) yield violation(facts.subject, setting, cause);
    if (facts.environmentToken !== undefined) yield violation(facts.environmentToken, "token", environmentToken);
  }
}

function* integrationFaults<S>({ product, existing, detachProtection, hasSecretRotation }: PublishedIntegrationFacts<S>): Generator<Found> {
  if (existing === undefined && product === "cloud") {
    yield [
      undefined,
      ({ of, existingById, ownBacking }) => ({
        why: `The backing${of} is published, but Spacelift's own provider cannot create an integration for Bitbucket Cloud.`,
        fix: `Create it in Spacelift, and refer to it with ${existingById(product)}. Or set ${ownBacking}.`,
      }),
    ];
    return;
  }
  if (existing === "name") {
    yield [
      "existing",
      ({ existingById, ownBacking }) => ({
        why: "Spacelift's own provider cannot find an integration by its name.",
        fix: `Refer to it by its ID, with ${existingById(product)}. Or set ${ownBacking}.`,
      }),
    ];
  }
  if (detachProtection === true) {
    yield [
      "detachProtection",
      ({ ownBacking }) => ({
        why: "Spacelift's own provider does not look at the stacks and modules that use an integration, so nothing protects them when it is deleted.",
        fix: `Remove detachProtection, and look at the consumers before you apply a deletion. Or set ${ownBacking}.`,
      }),
    ];
  }
  if (hasSecretRotation) {
    yield [
      "secretRotation",
      ({ setting, ownBacking }) => ({
        why: "Spacelift's own provider cannot regenerate the webhook secret.",
        fix: `Remove ${setting("secretRotation")}, and reset the secret in Spacelift: the next apply gives the new one to the webhooks. Or set ${ownBacking}.`,
      }),
    ];
  }
}

function environmentToken({ fromVariable, ownBacking }: BackingWords): Cause {
  return {
    why: "The token is read from an environment variable, but Spacelift's own provider cannot read it from there.",
    fix: `Use ${fromVariable}, and set TF_VAR_<name> where the engine runs. Or set ${ownBacking}.`,
  };
}

export function* publishedWebhooks<S>(webhooks: Iterable<PublishedWebhookFacts<S>>): Generator<Violation<S>> {
  for (const facts of webhooks) {
    for (const [setting, cause] of webhookFaults(facts)) yield violation(facts.subject, setting, cause);
    if (facts.product === "datacenter") continue;
    for (const [index, event] of facts.events.entries()) {
      if (!EVENTS_REJECTED_BY_PUBLISHED.includes(event)) continue;
      yield { ...violation(facts.subject, "additionalEvents", (words) => rejectedEvent(event, words)), index };
    }
  }
}

function rejectedEvent(event: string, { ownBacking }: BackingWords): Cause {
  return {
    why: `The provider DrFaust92/bitbucket rejects the event ${event}.`,
    fix: `Remove the event. Or set ${ownBacking}.`,
  };
}

function* webhookFaults<S>(facts: PublishedWebhookFacts<S>): Generator<Found> {
  const { product, isSet, adoptExisting } = facts;
  if (isSet) {
    yield [
      "every",
      ({ ownBacking }) => ({
        why: "The published providers cannot list the repositories of a workspace or project.",
        fix: `Add each repository. Or set ${ownBacking}.`,
      }),
    ];
  }
  if (adoptExisting !== undefined) {
    yield [
      "adoptExisting",
      ({ ownBacking }) => ({
        why: "The published providers do not look for an existing webhook: they create another one with the same URL, and Bitbucket delivers each event twice.",
        fix: `Remove adoptExisting, and import the webhooks that exist. Or set ${ownBacking}.`,
      }),
    ];
  }
  if (product === "datacenter") yield* datacenterFaults(facts);
}

function* datacenterFaults<S>({ active, verifyCertificate, title }: PublishedWebhookFacts<S>): Generator<Found> {
  if (active === false) {
    yield [
      "active",
      ({ ownBacking }) => ({
        why: "The provider gavinbunney/bitbucketserver never sends that active is false, so the webhook would be active.",
        fix: `Remove active. Or set ${ownBacking}.`,
      }),
    ];
  }
  if (verifyCertificate === false) {
    yield [
      "verifyCertificate",
      ({ ownBacking }) => ({
        why: "The provider gavinbunney/bitbucketserver cannot turn off the verification of certificates.",
        fix: `Remove verifyCertificate. Or set ${ownBacking}.`,
      }),
    ];
  }
  if (title?.includes("/") === true) {
    yield [
      "title",
      ({ quote, ownBacking }) => ({
        why: `The title ${quote(title)} has a slash. The provider gavinbunney/bitbucketserver would create the webhook, and then fail, because the title is a part of its own ID.`,
        fix: `Write the title without a slash. Or set ${ownBacking}.`,
      }),
    ];
  }
}

export function* publishedLogins<S>(logins: Iterable<PublishedLoginFacts<S>>): Generator<Violation<S>> {
  for (const facts of logins) for (const [setting, cause] of loginFaults(facts)) yield violation(facts.subject, setting, cause);
}

function* loginFaults<S>({ holder, system, fields, environmentSecret, isSharedWithCloud }: PublishedLoginFacts<S>): Generator<Found> {
  const nameOf = (field: string) => (holder === "" ? field : `${holder}.${field}`);
  if (fields.includes("caCertificate")) {
    yield [
      "caCertificate",
      () => ({
        why: `The published providers have no argument for ${nameOf("caCertificate")}.`,
        fix: "Remove it, and set SSL_CERT_FILE to a file with all trusted certificates where the engine runs.",
      }),
    ];
  }
  if (fields.includes("baseUrl")) {
    yield ["url", () => ({ why: `The provider DrFaust92/bitbucket has no argument for ${nameOf("baseUrl")}.`, fix: "Remove it." })];
  }
  if (system === "bitbucketDatacenter" && (fields.includes("accessToken") || fields.includes("token"))) {
    yield [
      "token",
      () => ({
        why: "The provider gavinbunney/bitbucketserver logs in with a user name and a password only.",
        fix: "Set username and password. Bitbucket Data Center accepts an HTTP access token of the user as the password.",
      }),
    ];
    return;
  }
  if (system === "bitbucketDatacenter" && isSharedWithCloud && !fields.includes("password")) yield [undefined, sharedLogin];
  if (environmentSecret === undefined) return;
  if (environmentSecret.variable === environmentSecret.readVariable) {
    if (isSharedWithCloud) yield ["password", sharedPassword(nameOf("password"), environmentSecret.variable)];
    return;
  }
  const { field, variable, readVariable = "" } = environmentSecret;
  yield [
    field === "password" ? "password" : "token",
    ({ fromVariable }) => ({
      why: `${nameOf(field)} is read from ${variable}, but the published provider reads only ${readVariable}.`,
      fix: `Name ${readVariable}, or use ${fromVariable} and set TF_VAR_<name>.`,
    }),
  ];
}

function sharedLogin({ of, fromVariable }: BackingWords): Cause {
  return {
    why: `The login${of} is read from BITBUCKET_USERNAME and BITBUCKET_PASSWORD, and the published provider for Bitbucket Cloud takes these variables for a login of its own.`,
    fix: `Set username, and password with ${fromVariable}, and set TF_VAR_<name>.`,
  };
}

function sharedPassword(field: string, variable: string): Found[1] {
  return ({ fromVariable }) => ({
    why: `${field} is read from ${variable}, and the published provider for Bitbucket Cloud takes that variable for a password of its own.`,
    fix: `Use ${fromVariable}, and set TF_VAR_<name>.`,
  });
}

function violation<S>(subject: S, setting: Setting | undefined, cause: Found[1]): Violation<S> {
  return { code: "backing-unsupported", subject, ...(setting === undefined ? {} : { setting }), cause };
}
