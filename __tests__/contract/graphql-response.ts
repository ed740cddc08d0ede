/** Checks a GraphQL response for a client that decodes strictly: exactly the selected keys, and the expected types. */
import { type FieldNode, Kind, parse, type SelectionSetNode } from "graphql";

const HOOKS = ["Apply", "Destroy", "Init", "Perform", "Plan"].flatMap((phase) => [`after${phase}`, `before${phase}`]);
const LISTS = new Set(["labels", "additionalProjectGlobs", "gitSparseCheckoutPaths", "tokenScopes", "schedule", "afterRun", ...HOOKS]);
const NUMBERS = new Set(["durationSeconds"]);
const BOOLEANS = new Set([
  ...["administrative", "autodeploy", "autoretry", "deleting", "isDisabled", "githubActionDeploy", "localPreviewEnabled"],
  ...["enableWellKnownSecretMasking", "enableSensitiveOutputUpload", "managesStateFile", "protectFromDeletion", "public"],
  ...["isDefault", "inheritEntities", "useGitCheckout", "hasNextPage", "hasPreviousPage", "enabled", "retryOnFailure"],
  ...["generateCredentialsInWorker", "ignoreState", "reconcile", "concise", "externalStateAccessEnabled", "useSmartSanitization"],
  ...["useRunAll", "useStateManagement", "prefixResourceNamesWithModuleName", "skipReplanWhenRunAll", "skipReplan"],
]);

/** Objects that crash the client if they are null. */
const NEVER_NULL = new Set(["stack.integrations", "stackCreate.integrations", "stackUpdate.integrations", "moduleCreate"]);

/** @param expected whether root fields may be null (`absent`) */
export function findSelectionProblems(query: string, data: unknown, expected: "absent" | "present"): string[] {
  const problems: string[] = [];
  const [definition] = parse(query.replaceAll("()", "")).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`The query has no operation: ${query}`);
  const roots = definition.selectionSet.selections.filter((selection): selection is FieldNode => selection.kind === Kind.FIELD);
  checkObject(definition.selectionSet, data, "", problems);
  if (expected === "present" && isObject(data) && roots.every((root) => data[root.name.value] === null))
    problems.push("every root field is null");
  return problems;
}

function checkObject(set: SelectionSetNode, value: unknown, path: string, problems: string[]): void {
  if (!isObject(value)) {
    problems.push(`${path || "data"} is not an object`);
    return;
  }
  const fields = collectFields(set, value["__typename"]);
  const expected = [...fields.keys()].sort().join();
  const actual = Object.keys(value).sort().join();
  if (expected !== actual) problems.push(`${path || "data"} has the keys ${actual}, not ${expected}`);
  for (const [key, field] of fields) checkValue(field, value[key], path === "" ? key : `${path}.${key}`, problems);
}

/** By response name. Only fragments on the type of the object apply. */
function collectFields(set: SelectionSetNode, typeName: unknown): Map<string, FieldNode> {
  const fields = new Map<string, FieldNode>();
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) fields.set(selection.alias?.value ?? selection.name.value, selection);
    if (selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition?.name.value === typeName) {
      for (const [key, field] of collectFields(selection.selectionSet, typeName)) fields.set(key, field);
    }
  }
  return fields;
}

function checkValue(field: FieldNode, value: unknown, path: string, problems: string[]): void {
  if (value === null) {
    if (NEVER_NULL.has(path)) problems.push(`${path} is null`);
    return;
  }
  const { selectionSet } = field;
  if (selectionSet === undefined) {
    if (!hasLeafType(field.name.value, value)) problems.push(`${path} has the wrong type: ${JSON.stringify(value)}`);
    return;
  }
  if (!Array.isArray(value)) checkObject(selectionSet, value, path, problems);
  else value.forEach((item: unknown, index) => checkObject(selectionSet, item, `${path}[${index}]`, problems));
}

function hasLeafType(name: string, value: unknown): boolean {
  if (BOOLEANS.has(name)) return typeof value === "boolean";
  if (NUMBERS.has(name)) return typeof value === "number";
  if (LISTS.has(name)) return Array.isArray(value) && value.every((item) => typeof item === "string");
  return typeof value === "string";
}

/** Fields for which null lets the server decide, or keeps the current value. */
const SERVER_DECIDED = new Set(["space", "useGitCheckout", "terraformProvider", "name", "workflowTool", "workerPool"]);

/** The response to a mutation must return the input unchanged, otherwise the client plans a change forever. Null and empty are the same. */
export function findEchoProblems(variables: Readonly<Record<string, unknown>>, root: unknown): string[] {
  if (!isObject(root)) return [];
  const input = isObject(variables["input"]) ? variables["input"] : {};
  const nested = [variables["customInput"], input["updateInput"]].filter(isObject);
  const sent: Record<string, unknown> = Object.assign({}, variables, ...nested, input) as Record<string, unknown>;
  return Object.entries(sent)
    .filter(([key]) => key in root && key !== "id")
    .filter(([key, value]) => !(SERVER_DECIDED.has(key) && value === null) && !isObject(value) && !isObject(root[key]))
    .filter(([key, value]) => JSON.stringify(normalizeEmpty(value)) !== JSON.stringify(normalizeEmpty(root[key])))
    .map(([key, value]) => `${key} was sent as ${JSON.stringify(value)} and is returned as ${JSON.stringify(root[key])}`);
}

function normalizeEmpty(value: unknown): unknown {
  return value === "" || (Array.isArray(value) && value.length === 0) ? null : value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
