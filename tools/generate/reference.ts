/** `docs/resources/`, `docs/data-sources/` and `docs/provider.md`, from the declarations and the examples. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { problem, REQUIRED_BITBUCKET_CLOUD_EVENTS, REQUIRED_BITBUCKET_DATACENTER_EVENTS } from "../../packages/domain";
import { Problem } from "../../packages/diagnostics";
import { bitlift, RAISED_ANYWHERE } from "../../packages/provider";
import {
  nestedAttributes,
  type Attribute,
  type Attributes,
  type AttributeType,
  type Blocks,
  type Presence,
} from "../../packages/terraform-plugin";
import { SUMMARIES } from "./catalog-source";
import { removeOthers, ROOT, table, writeDocument } from "./document";

const GENERATOR = "tools/generate/reference.ts";

interface Declaration {
  readonly type: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly attributes: Attributes;
  readonly raises?: readonly string[] | undefined;
}

/** Writes every reference page; pages of types that are gone disappear. */
export async function generateReference(): Promise<void> {
  const resources = await Promise.all(
    bitlift.resources.map(async (resource) => {
      const declaration = resource as Declaration;
      const { importId } = resource as { importId: { format: string } };
      const text = [
        ...(await head(declaration, "resources", "resource.tf")),
        ...attributeSections(declaration.attributes),
        ...requiredEvents(declaration),
        "## Import",
        `The import id is \`${importId.format}\`.${afterImport(declaration)}`,
        `\`\`\`shell\n${await example(`examples/resources/${fullName(declaration)}/import.sh`)}\n\`\`\``,
        ...diagnosticSections(declaration),
      ];
      return write(`docs/resources/${declaration.type}.md`, "packages/provider", text);
    }),
  );
  const dataSources = await Promise.all(
    bitlift.dataSources.map(async (dataSource) => {
      const declaration = dataSource as Declaration;
      const text = [
        ...(await head(declaration, "data-sources", "data-source.tf")),
        ...attributeSections(declaration.attributes),
        ...diagnosticSections(declaration),
      ];
      return write(`docs/data-sources/${declaration.type}.md`, "packages/provider/data-sources", text);
    }),
  );
  await write("docs/provider.md", "packages/provider/provider.ts", await providerPage(resources, dataSources));
  await removeOthers("docs/resources", resources);
  await removeOthers("docs/data-sources", dataSources);
}

async function write(path: string, source: string, text: readonly string[]): Promise<string> {
  await writeDocument(
    path,
    { generator: GENERATOR, source },
    `${text
      .join("\n\n")
      .replace(/```(\w+)\n\n/g, "```$1\n")
      .replaceAll("\n\n```\n", "\n```\n")}\n`,
  );
  return path;
}

const fullName = (declaration: { readonly type: string }) => `${bitlift.name}_${declaration.type}`;

async function head(declaration: Declaration, folder: string, file: string): Promise<string[]> {
  const path = `examples/${folder}/${fullName(declaration)}/${file}`;
  return [
    `# \`${fullName(declaration)}\``,
    declaration.summary,
    ...(declaration.description === undefined ? [] : [declaration.description]),
    "## Example",
    `\`\`\`terraform\n${await example(path)}\n\`\`\``,
    `From \`${path}\`.`,
  ];
}

async function example(path: string): Promise<string> {
  try {
    const text = await readFile(join(ROOT, path), "utf8");
    // The first line is the comment that says what the file is for.
    return text.trim().split("\n").slice(1).join("\n").trim();
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const why = `The reference page needs an example, and ${path} cannot be read.`;
    throw problem("internal", { why, fix: `Write ${path}.` }, { cause });
  }
}

/** What no remote system gives back is recorded by the first plan after an import. */
function afterImport({ type, attributes }: Declaration): string {
  const unread = type.endsWith("_integration")
    ? "the form of the credential"
    : "integration_id" in attributes
      ? `\`integration_id\`${type.includes("_cloud_") ? " and the secret" : ""}`
      : undefined;
  if (unread === undefined) return "";
  return ` The plan after an import records in place what cannot be read: ${unread}. The plan after that apply is empty.`;
}

