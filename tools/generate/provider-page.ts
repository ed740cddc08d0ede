/** The content of `docs/index.md`, the page that registries show first: guides, installation, settings, and links to all reference pages. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { version } from "../../package.json";
import { bitlift } from "../../packages/provider";
import type { Blocks } from "../../packages/terraform-plugin";
import { attributeTable } from "./attribute-tables";
import { ROOT } from "./document";
import { readExample } from "./example";

const GUIDES = "docs/guides";
const DECISIONS = "docs/decisions";
const FIRST_GUIDES = [
  "getting-started.md",
  "file.md",
  "file-reference.md",
  "constructs.md",
  "adopting.md",
  "bitbucket-pipelines.md",
  "spacelift.md",
  "testing.md",
  "troubleshooting.md",
];

/** Sections of the page. `resources` and `dataSources` are paths of reference pages, from the root. */
export async function providerPage(resources: readonly string[], dataSources: readonly string[]): Promise<string[]> {
  return [
    `# Provider \`${bitlift.name}\``,
    bitlift.summary,
    `Source address: \`${bitlift.source}\`. If the environment contains the logins, the provider needs no configuration; [logins](#logins) says how its blocks and the environment complete each other.`,
    "Over this provider, one file and the command `bitlift` do the same without Terraform code: [getting started](guides/getting-started.md). There are also [constructs](guides/constructs.md) for CDKTF.",
    "## Example Usage",
    `\`\`\`terraform\n${await readExample("examples/provider/provider.tf")}\n\`\`\``,
    "From `examples/provider/provider.tf`.",
    "## Guides",
    await guideLinks(),
    "## Install",
    ...installation(),
    "## Logins",
    LOGINS,
    "## Proxies",
    "Requests go through the proxies in `HTTP_PROXY` and `HTTPS_PROXY` (without `HTTPS_PROXY`, `HTTP_PROXY` counts for both), except to the hosts in `NO_PROXY`, " +
      "which has the engine's rules: names with their subdomains, `.example.com` and `*.example.com` for subdomains only, IP addresses, ranges such as `10.0.0.0/8` " +
      "for addresses that are written as numbers, an optional port, and `*` for every host. The provider ignores `ALL_PROXY` and SOCKS proxies.",
    "## Certificates",
    "For Spacelift and both Bitbucket products, the provider trusts the authorities that Node.js contains, those of the machine's certificate store, and those that you add. As for the engine, `SSL_CERT_FILE` replaces the store's file, " +
      "and `SSL_CERT_DIR`, with colons between folders, replaces its folders. `NODE_EXTRA_CA_CERTS` and the argument `ca_certificate` of each block add to them. " +
      "On macOS, the keychain counts with Node.js 22.15 or later; with an older one, set one of the variables.",
    "## Arguments",
    attributeTable(bitlift.attributes),
    ...Object.entries(bitlift.blocks as Blocks).flatMap(([name, block]) => [
      `## Block \`${name}\``,
      block.description,
      attributeTable(block.attributes),
    ]),
    "## Constructs",
    "The [API of the constructs](api.md) lists their classes and props.",
    "## Diagnostics",
    "[Every diagnostic](diagnostics.md) has a code, with its cause and what to do.",
    "## Resources",
    links(resources),
    "## Data sources",
    links(dataSources),
    "## About Bitlift",
    "- [Conformance](conformance.md): which engines the acceptance tests have run on.\n" + (await decisionLinks()),
  ];
}

