/** `docs/resources/` and `docs/data-sources/`, from the declarations and the examples; then the provider page, which links to them. */
import { bitlift, RAISED_ANYWHERE, REFERENCE } from "../../packages/provider";
import { importIdFormat, shortImportIdFormat, type Attributes, type MoveSource } from "../../packages/terraform-plugin";
import { attributeSections } from "./attribute-tables";
import { SUMMARIES } from "./catalog-source";
import { removeStalePages, table, writeDocument } from "./document";
import { readExample } from "./example";
import { providerPage } from "./provider-page";

const GENERATOR = "tools/generate/reference.ts";

interface Declaration {
  readonly type: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly attributes: Attributes;
  readonly raises?: readonly string[] | undefined;
}

/** Writes every reference page, and removes pages of types that no longer exist. */
export async function generateReference(): Promise<void> {
  const resources = await Promise.all(bitlift.resources.map((resource) => writeResourcePage(resource as ResourceDeclaration)));
  const dataSources = await Promise.all(bitlift.dataSources.map((dataSource) => writeDataSourcePage(dataSource as Declaration)));
  await write("docs/index.md", "packages/provider/provider.ts", await providerPage(resources, dataSources));
  await removeStalePages("docs/resources", resources);
  await removeStalePages("docs/data-sources", dataSources);
}

type ResourceDeclaration = Declaration & {
  readonly identity: readonly string[];
  readonly importId?: { readonly format?: string };
  readonly movesFrom?: readonly MoveSource[];
};

function writeResourcePage(declaration: ResourceDeclaration): Promise<string> {
  return page(`docs/resources/${declaration.type}.md`, "packages/provider", async () => {
    const command = await readExample(`examples/resources/${fullName(declaration)}/import.sh`);
    return [
      ...(await headSections(declaration, "resources", "resource.tf")),
      ...attributeSections(declaration.attributes),
      ...requiredEventSections(declaration),
      ...importSections(declaration, command),
      ...moveSections(declaration, command),
      ...diagnosticSections(declaration),
    ];
  });
}

function writeDataSourcePage(declaration: Declaration): Promise<string> {
  return page(`docs/data-sources/${declaration.type}.md`, "packages/provider/data-sources", async () => [
    ...(await headSections(declaration, "data-sources", "data-source.tf")),
    ...attributeSections(declaration.attributes),
    ...diagnosticSections(declaration),
  ]);
}

async function page(path: string, source: string, sections: () => Promise<readonly string[]>): Promise<string> {
  await write(path, source, await sections());
  return path;
}

async function write(path: string, source: string, sections: readonly string[]): Promise<void> {
  const text = sections
    .join("\n\n")
    .replace(/```(\w+)\n\n/g, "```$1\n")
    .replaceAll("\n\n```\n", "\n```\n");
  await writeDocument(path, { generator: GENERATOR, source }, `${text}\n`);
}

const fullName = (declaration: { readonly type: string }) => `${bitlift.name}_${declaration.type}`;

async function headSections(declaration: Declaration, folder: string, file: string): Promise<string[]> {
  const path = `examples/${folder}/${fullName(declaration)}/${file}`;
  return [
    `# \`${fullName(declaration)}\``,
    declaration.summary,
    ...(declaration.description === undefined ? [] : [declaration.description]),
    "## Example",
    `\`\`\`terraform\n${await readExample(path)}\n\`\`\``,
    `From \`${path}\`.`,
  ];
}

/** The import command, the same import as a block with an identity, and the engine's option that writes the configuration. */
function importSections(declaration: ResourceDeclaration, command: string): string[] {
  const short = shortImportIdFormat(declaration);
  const shortNote =
    short === undefined
      ? ""
      : ` \`${short}\` is enough if exactly one webhook of the repository calls an integration of this Spacelift account.`;
  const optionalNote = short === undefined ? "" : `, from which \`${declaration.identity.at(-1) ?? ""}\` may be left out in the same way`;
  const { address, id } = imported(command);
  const parts = id.split("/");
  const width = Math.max(...declaration.identity.map((name) => name.length));
  const identity = declaration.identity.map((name, index) => `    ${name.padEnd(width)} = ${JSON.stringify(parts[index])}`);
  return [
    "## Import",
    `The import ID is \`${importIdFormat(declaration)}\`.${shortNote}${importNote(declaration)}`,
    `\`\`\`shell\n${command}\n\`\`\``,
    `An \`import\` block takes the same ID as \`id\`, or, with Terraform or OpenTofu 1.12 or later, an identity${optionalNote}:`,
    `\`\`\`terraform\n${["import {", `  to = ${address}`, "  identity = {", ...identity, "  }", "}"].join("\n")}\n\`\`\``,
    `For such blocks, \`terraform plan -generate-config-out=generated.tf\` writes the configuration.${generationNote(declaration)}`,
  ];
}

function imported(command: string): { readonly address: string; readonly id: string } {
  const [, address = "", id = ""] = /^terraform import (\S+) '?([^'\n]+)'?$/m.exec(command) ?? [];
  return { address, id };
}

