/** The warning about the state of a part that is no longer in the file, with what to do: commands and keys that work as they are printed. */
import { relative } from "node:path";
import type { DeclaringPart, LeftPart, StateObject } from "./left-states";

export interface PartOfFile {
  readonly name: string;
  readonly integrations: readonly string[];
}

/**
 * @param left All such parts, because two of them may have become one.
 * @param parts Those of the file.
 * @param engine The command of the engine, such as `terraform`.
 */
export function leftPartText(one: LeftPart, left: readonly LeftPart[], parts: readonly PartOfFile[], engine: string): string {
  const { part, state, objects, declaredBy } = one;
  const heading = `Warning: The file no longer has the part ${part}, but its state ${pathOf(state)} still holds ${objectsText(objects)}. No plan changes or deletes them.`;
  const lines = declaredBy.length === 0 ? deletionLines(part, parts) : moveLines(one, left, engine);
  return [heading, ...lines.map((line) => `  ${line}`)].join("\n");
}

function deletionLines(part: string, parts: readonly PartOfFile[]): readonly string[] {
  const others = parts.filter(({ integrations }) => integrations.length > 0);
  const items = [...others, { name: part, integrations: [] }].map(
    ({ name, integrations }) => `{ name: ${name}, integrations: [${integrations.join(", ")}] }`,
  );
  return [
    "To delete them, keep the part with an empty list until that is applied:",
    `parts: [${items.join(", ")}]`,
    "To keep them without Bitlift, move the file of the state out of this folder.",
  ];
}

function moveLines({ state, objects, declaredBy }: LeftPart, left: readonly LeftPart[], engine: string): readonly string[] {
  const [only, ...others] = declaredBy;
  const isOneOfSeveral = left.filter((other) => other.declaredBy.some(({ part }) => part === only?.part)).length > 1;
  const isWhole = only !== undefined && only.addresses.length === new Set(objects.map(({ address }) => address)).size;
  if (only !== undefined && others.length === 0 && isWhole && !only.hasState && !isOneOfSeveral) {
    return [
      `The part ${only.part} declares the same objects. Give it the state before you apply it, so that nothing is created twice:`,
      `mv ${pathOf(state)} ${pathOf(only.state)}`,
    ];
  }
  const names = declaredBy.map(({ part }) => part).join(", ");
  return [
    `${declaredBy.length === 1 ? "The part" : "The parts"} ${names} ${declaredBy.length === 1 ? "declares" : "declare"} these objects now. Move them before you apply, so that nothing is created twice:`,
    ...declaredBy.map((target) => moveCommand(state, target, engine)),
  ];
}

function moveCommand(from: string, { state, addresses }: DeclaringPart, engine: string): string {
  const list = addresses.map((address) => `'${address}'`).join(" ");
  return `for address in ${list}; do ${engine} state mv -state=${pathOf(from)} -state-out=${pathOf(state)} "$address" "$address"; done`;
}

const MOST_NAMES = 3;

/** Like `1 bitlift_space (Payments), 1 bitlift_bitbucket_cloud_integration (Pay) and 12 bitlift_bitbucket_cloud_webhook`. */
function objectsText(objects: readonly StateObject[]): string {
  const types = [...new Set(objects.map(({ type }) => type))];
  const texts = types.map((type) => {
    const labels = objects.flatMap((object) => (object.type === type ? [object.label ?? object.address] : []));
    return `${labels.length} ${type}${labels.length > MOST_NAMES ? "" : ` (${labels.join(", ")})`}`;
  });
  return [texts.slice(0, -1).join(", "), ...texts.slice(-1)].filter((text) => text !== "").join(" and ");
}

/** As a word of a shell. */
function pathOf(file: string): string {
  const path = relative(process.cwd(), file);
  return /^[\w./@-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
