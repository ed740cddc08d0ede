/** What a GraphQL answer must look like for a client that decodes strictly: exactly the selected keys, and the expected types. */
import { Kind, parse, type FieldNode, type SelectionSetNode } from "graphql";

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

/** Objects whose null ends the client's process. */
const NEVER_NULL = new Set(["stack.integrations", "stackCreate.integrations", "stackUpdate.integrations", "moduleCreate"]);

/** What is wrong with the answer; `absent` root fields may be null. */
export function selectionComplaints(query: string, data: unknown, absent: "absent" | "present"): string[] {
  const complaints: string[] = [];
  const [definition] = parse(query.replaceAll("()", "")).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`No operation: ${query}`);
  const roots = definition.selectionSet.selections.filter((one): one is FieldNode => one.kind === Kind.FIELD);
  checkObject(definition.selectionSet, data, "", complaints);
  if (absent === "present" && isObject(data) && roots.every((root) => data[root.name.value] === null))
    complaints.push("every root field is null");
  return complaints;
}

function checkObject(set: SelectionSetNode, value: unknown, path: string, complaints: string[]): void {
  if (!isObject(value)) {
    complaints.push(`${path || "data"} is no object`);
    return;
  }
  const fields = fieldsOf(set, value["__typename"]);
  const wanted = [...fields.keys()].sort().join();
  const given = Object.keys(value).sort().join();
  if (wanted !== given) complaints.push(`${path || "data"} has the keys ${given}, not ${wanted}`);
  for (const [key, field] of fields) checkValue(field, value[key], path === "" ? key : `${path}.${key}`, complaints);
}

/** By response name; fragments only when they are on the answered type. */
function fieldsOf(set: SelectionSetNode, typeName: unknown): Map<string, FieldNode> {
  const fields = new Map<string, FieldNode>();
  for (const one of set.selections) {
    if (one.kind === Kind.FIELD) fields.set(one.alias?.value ?? one.name.value, one);
    if (one.kind === Kind.INLINE_FRAGMENT && one.typeCondition?.name.value === typeName) {
      for (const [key, field] of fieldsOf(one.selectionSet, typeName)) fields.set(key, field);
    }
  }
  return fields;
}

function checkValue(field: FieldNode, value: unknown, path: string, complaints: string[]): void {
  if (value === null) {
    if (NEVER_NULL.has(path)) complaints.push(`${path} is null`);
    return;
  }
  const { selectionSet } = field;
  if (selectionSet === undefined) {
    if (!isLeaf(field.name.value, value)) complaints.push(`${path} has the wrong type: ${JSON.stringify(value)}`);
    return;
  }
  if (!Array.isArray(value)) checkObject(selectionSet, value, path, complaints);
  else value.forEach((item: unknown, index) => checkObject(selectionSet, item, `${path}[${index}]`, complaints));
}

function isLeaf(name: string, value: unknown): boolean {
  if (BOOLEANS.has(name)) return typeof value === "boolean";
  if (NUMBERS.has(name)) return typeof value === "number";
  if (LISTS.has(name)) return Array.isArray(value) && value.every((item) => typeof item === "string");
  return typeof value === "string";
}

/** The server decides these, or null keeps what there was. */
const DECIDED = new Set(["space", "useGitCheckout", "terraformProvider", "name", "workflowTool", "workerPool"]);

/** What a mutation was given must come back as it was sent, or the client plans a change for ever; null and empty are one. */
export function echoComplaints(variables: Readonly<Record<string, unknown>>, root: unknown): string[] {
  if (!isObject(root)) return [];
  const input = isObject(variables["input"]) ? variables["input"] : {};
  const nested = [variables["customInput"], input["updateInput"]].filter(isObject);
  const sent: Record<string, unknown> = Object.assign({}, variables, ...nested, input) as Record<string, unknown>;
  return Object.entries(sent)
    .filter(([key]) => key in root && key !== "id")
    .filter(([key, value]) => !(DECIDED.has(key) && value === null) && !isObject(value) && !isObject(root[key]))
    .filter(([key, value]) => JSON.stringify(plain(value)) !== JSON.stringify(plain(root[key])))
    .map(([key, value]) => `${key} was sent as ${JSON.stringify(value)} and came back as ${JSON.stringify(root[key])}`);
}

function plain(value: unknown): unknown {
  return value === "" || (Array.isArray(value) && value.length === 0) ? null : value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
