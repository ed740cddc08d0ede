/** Rules about secrets: each is a Credential, and an integration has exactly one login. */
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { type BitbucketProduct, isVariableName, VARIABLE_NAME_FORM } from "../../packages/domain";
import type { BitliftProvider } from "../bitlift-provider";
import { Credential } from "../credential";
import type { Declarations } from "../declarations";
import type { DeclaredIntegration } from "../declared-integration";
import type { Finding } from "./finding";

/** Where the props of each product keep the login that Spacelift reads code with, and which logins there are. */
const LOGINS: Readonly<
  Record<BitbucketProduct, { within?: string; forms: readonly (readonly string[])[]; secrets: readonly string[]; fix: string }>
> = {
  cloud: {
    within: "credential",
    forms: [
      ["email", "apiToken"],
      ["username", "appPassword"],
    ],
    secrets: ["apiToken", "appPassword"],
    fix: "Give credential exactly one of: email with apiToken; username with appPassword.",
  },
  datacenter: {
    forms: [["username", "accessToken"]],
    secrets: ["accessToken"],
    fix: "Give username and accessToken.",
  },
};

const SECRET_FIX =
  "Use Credential.fromEnvironment(<name of a variable>) or Credential.fromVariable(…): what is synthesised is committed and uploaded.";

export function* literalSecrets(declared: Declarations): Generator<Finding> {
  for (const [construct, name, value] of secretsIn(declared)) {
    const why = literalIn(name, value);
    if (why !== undefined) yield { construct, why, fix: SECRET_FIX };
  }
}

/** `process.env.NAME` in place of `"NAME"`: the value, and nothing where the variable is not set. */
export function* unnamedVariables(declared: Declarations): Generator<Finding> {
  for (const [construct, name, value] of secretsIn(declared)) {
    if (!isUnnamed(value)) continue;
    yield {
      construct,
      why: `${name} is Credential.fromEnvironment(…) without the name of a variable.`,
      fix: 'Write the name as text, such as Credential.fromEnvironment("PLATFORM_TOKEN"), and not process.env.PLATFORM_TOKEN: that is the value.',
    };
  }
}

/** Texts of a provider that are no secrets, and hold one all the same. They are not repeated. */
export function* secretsInAddresses({ providers }: Declarations): Generator<Finding> {
  for (const construct of providers) {
    const { spacelift, bitbucketCloud, bitbucketDatacenter } = construct.props;
    const addresses = [
      ...given(spacelift ?? {}, ["endpoint"]).map(([name, value]) => [`spacelift.${name}`, value] as const),
      ...given(bitbucketCloud ?? {}, ["baseUrl"]).map(([name, value]) => [`bitbucketCloud.${name}`, value] as const),
      ...given(bitbucketDatacenter ?? {}, ["url"]).map(([name, value]) => [`bitbucketDatacenter.${name}`, value] as const),
    ];
    for (const [name, value] of addresses) {
      if (!carriesLogin(value)) continue;
      yield { construct, why: `${name} carries a user name or password.`, fix: "Write the address alone, and the login as a Credential." };
    }
    const certificate = bitbucketDatacenter?.caCertificate;
    if (typeof certificate === "string" && certificate.includes("PRIVATE KEY")) {
      const fix = "Give the certificate of the authority alone; a private key stays on the server.";
      yield { construct, why: "bitbucketDatacenter.caCertificate holds a private key.", fix };
    }
  }
}

export function* credentialForms({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    const { forms, fix } = LOGINS[construct.product];
    const names = given(loginOf(construct), forms.flat()).map(([name]) => name);
    if (forms.some((form) => form.join() === names.join())) continue;
    yield { construct, why: names.length === 0 ? "No credential is given." : `The credential has ${names.join(", ")}.`, fix };
  }
}

/** Whether there is a user name in front of the host, and so perhaps a password. Such an address is never repeated. */
export function carriesLogin(address: unknown): boolean {
  return typeof address === "string" && /^[^/?#]*(\/\/)?[^/?#]*@/.test(address);
}

/** Everything that has to be a Credential: where it is, the name of its prop, and what is there. */
function* secretsIn({ integrations, providers }: Declarations): Generator<readonly [IConstruct, string, unknown]> {
  for (const construct of integrations) {
    const { within, secrets } = LOGINS[construct.product];
    for (const [name, value] of given(loginOf(construct), secrets))
      yield [construct, within === undefined ? name : `${within}.${name}`, value];
  }
  for (const construct of providers) for (const [name, value] of providerSecrets(construct)) yield [construct, name, value];
}

function loginOf({ product, props }: DeclaredIntegration): object {
  const { within } = LOGINS[product];
  if (within === undefined) return props;
  const login = new Map<string, unknown>(Object.entries(props)).get(within);
  return typeof login === "object" && login !== null ? login : {};
}

function providerSecrets({ props }: BitliftProvider): readonly (readonly [string, unknown])[] {
  const within = (block: string, login: object | undefined, names: readonly string[]) =>
    given(login ?? {}, names).map(([name, value]) => [`${block}.${name}`, value] as const);
  return [
    ...within("spacelift", props.spacelift, ["apiKeySecret", "apiToken"]),
    ...within("bitbucketCloud", props.bitbucketCloud, ["accessToken", "apiToken", "password"]),
    ...within("bitbucketDatacenter", props.bitbucketDatacenter, ["accessToken", "password"]),
  ];
}

/** Those of the names that have a value, in their order. */
function given(values: object, names: readonly string[]): readonly (readonly [string, unknown])[] {
  const entries = new Map<string, unknown>(Object.entries(values));
  return names.flatMap((name) => ([undefined, ""].includes(entries.get(name) as string) ? [] : [[name, entries.get(name)] as const]));
}

function isUnnamed(value: unknown): boolean {
  // A program without types can pass anything.
  const variable: unknown = value instanceof Credential && value.source.kind === "environment" ? value.source.variable : "a value";
  return typeof variable !== "string" || variable === "";
}

/** What is wrong with a value that should be a Credential. The value itself is not repeated: it may be the secret. */
function literalIn(prop: string, value: unknown): string | undefined {
  if (!(value instanceof Credential)) {
    return Token.isUnresolved(value)
      ? `${prop} is a token of Terraform. Its value would be kept in the plan or the state.`
      : `${prop} is a plain ${typeof value}, not a Credential.`;
  }
  if (value.source.kind === "environment" && !isUnnamed(value) && !isVariableName(value.source.variable)) {
    return `${prop} is Credential.fromEnvironment(…) with a text that is not taken for the name of a variable. It may be the secret itself. ${VARIABLE_NAME_FORM}.`;
  }
  return undefined;
}
