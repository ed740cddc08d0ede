/** Rules: each login is complete and has one form. */
import { emailFault, userNameFault } from "../../domain";
import type { Draft, FileDraft } from "../draft";
import { caution, fault, type Location, type Remark } from "../finding";
import type { IntegrationInput } from "../model/document";
import { listed, sentences, shown } from "../quoting";

const CLOUD_FORMS = [
  ["email", "token"],
  ["username", "appPassword"],
] as const;
const SERVER_FORMS = [["token"], ["username", "password"]] as const;

export function* credentials({ main, servers, integrations }: FileDraft): Generator<Remark> {
  for (const { key, value } of integrations.values())
    if (value.existing === undefined) yield* ofIntegration(`integration ${shown(key)}`, value);
  for (const { key, value, at } of servers.values()) {
    const subject = `server ${shown(key)}`;
    if (value.url === undefined) yield fault("value-missing", at, `${subject} has no "url". Add it.`);
    yield* formOf(value, at, subject, SERVER_FORMS, { isOptional: true });
    yield* faultsOf(value);
  }
  const { bitbucketCloud } = main;
  if (bitbucketCloud === undefined) return;
  const at: Location = { holder: main, key: "bitbucketCloud", part: "key" };
  if (bitbucketCloud.token === undefined)
    yield fault("credential-form", at, `"bitbucketCloud" has no "token". Write token: { env: … }, and email with an API token.`);
  yield* faultsOf(bitbucketCloud);
  yield* sources(bitbucketCloud, '"bitbucketCloud"');
}

function* ofIntegration(subject: string, value: Draft<IntegrationInput>): Generator<Remark> {
  const { cloud, datacenter } = value;
  if (cloud !== undefined) {
    yield* formOf(cloud, { holder: value, key: "cloud", part: "key" }, `"cloud" of ${subject}`, CLOUD_FORMS);
    yield* faultsOf(cloud);
    if (cloud.appPassword !== undefined)
      yield caution(
        "app-password-retired",
        { holder: cloud, key: "appPassword", part: "key" },
        `"appPassword" of ${subject} works only on old self-hosted versions, because Atlassian disabled app passwords in July 2026. Use email and token.`,
      );
  }
  if (datacenter === undefined) return;
  yield* formOf(datacenter, { holder: value, key: "datacenter", part: "key" }, `"datacenter" of ${subject}`, [["username", "token"]]);
  yield* faultsOf(datacenter);
}

function* formOf(
  value: object,
  at: Location,
  subject: string,
  forms: readonly (readonly string[])[],
  { isOptional = false } = {},
): Generator<Remark> {
  const fields = [...new Set(forms.flat())];
  const given = fields.filter((field) => field in value);
  const isOneForm = forms.some((form) => form.length === given.length && form.every((field) => given.includes(field)));
  if (!isOneForm && !(isOptional && given.length === 0)) {
    const has = given.length === 0 ? "has no login" : `sets ${listed(given)}`;
    const wanted = forms.map((form) => form.join(" with ")).join(", or ");
    yield fault("credential-form", at, `${subject} ${has}. Set ${forms.length > 1 ? "exactly one of: " : ""}${wanted}.`);
  }
  yield* sources(value, subject);
}

/** Each secret names one source. */
function* sources(value: object, subject: string): Generator<Remark> {
  for (const [name, secret] of Object.entries(value) as [string, unknown][]) {
    if (!["token", "password", "appPassword"].includes(name) || typeof secret !== "object" || secret === null) continue;
    if (Object.keys(secret).length === 1) continue;
    yield fault(
      "credential-form",
      { holder: value, key: name, part: "key" },
      `"${name}" in ${subject} must name one source. Write { env: <name of the environment variable> } or { variable: <name> }.`,
    );
  }
}

function* faultsOf(value: { readonly email?: string | undefined; readonly username?: string | undefined }): Generator<Remark> {
  const email = value.email === undefined ? undefined : emailFault(value.email);
  if (email !== undefined) yield fault("value-not-allowed", { holder: value, key: "email" }, sentences(email));
  const userName = value.username === undefined ? undefined : userNameFault(value.username);
  if (userName !== undefined) yield fault("value-not-allowed", { holder: value, key: "username" }, sentences(userName));
}
