/** What to do in the file about a message of the provider, whose own words are those of Terraform. */
import type { DiagnosticCode } from "../domain";
import { shown } from "./quoting";
import type { FileEntry } from "./file-entries";

/** Sentences; a function, if they depend on the entry that the message is about. */
type Advice = string | ((entry: FileEntry | undefined) => string);

const SANDBOX = "For a try without accounts, npx bitlift sandbox prints the variables of emulators.";
const SPACELIFT_KEY =
  "the file has no login to Spacelift: set SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID and SPACELIFT_API_KEY_SECRET in the environment of this command.";
const REJECTED_KEY =
  "the login to Spacelift is not in the file: correct SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID and SPACELIFT_API_KEY_SECRET in the environment of this command.";
const CLOUD_LOGIN =
  "bitbucketCloud: { token: { env: BITBUCKET_ACCESS_TOKEN } } names the login that manages webhooks; without it, Bitlift takes the one in the environment.";
const ALLOWED = "the file cannot change it: BITLIFT_ALLOWED_HOSTS is a setting of the pipeline.";

const ADVICE = {
  "spacelift-not-configured": `${SPACELIFT_KEY} ${SANDBOX}`,
  "spacelift-credentials-conflict": SPACELIFT_KEY,
  "bitbucket-cloud-not-configured": `${CLOUD_LOGIN} ${SANDBOX}`,
  "bitbucket-datacenter-not-configured": (entry) => `${serverLogin(entry)} ${SANDBOX}`,
  "bitbucket-credentials-conflict": (entry) => loginOf(entry),
  "credential-variable-not-set": (entry) => variableOf(entry),
  "credential-address-mismatch": (entry) => loginOf(entry),
  "address-not-allowed": ALLOWED,
  "provider-credential-reused": (entry) =>
    `${credentialKey(entry)} names the login with which Spacelift reads code. Give it a variable of its own, and leave the one that manages webhooks to ${webhooksKey(entry)}.`,
  "app-password-retired": "write email and token under cloud instead of username and appPassword.",

  "duplicate-space-name": (entry) =>
    entry?.kind === "Space"
      ? `to use the Space that exists, replace the settings of ${entry.title} with ${existingSpace(entry.space)}. Otherwise, give it another name. If only its key changed, list the former key under previously.`
      : "to use the Space that exists, write existing: { name: <its name> } in its entry. Otherwise, give it another name.",
  "duplicate-integration-name": (entry) =>
    entry?.kind === "integration"
      ? `to add webhooks to the integration that exists, write existing: { name: ${shown(entry.integration.name)} } in ${entry.title}, with ${entry.integration.product}: {} and repositories, and without its other keys. Otherwise, give it another name. If only its key changed, list the former key under previously.`
      : "to add webhooks to the integration that exists, write existing: { name: <its name> } in its entry. Otherwise, give it another name.",
  "duplicate-default":
    "to add webhooks to the default integration that exists, write existing: { default: true } in the entry of the integration. Otherwise, remove default: true.",
  "default-outside-root": "remove space from the integration, or remove default: true.",

  "integration-not-found": (entry) =>
    entry?.kind === "integration" && entry.integration.existing !== undefined
      ? `${entry.title} refers to the integration with existing: ${existingIntegration(entry.integration.existing)}. Correct it: existing takes { id: … }, { name: … } or { default: true }. To create the integration, replace existing by name, space and a login.`
      : "an integration that exists already is named with existing: { id: … }, { name: … } or { default: true }.",
  "integration-in-use":
    "keep the integration in the file until nothing uses it. To detach stacks and modules on purpose, apply detachProtection: false in its entry first.",
  "replacement-blocked": "replacementOrder: create-first in the entry of the integration creates the new one before the old one goes.",
  "host-not-encrypted": "use an https:// address for apiHost, or for url of the server.",
  "user-facing-host-private": "set userFacingHost to the URL at which people open Bitbucket; only apiHost takes private://<pool>.",
  "host-with-rest-path": "write apiHost, userFacingHost and url of the server without /rest.",

  "space-not-found": (entry) =>
    entry?.kind === "Space" && entry.space.existing !== undefined
      ? `correct existing in ${entry.title}: it takes { id: … }, or { name: …, parent: … }, in which parent is root or the key of a Space of the file. To create the Space, write name instead of existing.`
      : "a Space that exists already is an entry under spaces with existing: { name: … } or { id: … }.",
  "space-ambiguous": (entry) =>
    `${entry?.kind === "Space" ? `in ${entry.title}, ` : ""}name the Space by its ID, existing: { id: … }, or add its parent: existing: { name: …, parent: … }.`,
  "space-not-empty": "put the Space back into the file until it is empty.",

  "webhook-will-be-adopted":
    "the apply takes the webhook over. To keep it as it is, write adoptExisting: false for the repository, and the apply stops instead; to keep its other events, list them under additionalEvents.",
  "webhook-adopted": "to keep other events that the webhook had, list them under additionalEvents.",
  "webhook-exists": "adoptExisting is false here. Remove it, and the apply takes the webhook over.",
  "webhook-declared-twice": "the repository is listed twice, perhaps once alone and once in a set: name it under except of the set.",
  "webhook-secret-missing": "the key for Spacelift needs the admin role in the Space of the integration.",
  "event-not-supported": "remove the event from additionalEvents if the file lists it there.",
  "creates-not-checked": "the file has no key for this: BITLIFT_LOOK_BEFORE_CREATE is a variable of the environment.",
  "repository-not-found": (entry) =>
    entry?.kind === "set"
      ? "correct every, which is the slug of a workspace or the key of a project, or give the login access to it."
      : `correct ${entry?.kind === "repository" ? "the name of the repository, which is the slug in its URL" : "the name, which is the slug in the URL of the repository"}, or give the login access to it. If it was renamed, write the new name, and the former one under previously.`,
  "repository-renamed": "write the new name, and add the former one: previously: [<workspace or project>/<former name>].",
  "remote-unauthenticated": (entry) =>
    entry?.kind === "repository" || entry?.kind === "set" ? `if it is the login to Bitbucket: ${loginOf(entry)}` : REJECTED_KEY,
} as const satisfies Partial<Record<DiagnosticCode, Advice>>;

