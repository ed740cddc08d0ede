/** Changes of the file that change no object: other keys, places, files and orders, on the plans of the real engine. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Configuration, IntegrationEntry, Place, SpaceEntry } from "../../packages/configuration";
import { loadConfiguration } from "../../stacks";
import { PRODUCTS, type Product } from "../../tools/harness";
import { integration, repository, set, space, type Content } from "../stacks/file-content";
import { synthesizeFile, synthesizePart, type SynthesizedPart } from "../stacks/synthesized-part";
import { errors, warnings } from "./diagnostics";
import { scenario } from "./scenario";

/** What the engine reads, without the backend: the state is in the folder of the test. */
function withoutBackend({ terraform: _, ...configuration }: SynthesizedPart): Readonly<Record<string, unknown>> {
  return configuration;
}

const configurationFor = (content: Content) => withoutBackend(synthesizePart(content));

function before({ name, namespace }: Product): Content {
  return {
    spaces: [space("platform", { name: "Team platform" }), space("payments", { name: "Team payments", parent: "platform", inherit: true })],
    integrations: [
      integration(name, "payments", {
        name: "Of the file",
        space: "payments",
        repositories: [repository(`${namespace}/infrastructure`), repository(`${namespace}/networking`)],
        sets: [set(namespace, { match: ["terraform-*", "bill?ng"], except: ["*-archive"] })],
      }),
      integration(name, "other", { name: "Another of the file", repositories: [repository(`${namespace}/infrastructure`)] }),
    ],
  };
}

const HEAD = "version: 1\ninclude: [teams/*.yaml]\n";
const spacesIn = (file: string) => `spaces:\n${file}`;
const PLATFORM = "  platform: { name: Team platform }\n";
const PAYMENTS = "  payments: { name: Team payments }\n";
const integrationsIn = (...entries: readonly string[]) => `integrations:\n${entries.join("")}`;
const entryOf = (key: string, namespace: string, product: string, repositories: readonly string[]) =>
  `  ${key}:\n    ${product}\n    name: ${key} of a file\n    repositories: [${repositories.map((slug) => `${namespace}/${slug}`).join(", ")}]\n`;

const configurationOf = (file: Configuration) => withoutBackend(synthesizeFile(file));

