/** Compares the values of a file with the model: each difference becomes a remark, and is removed from the values. */
import type { z } from "zod";
import { fault, type Location, type Remark } from "../finding";
import { REPOSITORY_KEYS, SET_KEYS } from "../model/repository";
import { KEY_FORM } from "../model/settings";
import { listed, shown, suggestion } from "../quoting";
import { MAIN_FILE_KEYS } from "../model/document";
import { keysAt } from "./known-keys";
import { isSecretKey, secretMessage } from "./secret-values";
import { flatten, type ValueIssue } from "./schema-issues";
import { subjectOf, type Path } from "./subject";
import { typeMessage } from "./type-message";
import { REPORTED } from "./yaml-values";

interface Checked {
  readonly root: object;
  readonly schema: z.ZodType;
  readonly isIncluded: boolean;
  /** The text of a value as it is written. */
  readonly written: (location: Location) => string | undefined;
}

interface Result {
  readonly remarks: readonly Remark[];
  /** The maps from which something was removed: that a key is missing there needs no second message. */
  readonly pruned: ReadonlySet<object>;
}

/** What is left of the values afterwards fits the model, except that required keys may be missing. */
export function checkAgainstModel(checked: Checked): Result {
  const result = checked.schema.safeParse(checked.root);
  if (result.success) return { remarks: [], pruned: new Set() };
  const issues = flatten(result.error.issues);
  const remarks = issues.flatMap((issue) => remarksFor(issue, issues, checked));
  const holders = issues.map((issue) => prune(checked.root, issue)).filter((holder) => holder !== undefined);
  return { remarks, pruned: new Set(holders) };
}

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? (value as Readonly<Record<PropertyKey, unknown>>)[part] : undefined),
    root,
  );
}

function remarksFor({ path, issue }: ValueIssue, all: readonly ValueIssue[], checked: Checked): readonly Remark[] {
  const read = (of: Path) => valueAt(checked.root, of);
  const value = read(path);
  if (value === REPORTED) return [];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((name) => unknownKey(name, path, checked));
  }
  const at = locationOf(checked.root, path);
  const owner = path.slice(0, -1);
  const last = path.at(-1);
  if (issue.code === "invalid_key") {
    return [fault("value-not-allowed", { ...at, part: "key" }, `the key ${shown(String(last))} ${keyMessage(String(last), owner)}`)];
  }
  const subject = subjectOf(path, read);
  if (value === undefined) {
    if (hasMisspelledKey(String(last), owner, all, checked.schema)) return [];
    return [
      fault(
        "value-missing",
        ownerLocation(checked.root, owner),
        `${subjectOf(owner, read)} has no ${shown(String(last))}. ${last === "version" ? "Write version: 1 at the top." : "Add it."}`,
      ),
    ];
  }
  if (isSecretKey(path)) return [fault("secret-literal", at, secretMessage(subject, value))];
  const isOfForm = issue.code === "invalid_type" && !issue.message.startsWith("Invalid ") && value !== null;
  if (issue.code === "invalid_type" && !isOfForm) return [typeMessage(issue.expected, subject, value, at, checked.written(at))];
  if (issue.code === "invalid_value") return [notOneOf(issue.values, subject, value, at, checked.written(at))];
  return [
    fault(
      "value-not-allowed",
      at,
      value === "" ? `${subject} is empty. Write a value, or remove the key.` : `${subject} is ${shown(value)}, which ${issue.message}.`,
    ),
  ];
}

function notOneOf(values: readonly unknown[], subject: string, value: unknown, at: Location, written: string | undefined): Remark {
  const texts = values.map(String);
  if (typeof value !== "string" && values.every((allowed) => typeof allowed === "string"))
    return typeMessage("string", subject, value, at, written);
  const isQuoted = typeof value === "string" && texts.includes(value);
  const quoted = isQuoted ? " without quotes" : "";
  const similar = typeof value === "string" && !isQuoted ? suggestion(value, texts) : "";
  return fault("value-not-allowed", at, `${subject} is ${shown(value)}. Allowed: ${texts.join(", ")}${quoted}.${similar}`);
}

