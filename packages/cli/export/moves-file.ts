/** The moves of one part as blocks that the engine carries out in one apply. */
import type { Engine } from "../../engine";
import type { Backing, Moves, SynthesizedPart } from "./moves";
import type { StoredObject } from "./stored-objects";

export const MOVES_FILE = "moves.tf";
/** The engine merges a file with such a name into the others. Only this merges a provider into a list that another file has. */
export const PROVIDERS_FILE = "moves_override.tf";

/** By name. */
export type Files = Readonly<Record<string, string>>;

/**
 * Whether an engine has the blocks: `removed` that keeps the object, with `import`, on the way out; `moved` between types on the way in, where the
 * trigger of a replacement is forgotten as well.
 */
export function hasBlocksFor(backing: Backing, { forgets, movesBetweenTypes }: Pick<Engine, "forgets" | "movesBetweenTypes">): boolean {
  return forgets && (backing === "published" || movesBetweenTypes);
}

export function movesFiles(backing: Backing, { moves, forgotten }: Moves, configuration: SynthesizedPart): Files {
  const isOut = backing === "published";
  const left = isOut ? [...moves.map(({ object }) => object), ...forgotten] : forgotten;
  const { blocks, requirements } = lostProviders(left, configuration);
  const bodies = [
    ...blocks,
    ...(isOut
      ? moves.flatMap(({ object, to, id }) => [removed(object), block("import", [`to = ${to}`, `id = ${hclText(id)}`])])
      : moves.map(({ object, to }) => block("moved", [`from = ${object.address}`, `to   = ${to}`]))),
    ...forgotten.map(removed),
  ];
  const title = heading(backing, requirements.length > 0);
  return {
    [MOVES_FILE]: `${title}\n${bodies.map((body) => `\n${body}\n`).join("")}`,
    ...(requirements.length === 0
      ? {}
      : { [PROVIDERS_FILE]: `${title}\n\n${block("terraform", block("required_providers", requirements).split("\n"))}\n` }),
  };
}

function heading(backing: Backing, hasProviders: boolean): string {
  const files = hasProviders ? `${MOVES_FILE} and ${PROVIDERS_FILE}` : MOVES_FILE;
  return `# Written by bitlift export --backing ${backing}, for one apply. Delete ${files} after it.`;
}

function removed({ address }: StoredObject): string {
  return block("removed", [`from = ${address}`, "", ...block("lifecycle", ["destroy = false"]).split("\n")]);
}

/** The engine needs the provider block of every object in the state, also to forget it. It makes only the default one itself. */
function lostProviders(left: readonly StoredObject[], { provider = {}, terraform = {} }: SynthesizedPart) {
  const lost = new Map<string, StoredObject>();
  for (const object of left) {
    const { source, alias } = object;
    if (alias !== undefined && !hasBlockOf(object, { provider })) lost.set(`${source} ${alias}`, object);
  }
  const sources = new Set([...lost.values()].map(({ source }) => source));
  return {
    blocks: [...lost.values()].map(({ source, alias = "" }) => block(`provider "${localName(source)}"`, [`alias = ${hclText(alias)}`])),
    requirements: [...sources]
      .filter((source) => !Object.hasOwn(terraform.required_providers ?? {}, localName(source)))
      .flatMap((source) => block(`${localName(source)} =`, [`source = ${hclText(source)}`]).split("\n")),
  };
}

/** Whether the configuration has the provider block of an object. */
export function hasBlockOf({ source, alias }: StoredObject, { provider = {} }: Pick<SynthesizedPart, "provider">): boolean {
  const blocks = provider[localName(source)];
  return blocks !== undefined && aliasesOf(blocks).includes(alias);
}

function localName(source: string): string {
  return source.replace(/^.*\//, "");
}

function aliasesOf(blocks: unknown): readonly unknown[] {
  return [blocks].flat().map((one) => (one as { readonly alias?: unknown } | undefined)?.alias);
}

function block(head: string, lines: readonly string[]): string {
  return [`${head} {`, ...lines.map((line) => (line === "" ? "" : `  ${line}`)), "}"].join("\n");
}

const UNKNOWN_ESCAPES: Readonly<Record<string, string>> = { "\\b": "\\u0008", "\\f": "\\u000c" };

/** HCL reads the escapes of JSON except two, and has two marks of templates. */
export function hclText(text: string): string {
  const json = JSON.stringify(text.replaceAll(/[$%](?=\{)/g, (mark) => mark + mark));
  return json.replaceAll(/\\./g, (escape) => UNKNOWN_ESCAPES[escape] ?? escape);
}
