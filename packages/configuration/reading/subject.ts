/** Names the part of the file that a path leads to, as people call it: `integration "payments"`. */
import { shown } from "../quoting";

export type Path = readonly PropertyKey[];

/** The owner of a key, for messages such as `unknown key "x" in <owner>`. @param valueAt reads the values on the way. */
export function subjectOf(path: Path, valueAt: (path: Path) => unknown): string {
  if (path.length === 0) return "the file";
  const [first, key] = path;
  if (first === "spaces") return nestedSpace(path, valueAt);
  if (first === "integrations" && key !== undefined)
    return within(`integration ${shown(String(key))}`, path.slice(2), path.slice(0, 2), valueAt);
  if (first === "servers" && key !== undefined) return within(`server ${shown(String(key))}`, path.slice(2), path.slice(0, 2), valueAt);
  return within("", path, [], valueAt);
}

function nestedSpace(path: Path, valueAt: (path: Path) => unknown): string {
  let end = 0;
  while (path[end] === "spaces" && path.length > end + 1) end += 2;
  if (end === 0) return `"spaces"`;
  return within(`Space ${shown(String(path[end - 1]))}`, path.slice(end), path.slice(0, end), valueAt);
}

function within(owner: string, rest: Path, ownerPath: Path, valueAt: (path: Path) => unknown): string {
  if (rest.length === 0) return owner;
  const of = owner === "" ? "" : ` of ${owner}`;
  if (rest[0] === "repositories" && typeof rest[1] === "number") {
    const name = repositoryName(valueAt([...ownerPath, ...rest.slice(0, 2)])) ?? `item ${rest[1] + 1} of "repositories"`;
    return rest.length === 2 ? `${name}${of}` : `${dotted(rest.slice(2))} of ${name}${of}`;
  }
  return `${dotted(rest)}${of}`;
}

function repositoryName(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { repository, every, key } = value as Readonly<Record<string, unknown>>;
  if (typeof repository === "string") return `repository ${shown(repository)}`;
  if (typeof every === "string") return `set ${shown(typeof key === "string" ? key : every)}`;
  return undefined;
}

/** `"state.backend"`, or `item 2 of "labels"`. */
function dotted(path: Path): string {
  const last = path.at(-1);
  if (typeof last === "number") return path.length === 1 ? `item ${last + 1}` : `item ${last + 1} of ${dotted(path.slice(0, -1))}`;
  const index = path.findLastIndex((part) => typeof part === "number");
  if (index >= 0) return `${dotted(path.slice(index + 1))} of ${dotted(path.slice(0, index + 1))}`;
  return `"${path.map(String).join(".")}"`;
}
