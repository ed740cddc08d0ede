/** Changes of bitlift.yaml and its included files, as people write them, and what the real engine plans for each: nothing, or only what the change says. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_SEED, type Seed } from "../../packages/sandbox";
import { loadConfiguration } from "../../stacks";
import { CLOUD, DATACENTER, PRODUCTS, type Harness, type Product } from "../../tools/harness";
import { synthesizeFile } from "../stacks/synthesized-part";
import { errors, warnings } from "./diagnostics";
import { scenario } from "./scenario";

type Files = Readonly<Record<string, string>>;

/** Writes the files into an empty folder, and what the app makes of them into that of the engine. */
async function write({ folder }: Harness, files: Files): Promise<void> {
  const project = await mkdtemp(join(tmpdir(), "file-"));
  try {
    await mkdir(join(project, "teams"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(project, name), text);
    const { terraform: _, ...configuration } = synthesizeFile(loadConfiguration(join(project, "bitlift.yaml")));
    await folder.write(configuration);
  } finally {
    await rm(project, { recursive: true });
  }
}

/** What the engine would do: errors, warnings, and an address with actions for each change. */
async function planned(harness: Harness, files: Files): Promise<readonly string[]> {
  await write(harness, files);
  const plan = await harness.folder.plan();
  const changes = plan.changes.map(({ address, actions }) => `${address.replace(/_[0-9A-F]{8}(?=$|\[)/, "")} ${actions.join("+")}`);
  return [...errors(plan), ...warnings(plan), ...changes];
}

async function apply(harness: Harness, files: Files): Promise<void> {
  await write(harness, files);
  await harness.folder.applyAndReplan();
}

const loginOf = ({ name }: Product) =>
  name === "cloud"
    ? "cloud: { email: spacelift@acme.example, token: { env: PAYMENTS_BITBUCKET_TOKEN } }"
    : "datacenter: { username: spacelift, token: { env: PAYMENTS_BITBUCKET_TOKEN }, apiHost: https://bitbucket.acme.example }";

const head = (...lines: readonly string[]) => ["version: 1", "include: [teams/*.yaml]", ...lines, ""].join("\n");
const DEFAULTS = "defaults: { integration: { labels: [team], vcsChecks: ALL }, webhook: { title: Of the file } }";
const SPACES =
  "spaces: { platform: { name: Team platform, spaces: { payments: { name: Team payments, spaces: { cards: { name: Cards } } } } } }";

/** Two integrations, three Spaces, a repository, a set without a key, and a set with one. */
function textsOf(product: Product) {
  const [login, { namespace }] = [loginOf(product), product];
  return {
    other: `  other: { ${login}, name: The other one, repositories: [${namespace}/infrastructure] }`,
    payments: [
      "  payments:",
      `    ${login}`,
      "    name: Of payments",
      "    space: payments",
      "    repositories:",
      `      - ${namespace}/networking`,
      `      - { every: ${namespace}, match: [infra*] }`,
      `      - { every: ${namespace}, key: modules, match: ["terraform-*"] }`,
    ].join("\n"),
  };
}

function deployed(product: Product): Files {
  const { other, payments } = textsOf(product);
  return {
    "bitlift.yaml": head(DEFAULTS, "integrations:", other),
    "teams/payments.yaml": `${SPACES}\nintegrations:\n${payments}\n`,
  };
}

type Form = (name: string) => string;
type Former = (key: string, form: Form) => string;

/** `previously` with what was deployed, all earlier names, and one that never existed. */
const formerly =
  (...names: readonly string[]): Former =>
  (key, form) =>
    `previously: [${[form("never"), key, ...names.map(form)].join(", ")}]`;

/** Every key is another one, with this name in it. */
function renamed(product: Product, name: string, former: Former): Files {
  const [login, { namespace }] = [loginOf(product), product];
  const platform: Form = (given) => `${given}-platform`;
  const payments: Form = (given) => `${given}-payments`;
  const modules: Form = (given) => `${given}-modules`;
  const plain: Form = (given) => given;
  return {
    "bitlift.yaml": head(
      DEFAULTS,
      "spaces:",
      `  ${platform(name)}:\n    name: Team platform\n    ${former("platform", platform)}\n    spaces:`,
      `      ${payments(name)}: { name: Team payments, ${former("payments", payments)}, spaces: { cards: { name: Cards } } }`,
      "integrations:",
      `  ${name}: { ${login}, name: The other one, repositories: [${namespace}/infrastructure], ${former("other", plain)} }`,
      `  ${payments(name)}:\n    ${login}\n    name: Of payments\n    space: ${payments(name)}\n    ${former("payments", payments)}`,
      "    repositories:",
      `      - ${namespace}/networking`,
      `      - { every: ${namespace}, key: ${name}, match: [infra*], ${former(namespace, plain)} }`,
      `      - { every: ${namespace}, key: ${modules(name)}, match: ["terraform-*"], ${former("modules", modules)} }`,
    ),
    "teams/empty.yaml": "spaces: {}\n",
  };
}

/** Changes that plan nothing. Each starts from what is deployed. */
function changesWithoutEffect(product: Product): Readonly<Record<string, Files>> {
  const { other, payments } = textsOf(product);
  const before = deployed(product);
  const team = before["teams/payments.yaml"] ?? "";
  const own = "labels: [team], vcsChecks: ALL";
  const { namespace } = product;
  return {
    "an included file has another name": { "bitlift.yaml": before["bitlift.yaml"] ?? "", "teams/a.yaml": team },
    "two files are one": { "bitlift.yaml": head(DEFAULTS, SPACES, "integrations:", payments, other), "teams/empty.yaml": "spaces: {}\n" },
    "one file is three": {
      "bitlift.yaml": head(DEFAULTS),
      "teams/1.yaml": `integrations:\n${payments}\n`,
      "teams/2.yaml": `${SPACES}\n`,
      "teams/3.yaml": `integrations:\n${other}\n`,
    },
    "defaults are in the entries": {
      "bitlift.yaml": head(
        "integrations:",
        other
          .replace(", name:", `, ${own}, name:`)
          .replace(`[${namespace}/infrastructure]`, `[{ repository: ${namespace}/infrastructure, title: Of the file }]`),
      ),
      "teams/payments.yaml": team
        .replace("    name: Of payments", `    labels: [team]\n    vcsChecks: ALL\n    name: Of payments`)
        .replace(`- ${namespace}/networking`, `- { repository: ${namespace}/networking, title: Of the file }`)
        .replaceAll("every:", "title: Of the file, every:"),
    },
    "repositories and sets have another order": {
      ...before,
      "teams/payments.yaml": team.replace(/(repositories:\n)(.*\n)(.*\n)(.*\n)/, "$1$4$2$3"),
    },
    "the keys of entries have another order, and an anchor stands for a login": {
      ...before,
      "teams/payments.yaml": `integrations:\n${payments.replace(/^( {2}payments:\n)(.*\n)(.*\n)/, "$1$3$2").replace(/(cloud|datacenter): /, "$1: &login ")}\n${SPACES}\n`,
    },
    "every key is another one": renamed(product, "new", formerly()),
    "every key is another one, and one change was never applied": renamed(product, "newer", formerly("new")),
  };
}

describe.each(PRODUCTS)("on $title", (product) => {
  scenario("what changes only the text of the files plans nothing", async (harness) => {
    await apply(harness, deployed(product));
    const changes = Object.entries(changesWithoutEffect(product));
    const plans: Record<string, readonly string[]> = {};
    for (const [name, files] of changes) plans[name] = await planned(harness, files);
    expect(plans).toEqual(Object.fromEntries(changes.map(([name]) => [name, []])));
  });

  scenario("keys that change twice move twice, and former keys may stay or go", async (harness) => {
    await apply(harness, deployed(product));
    // Without former keys, everything but one Space would be made again.
    const withoutFormer = await planned(
      harness,
      renamed(product, "new", () => "previously: []"),
    );
    expect(withoutFormer.filter((text) => text.endsWith(" create"))).toHaveLength(8);
    await apply(harness, renamed(product, "new", formerly()));
    expect(await planned(harness, renamed(product, "newer", formerly("new")))).toEqual([]);
    await apply(harness, renamed(product, "newer", formerly("new")));
    expect(await planned(harness, renamed(product, "newer", formerly("new")))).toEqual([]);
    expect(
      await planned(
        harness,
        renamed(product, "newer", () => "previously: []"),
      ),
    ).toEqual([]);
  });

  scenario("an insertion adds only what is new, and another nesting changes only the parent", async (harness) => {
    await apply(harness, deployed(product));
    const team = deployed(product)["teams/payments.yaml"] ?? "";
    const withTeam = (text: string): Files => ({ ...deployed(product), "teams/payments.yaml": text });
    const { "bitlift.yaml": main = "" } = deployed(product);
    const inserted: Files = {
      "bitlift.yaml": main.replace("repositories: [", `repositories: [${product.namespace}/terraform-aws-network, `),
      "teams/first.yaml": `integrations:\n  first: { ${loginOf(product)}, name: The first one }\n`,
      "teams/payments.yaml": team.replace("spaces: { platform:", "spaces: { first: { name: First }, platform:"),
    };
    expect([...(await planned(harness, inserted))].sort()).toEqual([
      `${product.integration}.first create`,
      `${product.webhook}.other_${product.namespace.toLowerCase()}--terraform-aws-network create`,
      "bitlift_space.space-first create",
    ]);
    const nested = "spaces: { platform: { name: Team platform }, payments: { name: Team payments, spaces: { cards: { name: Cards } } } }";
    expect(await planned(harness, withTeam(team.replace(SPACES, nested)))).toEqual(["bitlift_space.space-payments update"]);
  });
});

const ARCHIVE = "acme-archive";

/** The default one with another workspace, which every login may use. */
function seedWithArchive(): Seed {
  const { "bitbucket-cloud": cloud } = DEFAULT_SEED;
  const credentials = (cloud.credentials ?? []).map((credential) => ({
    ...credential,
    access: { ...credential.access, [`${ARCHIVE}/*`]: "admin" as const },
  }));
  return { "bitbucket-cloud": { ...cloud, workspaces: [...cloud.workspaces, { slug: ARCHIVE, name: "Archive" }], credentials } };
}

describe.each([
  { product: CLOUD, elsewhere: ARCHIVE },
  { product: DATACENTER, elsewhere: "PAY" },
] as const)("on $product.title", ({ product, elsewhere }) => {
  scenario(
    "a repository that Bitbucket renames, or moves to another workspace or project, keeps its webhook if previously names it",
    async (harness) => {
      const { namespace, service } = product;
      const fileOf = (...repositories: readonly string[]): Files => ({
        "bitlift.yaml": `version: 1\nintegrations:\n  a:\n    ${loginOf(product)}\n    name: Of repositories\n    repositories:\n${repositories.map((text) => `      - ${text}\n`).join("")}`,
      });
      await apply(harness, fileOf(`${namespace}/infrastructure`, `${namespace}/networking`));
      const change = (repository: string, what: string, to: string) =>
        harness.remote.control(service, "repository", { namespace, repository, change: what, to });
      await change("infrastructure", "rename", "base");
      await change("networking", "transfer", elsewhere);
      const changed = fileOf(
        `{ repository: ${namespace}/base, previously: [${namespace.toUpperCase()}/infrastructure, ${namespace}/never] }`,
        `{ repository: ${elsewhere}/networking, previously: [${namespace}/networking] }`,
      );
      // The provider replaces a webhook whose repository has another name, and so it adopts the one that moved with the repository.
      expect((await planned(harness, changed)).filter((text) => text.startsWith("bitlift_"))).toEqual([
        `${product.webhook}.a_${elsewhere.toLowerCase()}--networking create+delete`,
        `${product.webhook}.a_${namespace.toLowerCase()}--base create+delete`,
      ]);
      await apply(harness, changed);
      const paths = [product.repositoryPath("base"), product.repositoryPath("networking").replace(namespace, elsewhere)];
      for (const path of paths) {
        const { values } = (await harness.remote.bitbucket(product, "GET", `${path}${product.webhooksPath}`)) as {
          values: readonly object[];
        };
        expect([path, values]).toEqual([path, [expect.anything()]]);
      }
      expect(await planned(harness, fileOf(`${namespace}/base`, `${elsewhere}/networking`))).toEqual([]);
    },
    { seed: seedWithArchive() },
  );
});