/** Writes the files into an empty folder, and reads them. */
async function read(files: Readonly<Record<string, string>>): Promise<Configuration> {
  const folder = await mkdtemp(join(tmpdir(), "file-"));
  try {
    await mkdir(join(folder, "teams"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return loadConfiguration(join(folder, "bitlift.yaml"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const elsewhere: Place = { file: "teams/payments.yaml", line: 70, column: 3 };

scenario("what version 0.1.0 deployed from cdktf.json stays, if the keys stay", async ({ folder }) => {
  const variables = { PAYMENTS_BITBUCKET_API_TOKEN: "reads-code", LEDGER_BITBUCKET_ACCESS_TOKEN: "reads-code-too" };
  await folder.write(
    withoutBackend(JSON.parse(await readFile(join(__dirname, "../golden/default-app-0.1.0.json"), "utf8")) as SynthesizedPart),
  );
  expect(await folder.apply([], variables)).toMatchObject({ code: 0 });
  await folder.write(configurationOf(loadConfiguration(join(__dirname, "../../bitlift.yaml"))));
  expect(await folder.plan([], variables)).toMatchObject({ code: 0, changes: [] });
});

describe.each(PRODUCTS)("on $title", (product) => {
  scenario(
    "an entry that moves to another file or place, and an entry that comes before it, plan nothing for the others",
    async ({ folder }) => {
      const content = before(product);
      await folder.deploy(configurationFor(content));
      const moved = <T extends SpaceEntry | IntegrationEntry>(entries: readonly T[] = []) =>
        entries.map((entry) => ({ ...entry, place: elsewhere })).reverse();
      const reordered: Content = {
        spaces: [...moved(content.spaces)],
        integrations: moved(content.integrations).map((entry) => ({ ...entry, repositories: [...entry.repositories].reverse() })),
      };
      await folder.write(configurationFor(reordered));
      const unchanged = await folder.plan();
      expect([errors(unchanged), warnings(unchanged), unchanged.changes, unchanged.code]).toEqual([[], [], [], 0]);

      const inserted: Content = { ...reordered, spaces: [space("first", { name: "First" }), ...(reordered.spaces ?? [])] };
      await folder.write(configurationFor(inserted));
      expect((await folder.plan()).changes.map(({ address, actions }) => [address.replace(/_[0-9A-F]{8}$/, ""), actions])).toEqual([
        ["bitlift_space.space-first", ["create"]],
      ]);
    },
  );

  scenario("new keys with the former ones under previously plan nothing, and can be removed after the apply", async ({ folder }) => {
    const content = before(product);
    await folder.deploy(configurationFor(content));
    const [platform, payments] = content.spaces ?? [];
    const [first, second] = content.integrations ?? [];
    if (platform === undefined || payments === undefined || first === undefined || second === undefined) throw new Error("Incomplete.");
    const renamed = (previously: (...keys: string[]) => readonly string[]): Content => ({
      spaces: [
        { ...platform, key: "base", previously: previously("plattform", "platform") },
        { ...payments, key: "money", parent: "base", previously: previously("payments", "billing") },
      ],
      integrations: [
        {
          ...first,
          key: "money",
          space: "money",
          previously: previously("billing", "payments"),
          sets: first.sets.map((entry) => ({ ...entry, key: "services", previously: previously(entry.every) })),
        },
        { ...second, key: "space-money", previously: previously("other") },
      ],
    });
    await folder.write(configurationFor(renamed((...keys) => keys)));
    const planned = await folder.plan();
    expect([errors(planned), warnings(planned), planned.changes]).toEqual([[], [], []]);
    await folder.applyAndReplan();

    await folder.write(configurationFor(renamed(() => [])));
    expect(await folder.plan()).toMatchObject({ code: 0, changes: [] });
  });

  scenario("entries can move between the files on disk, and another one can be inserted before them", async ({ folder }) => {
    const login =
      product.name === "cloud"
        ? "cloud: { email: spacelift@acme.example, token: { env: PAYMENTS_BITBUCKET_TOKEN } }"
        : 'datacenter: { username: spacelift, token: { env: PAYMENTS_BITBUCKET_TOKEN }, apiHost: "https://bitbucket.acme.example" }';
    const payments = entryOf("payments", product.namespace, login, ["infrastructure", "networking"]);
    const other = entryOf("other", product.namespace, login, ["networking"]);
    const reversed = entryOf("payments", product.namespace, login, ["networking", "infrastructure"]);
    const deployed = await read({
      "bitlift.yaml": `${HEAD}${spacesIn(PLATFORM + PAYMENTS)}${integrationsIn(other)}`,
      "teams/a.yaml": integrationsIn(payments),
    });
    await folder.deploy(configurationOf(deployed));
    const moved = await read({
      "bitlift.yaml": `${HEAD}${spacesIn(PAYMENTS)}${integrationsIn(reversed)}`,
      "teams/a.yaml": spacesIn(PLATFORM),
      "teams/z.yaml": integrationsIn(other),
    });
    await folder.write(configurationOf(moved));
    expect(await folder.plan()).toMatchObject({ code: 0, changes: [] });

    const first = entryOf("first", product.namespace, login, []);
    await folder.write(
      configurationOf(
        await read({
          "bitlift.yaml": `${HEAD}${spacesIn(PAYMENTS + PLATFORM)}${integrationsIn(first, reversed)}`,
          "teams/z.yaml": integrationsIn(other),
        }),
      ),
    );
    expect((await folder.plan()).changes.map(({ address }) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      `${product.integration}.first`,
    ]);
  });

  scenario("a set contains what match selects and except does not exclude", async ({ folder }) => {
    const sets = [set(product.namespace, { match: ["terraform-*", "Infra*", "networking"], except: ["*-network"] })];
    await folder.deploy(configurationFor({ integrations: [integration(product.name, "a", { name: "Of patterns", sets })] }));
    const { stdout } = await folder.run(["state", "list"]);
    expect(stdout.split("\n").flatMap((line) => /_webhook\..*\["(.*)"\]/.exec(line)?.[1] ?? [])).toEqual(["infrastructure", "networking"]);
  });
});
