/** Changes of the file that change no object: other keys, places, files and orders, on the plans of the real engine. */
import type { IntegrationEntry, Place, SpaceEntry } from "../../packages/configuration";
import { PRODUCTS, type Product } from "../../tools/harness";
import { integration, repository, set, space, type Content } from "../stacks/file-content";
import { synthesizePart } from "../stacks/synthesized-part";
import { errors, warnings } from "./diagnostics";
import { scenario } from "./scenario";

/** What the engine reads, without the backend: the state is in the folder of the test. */
function configurationFor(content: Content): Readonly<Record<string, unknown>> {
  const { terraform: _, ...configuration } = synthesizePart(content);
  return configuration;
}

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

const elsewhere: Place = { file: "teams/payments.yaml", line: 70, column: 3 };

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

  scenario("a set contains what match selects and except does not exclude", async ({ folder }) => {
    const sets = [set(product.namespace, { match: ["terraform-*", "Infra*", "networking"], except: ["*-network"] })];
    await folder.deploy(configurationFor({ integrations: [integration(product.name, "a", { name: "Of patterns", sets })] }));
    const { stdout } = await folder.run(["state", "list"]);
    expect(stdout.split("\n").flatMap((line) => /_webhook\..*\["(.*)"\]/.exec(line)?.[1] ?? [])).toEqual(["infrastructure", "networking"]);
  });
});
