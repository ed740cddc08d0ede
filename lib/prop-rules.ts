/** The rules between props, as a table. All are judged at once, over the whole app; what is a token is left to Terraform. */
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { error, renderText, type Cause, type DiagnosticCode } from "../diagnostics";
import { ROOT_SPACE_ID, VCS_CHECKS } from "../vocabulary/spacelift";
import type { BitbucketCloudIntegration } from "./bitbucket-cloud-integration";
import type { BitliftProvider } from "./bitlift-provider";
import { Credential, isVariableName } from "./credential";
import type { Declarations } from "./declarations";
import type { IRepository } from "./repository";
import type { ISpace } from "./space";

/** One violation, at one construct. */
interface Finding extends Cause {
  readonly construct: IConstruct;
}

/** Finds all violations of one kind. */
export interface PropRule {
  readonly code: DiagnosticCode;
  readonly find: (declared: Declarations) => Iterable<Finding>;
}

const SECRET_FIX =
  "Use Credential.fromEnvironment(<name of a variable>) or Credential.fromVariable(…): what is synthesised is committed and uploaded.";
const ORDERS: readonly unknown[] = ["create-first", "destroy-first", undefined];

export const PROP_RULES: readonly PropRule[] = [
  { code: "secret-literal", find: literalSecretsOfIntegrations },
  { code: "secret-literal", find: literalSecretsOfProviders },
  { code: "credential-form", find: credentialForms },
  { code: "token-not-allowed", find: tokens },
  { code: "value-missing", find: emptyNames },
  { code: "value-not-allowed", find: unknownWords },
  { code: "default-outside-root", find: defaultsOutsideRoot },
  { code: "duplicate-default", find: secondDefaults },
  { code: "duplicate-integration-name", find: sharedNames },
  { code: "duplicate-repository", find: repeatedRepositories },
  { code: "space-cycle", find: spaceCycles },
  { code: "integration-not-available", find: unavailableSources },
  { code: "source-without-webhook", find: silentSources },
];

/** Every violation in an app, as text: where, what, why, and what to do. */
export function findingsOf(declared: Declarations): readonly string[] {
  return PROP_RULES.flatMap(({ code, find }) =>
    [...find(declared)].map(({ construct, ...cause }) => `${construct.node.path}: ${renderText(error(code, cause))}`),
  );
}

function* literalSecretsOfIntegrations({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    for (const [name, value] of secretsIn(construct.props.credential, ["apiToken", "appPassword"])) {
      const why = literalIn(`credential.${name}`, value);
      if (why !== undefined) yield { construct, why, fix: SECRET_FIX };
    }
  }
}

function* literalSecretsOfProviders({ providers }: Declarations): Generator<Finding> {
  for (const construct of providers) {
    for (const [name, value] of providerSecrets(construct)) {
      const why = literalIn(name, value);
      if (why !== undefined) yield { construct, why, fix: SECRET_FIX };
    }
  }
}

function* credentialForms({ integrations }: Declarations): Generator<Finding> {
  const fix = "Give credential exactly one of: email with apiToken; username with appPassword.";
  for (const construct of integrations) {
    const credential = (construct.props.credential as unknown as Record<string, unknown> | undefined) ?? {};
    const given = ["email", "apiToken", "username", "appPassword"].filter((name) => ![undefined, ""].includes(credential[name] as string));
    if (!["email apiToken", "username appPassword"].includes(given.join(" "))) {
      yield { construct, why: given.length === 0 ? "No credential is given." : `The credential has ${given.join(", ")}.`, fix };
    }
  }
}

function* tokens({ integrations, spaces }: Declarations): Generator<Finding> {
  const fix = "Write true or false.";
  const why = (prop: string) => `${prop} is known only after apply, and the rules between integrations and Spaces are judged at synthesis.`;
  for (const construct of integrations) if (!isFlag(construct.props.isDefault)) yield { construct, why: why("isDefault"), fix };
  for (const construct of spaces) if (!isFlag(construct.props.inheritEntities)) yield { construct, why: why("inheritEntities"), fix };
}

function* emptyNames({ integrations, spaces }: Declarations): Generator<Finding> {
  for (const construct of [...integrations, ...spaces]) {
    const name: unknown = construct.props.name;
    if (typeof name !== "string" || name.trim() === "") yield { construct, why: "name is empty.", fix: "Give it a name." };
  }
}

function* unknownWords({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    const { vcsChecks, replacementOrder } = construct.props;
    if (vcsChecks !== undefined && !Token.isUnresolved(vcsChecks) && !VCS_CHECKS.includes(vcsChecks)) {
      yield { construct, why: `vcsChecks is "${vcsChecks}".`, fix: `Use one of ${VCS_CHECKS.join(", ")}.` };
    }
    if (!ORDERS.includes(replacementOrder)) {
      yield { construct, why: `replacementOrder is "${String(replacementOrder)}".`, fix: "Use create-first or destroy-first." };
    }
  }
}

function* defaultsOutsideRoot({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    const { spaceId } = construct.space;
    if (construct.props.isDefault !== true || spaceId === ROOT_SPACE_ID) continue;
    const named = Token.isUnresolved(spaceId) ? "a Space of this app" : `"${spaceId}"`;
    yield {
      construct,
      why: `isDefault is true and space is ${named}. A default integration serves the whole account.`,
      fix: "Leave space out (it is root), or make it a Space-level integration with isDefault: false.",
    };
  }
}