function keyMessage(name: string, owner: Path): string {
  if (owner.at(-1) === "backend") return "is not the name of a backend.";
  return name === "" ? `is empty. ${KEY_FORM}.` : `is not allowed. ${KEY_FORM}.`;
}

function unknownKey(name: string, path: Path, { root, schema, isIncluded }: Checked): Remark {
  const at: Location = { holder: valueAt(root, path) as object, key: name, part: "key" };
  const owner = subjectOf(path, (of) => valueAt(root, of));
  if (path.length === 0 && isIncluded && MAIN_FILE_KEYS.includes(name)) {
    return fault(
      "included-key",
      at,
      `${shown(name)} is not allowed in an included file, because the owner of one file must not change the rules for everybody. Move it to the main file. Included files contain spaces and integrations only.`,
    );
  }
  const form = otherForm(name, path, root) ?? parentOfSpace(name, path) ?? misplacedBacking(name);
  if (form !== undefined) return fault("unknown-key", at, `${shown(name)} ${form}`);
  const known = keysAt(schema, path, valueAt(root, path));
  const similar = suggestion(name, known);
  return fault("unknown-key", at, `unknown key ${shown(name)} in ${owner}.${similar === "" ? ` Known keys: ${listed(known)}.` : similar}`);
}

/** A key of a set beside `repository`, or the reverse. */
function otherForm(name: string, path: Path, root: object): string | undefined {
  if (path.at(-2) !== "repositories") return undefined;
  const value = valueAt(root, path) as object;
  if ("repository" in value && SET_KEYS.includes(name))
    return `applies to a set of repositories, but "repository" names a single one. Remove one of the two.`;
  if ("every" in value && REPOSITORY_KEYS.includes(name))
    return `names a single repository, but "every" selects a set. Remove one of the two.`;
  return undefined;
}

/** People who know Terraform or the constructs write the parent of a Space as a key. */
function parentOfSpace(name: string, path: Path): string | undefined {
  if (path.at(-2) !== "spaces" || !/^parent(_?space)?(_?id)?$/i.test(name)) return undefined;
  return "is not a key of a Space: nesting in the file is nesting in Spacelift. Move the entry below spaces of the Space that contains it, and remove this key. A Space at the top of the file is in root. Only existing has a parent.";
}

/** Spaces and defaults have the backing of the file, and webhooks that of their integration. */
function misplacedBacking(name: string): string | undefined {
  if (name !== "backing") return undefined;
  return "is not a key here. Move it to the top of the main file for everything in it, or into an integration for it and its webhooks.";
}

/** Whether an unknown key of the same map is probably the missing one, which then needs no message of its own. */
function hasMisspelledKey(name: string, owner: Path, all: readonly ValueIssue[], schema: z.ZodType): boolean {
  return all.some(
    ({ path, issue }) =>
      issue.code === "unrecognized_keys" &&
      samePath(path, owner) &&
      issue.keys.some((key) => suggestion(key, keysAt(schema, owner, { [name]: "" })).includes(`"${name}"`)),
  );
}

function samePath(first: Path, second: Path): boolean {
  return first.length === second.length && first.every((part, index) => part === second[index]);
}

function locationOf(root: object, path: Path): Location {
  const holder = valueAt(root, path.slice(0, -1));
  const key = path.at(-1);
  return key === undefined || typeof holder !== "object" || holder === null ? { holder: root } : { holder, key: key as string | number };
}

/** The key that leads to a map, so that a missing key is shown there and not at every line of the map. */
function ownerLocation(root: object, path: Path): Location {
  const at = locationOf(root, path);
  return path.length === 0 ? { holder: root } : { ...at, part: "key" };
}

/** @returns the map or list that lost a value */
function prune(root: object, { path, issue }: ValueIssue): object | undefined {
  const isUnknown = issue.code === "unrecognized_keys";
  const holder = valueAt(root, isUnknown ? path : path.slice(0, -1));
  if (typeof holder !== "object" || holder === null) return undefined;
  const keys = isUnknown ? issue.keys : path.slice(-1);
  for (const key of keys) {
    // A list keeps its length, because places are found by index.
    if (Array.isArray(holder)) holder[Number(key)] = undefined;
    else Reflect.deleteProperty(holder, key);
  }
  return holder;
}