/** Its own diagnostics, and in a sentence those that anything can raise. */
function diagnosticSections({ raises = [] }: Declaration): string[] {
  const own = raises.map((code) => [`\`${code}\``, SUMMARIES[code] ?? ""]);
  const others = RAISED_ANYWHERE.filter((code) => !raises.includes(code)).map((code) => `\`${code}\``);
  return [
    "## Diagnostics",
    ...(own.length === 0 ? [] : [table(["Code", "What happened"], own)]),
    `Arguments, settings of the provider and remote calls can raise these too: ${others.join(", ")}. [All of them](../diagnostics.md).`,
  ];
}

function attributeSections(attributes: Attributes): string[] {
  const entries = Object.entries(attributes);
  const written = entries.filter(([, attribute]) => attribute.presence !== "computed");
  const computed = entries.filter(([, attribute]) => attribute.presence === "computed");
  const rank = ([, attribute]: readonly [string, Attribute]) => (attribute.presence === "required" ? 0 : 1);
  const row = ([name, attribute]: readonly [string, Attribute]) => [
    `\`${name}\``,
    kindText(attribute.type),
    rules(attribute).join("; "),
    attribute.description,
  ];
  const columns = ["Name", "Kind", "Rule", "What it is"];
  return [
    ...(written.length === 0 ? [] : ["## Arguments", table(columns, [...written].sort((a, b) => rank(a) - rank(b)).map(row))]),
    ...(computed.length === 0 ? [] : ["## Read only", table(columns, computed.map(row))]),
    ...entries.flatMap(([name, { type }]) => nestedSection(name, type)),
    ...entries.flatMap(([name, { known }]) =>
      known === undefined ? [] : [`### Published values of \`${name}\``, known.map((value) => `\`${value}\``).join(", ")],
    ),
  ];
}

/** Spacelift's documentation names them in the words of Bitbucket's settings page. */
function requiredEvents({ type }: Declaration): string[] {
  if (!type.endsWith("_webhook")) return [];
  const events = type.includes("_cloud_") ? REQUIRED_BITBUCKET_CLOUD_EVENTS : REQUIRED_BITBUCKET_DATACENTER_EVENTS;
  const rows = events.map(({ group, label, key }) => [`${group} > ${label}`, `\`${key}\``]);
  return ["### Events that Spacelift needs", table(["In Bitbucket's settings", "Event"], rows)];
}

function nestedSection(name: string, type: AttributeType): string[] {
  const nested = nestedAttributes(type);
  if (nested === undefined) return [];
  const rows = Object.entries(nested).map(([key, attribute]) => [`\`${key}\``, kindText(attribute.type), attribute.description]);
  return [`### \`${name}\``, table(["Name", "Kind", "What it is"], rows)];
}

const PRESENCE: Readonly<Record<Presence, string>> = {
  required: "required",
  optional: "optional",
  defaulted: "optional",
  optionalComputed: "optional; computed when unset",
  computed: "read only",
  writeOnly: "optional; write-only: stored nowhere, needs an engine of 1.11 or newer",
};

/** Everything that the declaration says beyond its text. */
function rules(attribute: Attribute): string[] {
  const code = (values: readonly string[]) => values.map((value) => `\`${value}\``).join(", ");
  return [
    PRESENCE[attribute.presence],
    ...(attribute.presence === "defaulted" ? [`default \`${JSON.stringify(attribute.default)}\``] : []),
    ...(attribute.requiresReplace === true
      ? [`a change${attribute.caseInsensitive === true ? " (not of case alone)" : ""} replaces the resource`]
      : []),
    ...(attribute.oneOf === undefined ? [] : [`one of ${code(attribute.oneOf)}`]),
    ...(attribute.known === undefined ? [] : ["published values below; another one is a warning"]),
    ...(attribute.sensitive === true ? ["sensitive"] : []),
    ...(attribute.alternative === undefined ? [] : [`on older engines: \`${attribute.alternative}\``]),
    ...(attribute.deprecated === undefined ? [] : [`deprecated: ${attribute.deprecated}`]),
  ];
}