function* secondDefaults({ integrations }: Declarations): Generator<Finding> {
  const defaults = integrations.filter(({ props }) => props.isDefault === true);
  for (const [first, construct] of repetitions(defaults, (one) => `${accountOf(one)} ${one.product}`)) {
    yield {
      construct,
      why: `${first.node.path} is the default integration of this account for Bitbucket ${construct.product} already. Spacelift allows one.`,
      fix: "Make one of the two a Space-level integration with isDefault: false, or give it the provider of another account.",
    };
  }
}

function* sharedNames({ integrations }: Declarations): Generator<Finding> {
  const named = integrations.filter(({ props }) => typeof props.name === "string" && !Token.isUnresolved(props.name));
  for (const [first, construct] of repetitions(named, (one) => `${accountOf(one)} ${comparable(one.props.name)}`)) {
    yield {
      construct,
      why: `"${construct.props.name}" and "${first.props.name}" (${first.node.path}) are one name to Spacelift, which makes the id from it.`,
      fix: "Rename one of the two.",
    };
  }
}

function* repeatedRepositories({ webhooks, repeats }: Declarations): Generator<Finding> {
  const fix = "Declare it once. A repository needs one webhook for each integration, however many stacks read it.";
  for (const { integration, repository } of repeats) {
    yield { construct: integration, why: `${named(repository)} was added to this integration before.`, fix };
  }
  for (const [first, construct] of repetitions(
    webhooks.filter(({ repository }) => repository.path !== undefined),
    ({ repository, integration }) => `${integration.node.path} ${repository.path ?? ""}`,
  )) {
    yield {
      construct,
      why: `${first.node.path} puts a webhook for ${construct.integration.node.path} into ${named(construct.repository)} already.`,
      fix,
    };
  }
}

function* spaceCycles({ spaces }: Declarations): Generator<Finding> {
  for (const construct of spaces) {
    const line = new Set<ISpace>([construct]);
    let above: ISpace | undefined = construct.parentSpace;
    while (above !== undefined && !line.has(above)) {
      line.add(above);
      above = above.parentSpace;
    }
    if (above === construct) {
      yield {
        construct,
        why: `The Space lies below itself: its parents lead back to it after ${String(line.size)} steps.`,
        fix: "Choose a parent outside this Space.",
      };
    }
  }
}

function* unavailableSources({ sources }: Declarations): Generator<Finding> {
  for (const { integration, repository, space } of sources) {
    if (space === undefined || integration.isAvailableTo(space) !== "no") continue;
    yield {
      construct: integration,
      why:
        `A stack or module that reads ${named(repository)} may not use this integration in its Space: ` +
        "an integration serves its own Space, and Spaces below it as long as every Space on the way inherits.",
      fix: "Put the integration into the stack's Space or one above it, and set inheritEntities: true on the Spaces in between.",
    };
  }
}

function* silentSources({ sources, webhooks }: Declarations): Generator<Finding> {
  const fed = new Set(webhooks.map(({ integration, repository }) => `${integration.node.path} ${named(repository).toLowerCase()}`));
  for (const { integration, repository } of sources) {
    if (repository.path === undefined || fed.has(`${integration.node.path} ${repository.path}`)) continue;
    yield {
      construct: integration,
      why: `A stack or module reads ${named(repository)} through this integration, and no webhook tells Spacelift of pushes to it.`,
      fix: `Call addRepository("${named(repository)}") on the integration.`,
    };
  }
}

/** Pairs of the first bearer of a key, and each later one. */
function* repetitions<T>(items: readonly T[], keyOf: (item: T) => string): Generator<readonly [T, T]> {
  const firsts = new Map<string, T>();
  for (const item of items) {
    const first = firsts.get(keyOf(item));
    if (first === undefined) firsts.set(keyOf(item), item);
    else yield [first, item];
  }
}

function providerSecrets({ props }: BitliftProvider): readonly (readonly [string, unknown])[] {
  const under = (block: string, values: object | undefined, names: readonly string[]) =>
    values === undefined ? [] : secretsIn(values, names).map(([name, value]) => [`${block}.${name}`, value] as const);
  return [
    ...under("spacelift", props.spacelift, ["apiKeySecret", "apiToken"]),
    ...under("bitbucketCloud", props.bitbucketCloud, ["accessToken", "apiToken", "password"]),
  ];
}

function secretsIn(values: object, names: readonly string[]): readonly (readonly [string, unknown])[] {
  const entries = new Map<string, unknown>(Object.entries(values as Record<string, unknown>));
  return names.filter((name) => entries.get(name) !== undefined).map((name) => [name, entries.get(name)] as const);
}

/** What is wrong with a value that should be a Credential. The value itself is not repeated: it may be the secret. */
function literalIn(prop: string, value: unknown): string | undefined {
  if (!(value instanceof Credential)) {
    return Token.isUnresolved(value)
      ? `${prop} is a token of Terraform. Its value would be kept in the plan or the state.`
      : `${prop} is a plain ${typeof value}, not a Credential.`;
  }
  if (value.source.kind === "environment" && !isVariableName(value.source.variable)) {
    return `${prop} is Credential.fromEnvironment(…) with a text that cannot be the name of a variable. It may be the secret itself.`;
  }
  return undefined;
}

function isFlag(value: unknown): boolean {
  return value === undefined || typeof value === "boolean";
}

/** An account is what one provider construct logs in to. */
function accountOf({ props, node }: BitbucketCloudIntegration): string {
  return props.provider?.node.path ?? node.scopes[1]?.node.path ?? "";
}

/** Two names that differ in case and spaces only have one id. */
function comparable(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, "-");
}

function named(repository: IRepository): string {
  return `${repository.namespace}/${repository.slug}`;
}
