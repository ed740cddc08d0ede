/** `docs/guides/file-reference.md`: every key of the file, with its type, default and description, from the JSON Schema. */
import { configurationSchema } from "../../packages/configuration";
import { table, writeDocument } from "./document";

type Definitions = Readonly<Record<string, Node>>;

interface Node {
  readonly $ref?: string;
  readonly allOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly required?: readonly string[];
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

/** The definitions that have a table, in the order of the page. */
const SECTIONS: readonly (readonly [id: string, title: string])[] = [
  ["state", "State"],
  ["defaults", "Defaults"],
  ["space", "Space"],
  ["existingSpace", "Existing Space"],
  ["server", "Server"],
  ["integration", "Integration"],
  ["cloud", "Bitbucket Cloud"],
  ["datacenter", "Bitbucket Data Center"],
  ["existingIntegration", "Existing integration"],
  ["repository", "Repository"],
  ["repositorySet", "Set of repositories"],
  ["secret", "Secret"],
  ["cloudLogin", "Login for webhooks on Bitbucket Cloud"],
  ["part", "Part"],
  ["removals", "Removals"],
  ["acceptance", "Acceptance"],
];

const SCHEMA = configurationSchema() as Node;
const DEFINITIONS = configurationSchema()["definitions"] as Definitions;

export async function generateFileReference(): Promise<void> {
  const sections = SECTIONS.flatMap(([id, title]) => section(title, DEFINITIONS[id] ?? {}));
  const text = [
    "# Every key of bitlift.yaml",
    "Every key with its type, its default and its meaning. [The guide](file.md) explains the file with an example. Editors complete and check it with [the JSON Schema](../../bitlift.schema.json).",
    "## The file",
    "Included files contain only `spaces` and `integrations`.",
    keyTable(SCHEMA),
    ...sections,
  ].join("\n\n");
  await writeDocument(
    "docs/guides/file-reference.md",
    { generator: "tools/generate/file-reference.ts", source: "packages/configuration/model" },
    `${text}\n`,
  );
}

function section(title: string, node: Node): readonly string[] {
  const choice = (node.oneOf ?? []).map(({ required }) => required.map(code).join(" and "));
  return [
    `## ${title}`,
    ...(node.description === undefined ? [] : [node.description]),
    ...(choice.length > 1 ? [`Exactly one of ${choice.join(", ")}.`] : []),
    keyTable(node),
    ...Object.entries(node.properties ?? {}).flatMap(([name, child]) => nestedSection(title, name, child)),
  ];
}

/** A map that has no definition of its own. */
function nestedSection(owner: string, name: string, child: Node): readonly string[] {
  if (child.properties === undefined) return [];
  const nested = Object.entries(child.properties).flatMap(([inner, node]) => nestedSection(owner, `${name}.${inner}`, node));
  return [`### ${owner}: ${code(name)}`, keyTable(child), ...nested];
}

function keyTable(node: Node): string {
  const always = [...(node.required ?? []), ...(node.oneOf?.length === 1 ? (node.oneOf[0]?.required ?? []) : [])];
  const rows = Object.entries(node.properties ?? {}).map(([name, child]) => [
    code(name),
    typeOf(child),
    always.includes(name) ? "required" : child.default === undefined ? "" : code(JSON.stringify(child.default)),
    [escaped(descriptionOf(child)), ...examplesOf(child)].filter((text) => text !== "").join(" "),
  ]);
  return table(["Key", "Type", "Default", "Description"], rows);
}

function examplesOf({ examples = [] }: Node): readonly string[] {
  return examples.map((example) => `Example: ${code(JSON.stringify(example))}.`);
}

function typeOf(node: Node): string {
  if (node.$ref !== undefined) return referenceTo(node.$ref.split("/").at(-1) ?? "");
  const [first] = node.allOf ?? [];
  if (first !== undefined) return typeOf(first);
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(", or ");
  if (node.const !== undefined) return code(JSON.stringify(node.const));
  if (node.enum !== undefined) return node.enum.map((value) => code(String(value))).join(", ");
  if (node.type === "array") return node.items === undefined ? "list" : `list of: ${typeOf(node.items)}`;
  if (typeof node.additionalProperties === "object" && node.type === "object") return `map of: ${typeOf(node.additionalProperties)}`;
  if (node.type === "object") return "map";
  return node.type === "string" ? "text" : node.type === "boolean" ? "true or false" : (node.type ?? "any");
}

/** A link to the table of a definition, or the form of a text that has none. */
function referenceTo(id: string): string {
  const title = SECTIONS.find(([section]) => section === id)?.[1];
  if (title !== undefined) return `[${title}](#${title.toLowerCase().replaceAll(" ", "-")})`;
  return { key: "key", variable: "name of a variable", repositoryName: "`<namespace>/<repository>`" }[id] ?? typeOf(DEFINITIONS[id] ?? {});
}

/** The description of the key, or of the definition that it refers to. */
function descriptionOf({ description, $ref, allOf: [first] = [] }: Node): string {
  const reference = $ref ?? first?.$ref;
  if (description !== undefined || reference === undefined) return description ?? "";
  const { description: shared = "", default: standard } = DEFINITIONS[reference.split("/").at(-1) ?? ""] ?? {};
  return standard === undefined ? shared : `${shared} Default: ${code(JSON.stringify(standard))}.`;
}

/** Outside of code, a name in angle brackets would be an element of HTML. */
function escaped(text: string): string {
  return text.replace(/(?<![`\w/<>])(?:[\w:/]*<[^<>]+>)+(?:[:/]+<[^<>]+>)*/g, (match) => code(match));
}

function code(text: string): string {
  return `\`${text}\``;
}