/** The resource types of other providers whose objects the resource takes over, each with a block. */
function moveSections(declaration: ResourceDeclaration, command: string): string[] {
  const { movesFrom = [] } = declaration;
  if (movesFrom.length === 0) return [];
  const { address } = imported(command);
  const name = address.split(".").at(-1) ?? "";
  const types = movesFrom.map(({ type, provider }) => `\`${type}\` of the provider \`${provider}\``).join(", or ");
  const blocks = movesFrom.map(({ type }) => ["moved {", `  from = ${type}.${name}`, `  to   = ${address}`, "}"].join("\n"));
  const { afterMove } = REFERENCE[declaration.type] ?? {};
  const consequence =
    afterMove === undefined
      ? "If the arguments have the same values as before, the plan shows only the move."
      : `The state keeps no secret of the other provider, only fingerprints; older versions and backups of the state still contain the secrets. ${afterMove}`;
  return [
    "## Move from another provider",
    `With Terraform 1.8 or later, or OpenTofu 1.10 or later, a \`moved\` block takes over an object that is managed as ${types}:`,
    `\`\`\`terraform\n${blocks.join("\n\n")}\n\`\`\``,
    `The move itself makes no remote change. ${consequence} ` +
      "Engines load every provider of the state, so the other provider must stay installed until the apply of the move. With an older engine, remove the object from the state (`state rm`) and import it. " +
      "[The guide](../guides/moving-between-providers.md) has complete files, also for the way back.",
  ];
}

/** States what the generated configuration lacks. */
function generationNote({ type }: Declaration): string {
  const { notGenerated } = REFERENCE[type] ?? {};
  return notGenerated === undefined ? " It is complete." : ` ${notGenerated}`;
}

/** States what an import cannot read: the remote systems do not return it. */
function importNote({ type }: Declaration): string {
  const { notImported } = REFERENCE[type] ?? {};
  if (notImported === undefined) return "";
  return ` Bitlift cannot read ${notImported}, so the first plan after an import shows an in-place update that records the missing values. After that apply, plans show no changes.`;
}

/** A table of the declaration's own diagnostics, and a list of those that every resource and data source can raise. */
function diagnosticSections({ raises = [] }: Declaration): string[] {
  const own = raises.map((code) => [`\`${code}\``, SUMMARIES[code] ?? ""]);
  const others = RAISED_ANYWHERE.filter((code) => !raises.includes(code)).map((code) => `\`${code}\``);
  return [
    "## Diagnostics",
    ...(own.length === 0 ? [] : [table(["Code", "What happened"], own)]),
    `Arguments, provider settings, and remote calls can also raise: ${others.join(", ")}. See [all diagnostics](../diagnostics.md).`,
  ];
}

/** Spacelift's documentation names the events with the labels of Bitbucket's settings page. */
function requiredEventSections({ type }: Declaration): string[] {
  const { requiredEvents: events } = REFERENCE[type] ?? {};
  if (events === undefined) return [];
  const rows = events.map(({ group, label, key }) => [`${group} > ${label}`, `\`${key}\``]);
  return ["### Events that Spacelift needs", table(["In Bitbucket's settings", "Event"], rows)];
}
