/** Rules: each login is complete and has one form, as packages/domain has them for constructs too; and each secret has one source. */
import {
  credentialForms,
  INTEGRATION_CREDENTIALS,
  inputVariableFault,
  mixedLogins,
  PROVIDER_LOGINS,
  type CredentialForm,
  type LoginFacts,
} from "../../domain";
import type { Draft, FileDraft } from "../draft";
import { caution, fault, type Location, type Remark } from "../finding";
import type { IntegrationInput } from "../model/document";
import { sentences, shown } from "../quoting";
import { remarksOf, type Subject } from "./file-words";

/** The file calls every token a token, because its place tells which one it is. */
const KEYS: Readonly<Record<string, string>> = { api_token: "token", access_token: "token", app_password: "appPassword" };

const CLOUD_FORMS = inFile(INTEGRATION_CREDENTIALS.cloud);
const DATACENTER_FORMS = inFile(INTEGRATION_CREDENTIALS.datacenter);
const SERVER_FORMS = inFile(PROVIDER_LOGINS.bitbucket_datacenter);
/** Atlassian disabled the passwords of Bitbucket Cloud before the file existed. */
const WEBHOOK_FORMS = inFile(PROVIDER_LOGINS.bitbucket_cloud.filter(({ secret }) => secret !== "password"));

function inFile(forms: readonly CredentialForm[]): readonly CredentialForm[] {
  const keyOf = (field: string) => KEYS[field] ?? field;
  return forms.map(({ fields, secret }) => ({ fields: fields.map(keyOf), secret: keyOf(secret) }));
}

export function* logins({ main, servers, integrations }: FileDraft): Generator<Remark> {
  for (const { key, value } of integrations.values()) {
    if (value.existing === undefined) yield* ofIntegration(`integration ${shown(key)}`, value);
  }
  for (const { key, value, at } of servers.values()) {
    const title = `server ${shown(key)}`;
    if (value.url === undefined) yield fault("value-missing", at, `${title} has no "url". Add it.`);
    yield* ofProvider({ title, at, value }, SERVER_FORMS, true);
  }
  const { bitbucketCloud: value } = main;
  if (value === undefined) return;
  yield* ofProvider({ title: '"bitbucketCloud"', at: { holder: main, key: "bitbucketCloud", part: "key" }, value }, WEBHOOK_FORMS, false);
}

function* ofIntegration(title: string, value: Draft<IntegrationInput>): Generator<Remark> {
  for (const [product, forms] of [
    ["cloud", CLOUD_FORMS],
    ["datacenter", DATACENTER_FORMS],
  ] as const) {
    const login = value[product];
    if (login === undefined) continue;
    const subject = { title, at: { holder: value, key: product, part: "key" } as const, value: login };
    yield* remarksOf(credentialForms([factsOf(subject, product === "cloud" ? product : undefined, forms)]));
    yield* sources(`"${product}" of ${title}`, login);
  }
  const { cloud } = value;
  if (cloud?.appPassword === undefined) return;
  yield caution(
    "app-password-retired",
    { holder: cloud, key: "appPassword", part: "key" },
    `"appPassword" of ${title} works only on old self-hosted versions, because Atlassian disabled app passwords in July 2026. Use email and token.`,
  );
}

/** The login of a provider block. Without one, the provider uses the login of the environment; the file cannot divide one between the two. */
function* ofProvider(
  subject: Subject & { readonly value: object },
  forms: readonly CredentialForm[],
  isOptional: boolean,
): Generator<Remark> {
  const facts = factsOf(subject, undefined, forms);
  const [mixed] = mixedLogins([{ ...facts, holder: subject.title }]);
  if (mixed !== undefined) yield* remarksOf([mixed]);
  else if (!isOptional || facts.given.length > 0) yield* remarksOf(credentialForms([facts]));
  yield* sources(subject.title, subject.value);
}

function factsOf(
  subject: Subject & { readonly value: object },
  holder: string | undefined,
  forms: readonly CredentialForm[],
): LoginFacts<Subject> {
  const fields = [...new Set(forms.flatMap(({ fields: names }) => names))];
  return { subject, holder, forms, given: fields.filter((field) => field in subject.value) };
}

/** Each secret names one source. */
function* sources(title: string, value: object): Generator<Remark> {
  for (const [name, secret] of Object.entries(value) as [string, unknown][]) {
    if (!["token", "password", "appPassword"].includes(name) || typeof secret !== "object" || secret === null) continue;
    const at: Location = { holder: value, key: name, part: "key" };
    if ("env" in secret === "variable" in secret) {
      yield fault(
        "credential-form",
        at,
        `"${name}" in ${title} must name one source. Write { env: <name of the environment variable> } or { variable: <name> }.`,
      );
    }
    if ("version" in secret && !("variable" in secret)) {
      yield fault(
        "credential-form",
        { holder: secret, key: "version", part: "key" },
        `"version" in "${name}" of ${title} is only for { variable: <name> }. Remove it: a new value of an environment variable takes effect with the next apply.`,
      );
    }
    const { variable } = secret as { readonly variable?: string };
    const wrong = variable === undefined ? undefined : inputVariableFault(variable);
    if (wrong !== undefined) yield fault("value-not-allowed", { holder: secret, key: "variable" }, sentences(wrong));
  }
}