function kindText(type: AttributeType): string {
  switch (type.shape) {
    case "string":
    case "number":
    case "boolean":
    case "object":
      return type.shape;
    case "list":
    case "set":
    case "map":
      return `${type.shape} of ${type.element.shape}`;
    case "objects":
      return "list of objects";
  }
}

async function providerPage(resources: readonly string[], dataSources: readonly string[]): Promise<string[]> {
  const links = (paths: readonly string[]) =>
    paths
      .map((path) => `- [\`${bitlift.name}_${path.split("/").at(-1)?.replace(/\.md$/, "") ?? ""}\`](${path.replace(/^docs\//, "")})`)
      .join("\n");
  const rows = (attributes: Attributes) =>
    Object.entries(attributes).map(([name, attribute]) => [
      `\`${name}\``,
      kindText(attribute.type),
      rules(attribute).join("; "),
      attribute.description,
    ]);
  const columns = ["Name", "Kind", "Rule", "What it is"];
  return [
    `# Provider \`${bitlift.name}\``,
    bitlift.summary,
    `Source address: \`${bitlift.source}\`. Nothing has to be configured where the environment holds the credentials; a block that is written wins as a whole.`,
    "## Install",
    ...installation(await versionOfPackage()),
    "## Example",
    `\`\`\`terraform\n${await example("examples/provider/provider.tf")}\n\`\`\``,
    "From `examples/provider/provider.tf`.",
    "## Proxies",
    "Requests go through the proxies that `HTTP_PROXY` and `HTTPS_PROXY` name, except to the hosts in `NO_PROXY`; the name of a domain stands for its hosts too. " +
      "`ALL_PROXY`, SOCKS proxies and ranges of addresses in `NO_PROXY` have no effect.",
    "## Arguments",
    table(columns, rows(bitlift.attributes)),
    ...Object.entries(bitlift.blocks as Blocks).flatMap(([name, block]) => [
      `## Block \`${name}\``,
      block.description,
      table(columns, rows(block.attributes)),
    ]),
    "## Resources",
    links(resources),
    "## Data sources",
    links(dataSources),
  ];
}

/** For a configuration of one's own: the constructs place the plugin themselves. */
function installation(version: string): string[] {
  const [host = "", namespace = "", name = ""] = bitlift.source.split("/");
  const pattern = `${host}/${namespace}/*`;
  const executable = `terraform-provider-${name}`;
  return [
    "The constructs of CDKTF bring the plugin along. For a configuration of your own, build it in a clone of this repository; Node.js 20.9 or newer has to be there, and wherever the engine runs:",
    "```shell\nnpm ci && npm run build -- --plugin\n```",
    "Then put it beside the configuration, where the engine looks without being told. The folder is named for the platform of the engine, " +
      "such as `linux_arm64` or `darwin_arm64`; the file is the same on all.",
    `\`\`\`shell\n${[
      "# beside the configuration; BITLIFT is the folder of the clone",
      `folder=terraform.d/plugins/${bitlift.source}/${version}/linux_amd64`,
      'mkdir -p "$folder"',
      `cp "$BITLIFT/dist/plugin/${executable}" "$folder/${executable}_v${version}"`,
      "terraform init",
    ].join("\n")}\n\`\`\``,
    `Or put the same tree, from \`${host}\` on, into one folder for all configurations, and name it in the engine's CLI configuration (\`~/.terraformrc\`, \`~/.tofurc\`). ` +
      "A `provider_installation` block there switches `terraform.d/plugins` off.",
    `\`\`\`terraform\n${[
      "provider_installation {",
      "  filesystem_mirror {",
      '    path    = "/opt/terraform/plugins"',
      `    include = ["${pattern}"]`,
      "  }",
      "  direct {",
      `    exclude = ["${pattern}"]`,
      "  }",
      "}",
    ].join("\n")}\n\`\`\``,
  ];
}

async function versionOfPackage(): Promise<string> {
  const described: unknown = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  if (typeof described === "object" && described !== null && "version" in described) return String(described.version);
  throw problem("internal", { why: "package.json has no version.", fix: "Give it one." });
}