/** Every code with advice. */
export const ADVISED_CODES: readonly string[] = Object.keys(ADVICE);

/**
 * Like `In bitlift.yaml: adoptExisting is false here. …`; undefined if the provider's own words say it all.
 * @param entry The one that the message is about, if any.
 */
export function adviceFor(code: string | undefined, entry: FileEntry | undefined): string | undefined {
  if (code === undefined || !Object.hasOwn(ADVICE, code)) return undefined;
  const advice: Advice = ADVICE[code as keyof typeof ADVICE];
  return `In bitlift.yaml: ${typeof advice === "string" ? advice : advice(entry)}`;
}

function existingSpace({ name, parent }: Extract<FileEntry, { kind: "Space" }>["space"]): string {
  return `existing: { name: ${shown(name)}${parent === "root" ? "" : `, parent: ${parent}`} }`;
}

function existingIntegration(existing: object): string {
  const [[key, value] = ["default", true]] = Object.entries(existing) as [string, unknown][];
  return `{ ${key}: ${value === true ? "true" : shown(value)} }`;
}

function integrationOf(entry: FileEntry | undefined) {
  return entry !== undefined && "integration" in entry ? entry.integration : undefined;
}

function serverOf(entry: FileEntry | undefined): string | undefined {
  if (entry?.kind === "server") return entry.server.key;
  const integration = integrationOf(entry);
  return integration?.product === "datacenter" ? integration.server : undefined;
}

/** What names the login that manages webhooks. */
function webhooksKey(entry: FileEntry | undefined): string {
  const server = serverOf(entry);
  if (server !== undefined) return `servers.${server}.token`;
  return integrationOf(entry)?.product === "datacenter" ? "servers.<key>.token" : "bitbucketCloud.token";
}

function serverLogin(entry: FileEntry | undefined): string {
  const server = serverOf(entry);
  return server === undefined
    ? "servers has the server with its url and token, and datacenter.server of the integration names it; without them, Bitlift takes BITBUCKET_DATACENTER_URL and BITBUCKET_DATACENTER_TOKEN of the environment."
    : `servers.${server}.token names the login that manages webhooks: token: { env: ${variableName(server)} }, or username with password.`;
}

function loginOf(entry: FileEntry | undefined): string {
  const isServer = entry?.kind === "server" || integrationOf(entry)?.product === "datacenter";
  return isServer ? serverLogin(entry) : CLOUD_LOGIN;
}

/** An integration has the login with which Spacelift reads code; a webhook needs the one that manages webhooks. */
function variableOf(entry: FileEntry | undefined): string {
  if (entry?.kind === "integration") return `${credentialKey(entry)} names the variable. Set it in the environment of this command.`;
  if (entry?.kind === "Space" || entry === undefined)
    return "the entry names the variable with env. Set it in the environment of this command.";
  return `${webhooksKey(entry)} names the variable. Set it in the environment of this command.`;
}

function credentialKey(entry: FileEntry | undefined): string {
  const integration = integrationOf(entry);
  if (integration === undefined) return "token of the integration";
  const secret = integration.credential !== undefined && "appPassword" in integration.credential ? "appPassword" : "token";
  return `integrations.${integration.key}.${integration.product}.${secret}`;
}

function variableName(server: string): string {
  return `${server.toUpperCase().replaceAll("-", "_")}_WEBHOOKS_TOKEN`;
}