/** How blocks, the environment and the list of allowed hosts decide which credential goes to which address. */
const LOGINS = [
  "Each block is a login to one system, and is needed only by the resources that use it.",
  "- A block that names no credential takes one from the environment. A block that names a part of one, such as `email`, takes the rest of the same credential. A block that names a whole " +
    "credential is used alone. Two credentials are never mixed.",
  "- A secret from the environment is sent only to the address in the environment: to `SPACELIFT_API_KEY_ENDPOINT` or the account of `SPACELIFT_API_TOKEN`, to `BITBUCKET_API_URL` or Bitbucket " +
    "Cloud itself, to `BITBUCKET_DATACENTER_URL`. Without the latter, the block decides. If a block names another address, it must also name the secret, with an argument or the name of its variable.",
  "- If `BITLIFT_ALLOWED_HOSTS` is set, only these hosts receive any credential: host names with commas in between, such as `acme.app.spacelift.io,api.bitbucket.org`. Set it in pipelines, so that " +
    "a pull request that edits an address cannot send a token there.",
  "- A login that is missing or incomplete is an error of the first plan that needs it, and the message names the arguments and variables that can provide it.",
]
  .join("\n")
  .replace("\n", "\n\n");

/** One line for each decision; a later one replaces an earlier one by naming it. */
async function decisionLinks(): Promise<string> {
  const names = (await readdir(join(ROOT, DECISIONS))).filter((name) => name.endsWith(".md")).sort();
  const lines = names.map(async (name) => {
    const [, title = name] = /^# (.+)$/m.exec(await readFile(join(ROOT, DECISIONS, name), "utf8")) ?? [];
    return `- Decision [${title}](decisions/${name})`;
  });
  return (await Promise.all(lines)).join("\n");
}

/** One line for each guide: its title, and its first sentence. */
async function guideLinks(): Promise<string> {
  const names = (await readdir(join(ROOT, GUIDES))).filter((name) => name.endsWith(".md")).sort(byOrder);
  const lines = names.map(async (name) => {
    const [, title = name, summary = ""] = /^# (.+)\n\n(.+?\.)(?:\s|$)/m.exec(await readFile(join(ROOT, GUIDES, name), "utf8")) ?? [];
    return `- [${title}](guides/${name}): ${summary}`;
  });
  return (await Promise.all(lines)).join("\n");
}

/** Guides for the first steps come first, the others follow by name. */
function byOrder(a: string, b: string): number {
  const rank = (name: string) => (FIRST_GUIDES.includes(name) ? FIRST_GUIDES.indexOf(name) : FIRST_GUIDES.length);
  return rank(a) - rank(b) || a.localeCompare(b, "en");
}

function links(paths: readonly string[]): string {
  const link = (path: string) => `- [\`${bitlift.name}_${path.replace(/^.*\/|\.md$/g, "")}\`](${path.replace(/^docs\//, "")})`;
  return paths.map(link).join("\n");
}

/** For configurations without constructs: the constructs place the plugin themselves. */
function installation(): string[] {
  const [host = "", namespace = "", name = ""] = bitlift.source.split("/");
  const pattern = `${host}/${namespace}/*`;
  const executable = `terraform-provider-${name}`;
  return [
    "The CDKTF constructs include the plugin. To use it in your own Terraform configuration, build it in a clone of this repository. You need Node.js 20.9 or later there and on the machine where the engine runs. The plugin finds it on PATH and in the usual places; otherwise set `BITLIFT_NODE` to the path of the node executable.",
    "```shell\nnpm ci && npm run build -- --plugin\n```",
    "Copy the plugin next to your configuration, into a folder that engines search by default. The last part of the path is the engine's platform, such as `linux_arm64` or `darwin_arm64`; the " +
      "file is the same on all platforms.",
    `\`\`\`shell\n${[
      "# Run this in the folder of your configuration. BITLIFT is the folder of the clone.",
      `folder=terraform.d/plugins/${bitlift.source}/${version}/linux_amd64`,
      'mkdir -p "$folder"',
      `cp "$BITLIFT/dist/plugin/${executable}" "$folder/${executable}_v${version}"`,
      "terraform init",
    ].join("\n")}\n\`\`\``,
    `Alternatively, copy the same tree, starting with \`${host}\`, into one folder for all configurations, and set it in the engine's CLI configuration (\`~/.terraformrc\` or \`~/.tofurc\`). ` +
      "A `provider_installation` block disables `terraform.d/plugins`.",
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
