/** `docs/api.md`: the reference of the constructs, from the doc comments in `lib/`. */
import { readApi, type ApiEntry, type ApiMember } from "./api-source";
import { table, writeDocument } from "./document";

const SECTIONS: readonly (readonly [string, readonly ApiEntry["kind"][]])[] = [
  ["Classes", ["class"]],
  ["Functions and values", ["function", "value"]],
  ["Interfaces", ["interface"]],
  ["Types", ["type"]],
];

export async function generateApi(): Promise<void> {
  const api = readApi();
  const names = new Set(api.map(({ name }) => name));
  const sections = SECTIONS.flatMap(([title, kinds]) => {
    const entries = api.filter(({ kind }) => kinds.includes(kind));
    return [`## ${title}`, ...entries.flatMap((entry) => entrySections(entry, names))];
  });
  const text = [
    "# API of the constructs",
    'What `import { … } from "bitlift"` offers. [The guide to the constructs](guides/constructs.md) shows how to use it. The classes of single Terraform types are in `bindings`; their arguments are those of the [resources](index.md#resources) in camel case.',
    ...sections,
  ].join("\n\n");
  await writeDocument("docs/api.md", { generator: "tools/generate/api-page.ts", source: "the doc comments in lib" }, `${text}\n`);
}

function entrySections(entry: ApiEntry, names: ReadonlySet<string>): readonly string[] {
  const bases = entry.bases.filter((name) => names.has(name)).map((name) => `[\`${name}\`](#${name.toLowerCase()})`);
  const properties = entry.members.filter(({ kind }) => kind === "property");
  const methods = entry.members.filter(({ kind }) => kind !== "property");
  return [
    `### \`${entry.name}\``,
    ...(entry.description === "" ? [] : [entry.description]),
    ...(bases.length === 0 ? [] : [`Extends or implements ${bases.join(", ")}.`]),
    ...(entry.signature === "" ? [] : [`\`${entry.signature}\``]),
    ...(entry.kind === "function" || methods.length === 0 ? [] : [methods.map((method) => methodItem(entry.name, method)).join("\n")]),
    ...(properties.length === 0 ? [] : [propertyTable(entry, properties)]),
  ];
}

function methodItem(owner: string, { kind, type, isStatic, description, parameters }: ApiMember): string {
  const call = kind === "constructor" ? `new ${owner}${type}` : isStatic ? `${owner}.${type}` : type;
  const details = parameters
    .filter((parameter) => parameter.description !== "")
    .map((parameter) => `\`${parameter.name}\`: ${parameter.description}`);
  return [`- \`${call}\``, ...(description === "" ? [] : [`  ${description}`]), ...details.map((detail) => `  - ${detail}`)].join("\n");
}

function propertyTable({ kind, name: owner }: ApiEntry, properties: readonly ApiMember[]): string {
  const rows = properties.map(({ name, type, isOptional, isStatic, description, defaultText }) => [
    `\`${isStatic ? `${owner}.` : ""}${name}\``,
    `\`${type}\``,
    ...(kind === "interface"
      ? [isOptional ? (defaultText === undefined ? "optional" : `optional; default: ${defaultText.replace(/^- /, "")}`) : "required"]
      : []),
    description,
  ]);
  return table(kind === "interface" ? ["Name", "Type", "Rules", "Description"] : ["Name", "Type", "Description"], rows);
}
