/** Registers constructs for validation. The rules check the whole app before any stack is written. */
import { TerraformStack, Token, Tokenization } from "./host";
import type { IConstruct } from "constructs";
import type { DiagnosticCode } from "../packages/domain";
import type { Declarations, DeclaredConstructs, DependencyDeclaration } from "./rules/declarations";
import type { Finding } from "./rules/finding";
import { processWide } from "./process-wide";
import { findingsIn } from "./rules/rule-table";

type Group = keyof DeclaredConstructs;
type ReportedFinding = Declarations["reported"][number];

const groupOf = processWide("groups", () => new WeakMap<IConstruct, Group>());
const findingsOf = processWide("findings", () => new WeakMap<IConstruct, readonly ReportedFinding[]>());
const findingsByApp = processWide("app findings", () => new WeakMap<IConstruct, readonly string[]>());
const registeredApps = processWide("apps", () => new WeakSet<IConstruct>());
const validatedStacks = processWide("stacks", () => new WeakSet<TerraformStack>());

/** Includes a construct in the validation of its app. */
export function register<G extends Group>(group: G, construct: DeclaredConstructs[G]): void {
  groupOf.set(construct, group);
  forgetFindings(construct);
  if (Token.isUnresolved(construct.node.id)) {
    const why = "The construct ID is known only after apply, but the Terraform address is derived from it.";
    reportFinding("token-not-allowed", { construct, why, fix: "Pass a text that is known at synthesis as the ID." });
  }
  validateAppOf(construct);
}

/** Reports a finding that a construct detects itself, such as a value of a wrong type. */
export function reportFinding(code: DiagnosticCode, finding: Finding): void {
  const { construct } = finding;
  const earlier = findingsOf.get(construct) ?? [];
  findingsOf.set(construct, [...earlier, { ...finding, code }]);
  forgetFindings(construct);
  validateAppOf(construct);
}

/** Validates the whole app before any of its stacks is written. */
function validateAppOf(construct: IConstruct): void {
  const { root } = construct.node;
  if (!registeredApps.has(root)) {
    registeredApps.add(root);
    // CDKTF writes stacks in the order of their creation, and must not write an earlier stack if the app is invalid.
    for (const construct of root.node.findAll()) if (TerraformStack.isStack(construct)) validateAppWith(construct);
  }
  validateAppWith(TerraformStack.of(construct));
}

/** Adds the validation of the whole app to a stack. */
function validateAppWith(stack: TerraformStack): void {
  if (validatedStacks.has(stack)) return;
  validatedStacks.add(stack);
  stack.node.addValidation({ validate: () => [...findingsOfApp(stack.node.root)] });
}

/**
 * The findings of an app. Synthesis asks once for each of its stacks, and an app may have many stacks with thousands of constructs, so the answer is
 * kept until the app declares something more, or until the program has done what it does without waiting.
 */
function findingsOfApp(root: IConstruct): readonly string[] {
  const known = findingsByApp.get(root);
  if (known !== undefined) return known;
  const findings = findingsIn(declarationsIn(root));
  findingsByApp.set(root, findings);
  queueMicrotask(() => findingsByApp.delete(root));
  return findings;
}

/** Forgets what was found in the app of a construct, because the construct declares something more. */
export function forgetFindings(construct: IConstruct): void {
  findingsByApp.delete(construct.node.root);
}

/** Collects the registered constructs from the construct tree. */
function declarationsIn(root: IConstruct): Declarations {
  const constructs = root.node.findAll();
  // `register` accepts only constructs of the group's type.
  const inGroup = <G extends Group>(group: G) =>
    constructs.filter((construct) => groupOf.get(construct) === group) as DeclaredConstructs[G][];
  const integrations = inGroup("integrations");
  const existingIntegrations = inGroup("existingIntegrations");
  const allIntegrations = [...integrations, ...existingIntegrations];
  return {
    providers: inGroup("providers"),
    spaces: inGroup("spaces"),
    integrations,
    existingIntegrations,
    webhooks: inGroup("webhooks"),
    namespaceWebhooks: inGroup("namespaceWebhooks"),
    repeatedRepositories: allIntegrations.flatMap((integration) =>
      integration.repeatedRepositories.map((addition) => ({ integration, ...addition })),
    ),
    repeatedSets: allIntegrations.flatMap((integration) => integration.repeatedSets.map((addition) => ({ integration, ...addition }))),
    reported: constructs.flatMap((construct) => findingsOf.get(construct) ?? []),
    readers: constructs.filter((construct) => groupOf.has(construct) || TerraformStack.isStack(construct)),
    dependencies: constructs.flatMap(dependenciesOf),
    stackSources: allIntegrations.flatMap((integration) => integration.stackSources.map((source) => ({ integration, ...source }))),
  };
}

/** What a resource, data source or module depends on, in CDKTF's form: tokens that contain the other object. */
function dependenciesOf(construct: IConstruct): readonly DependencyDeclaration[] {
  if (!("dependsOn" in construct) || !Array.isArray(construct.dependsOn)) return [];
  const tokens = construct.dependsOn.filter((token) => typeof token === "string");
  return tokens
    .flatMap((token) => Tokenization.reverseString(token).tokens)
    .flatMap((token) => ("dependable" in token ? [{ construct: ownerOf(construct), dependency: token.dependable }] : []));
}

/** The construct of this library that a resource belongs to, or the resource itself. */
function ownerOf(resource: IConstruct): IConstruct {
  const { scope } = resource.node;
  return scope !== undefined && groupOf.has(scope) ? scope : resource;
}
