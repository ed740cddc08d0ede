/** Addresses depend on keys only, and former keys move them. */
import {
  FileEntries,
  integrationAddress,
  repositoryConstructId,
  setConstructId,
  spaceAddress,
  spaceLookupAddress,
  webhookAddress,
} from "../../packages/configuration";
import { EVERY_SETTING } from "./every-setting";
import { cloud, content, datacenter, existing, repository, set, space, type Content } from "./file-content";
import { addressesIn, synthesizePart } from "./synthesized-part";

describe("the addresses", () => {
  it("stay when names, parents and places change, and when repositories are inserted", () => {
    const { spaces = [], integrations = [] } = EVERY_SETTING;
    const changed: Content = {
      ...EVERY_SETTING,
      spaces: spaces
        .map((entry) => ({ ...entry, name: `${entry.name}!`, parent: "root", place: { file: "b.yaml", line: 9, column: 2 } }))
        .reverse(),
      integrations: integrations
        .map((entry) => ({
          ...entry,
          name: `${entry.name}!`,
          repositories: [repository("acme-workspace/first"), ...entry.repositories].reverse(),
        }))
        .reverse(),
    };
    expect(addressesIn(synthesizePart(changed))).toEqual(expect.arrayContaining([...addressesIn(synthesizePart(EVERY_SETTING))]));
  });

  it("are those that the package of the file computes without CDKTF", () => {
    const keys = ["payments", "Default", "Resource", "space-payments", "integration-space-payments", "a-b", "a_b"];
    const repositories = ["Acme/billing", "acme/default", "acme/Resource", "~jdoe/dot.files", "acme/payments"].map((path) =>
      repository(path),
    );
    const sets = [
      set("Acme"),
      set("acme", { key: "x" }),
      set("set-x"),
      set("acme--billing"),
      set("acme", { key: "x--y" }),
      set("set-x", { key: "y" }),
    ];
    const entries = keys.map((key) =>
      datacenter(key, { name: key.padEnd(40, key), repositories, sets: sets.map((entry) => ({ ...entry, query: "x" })) }),
    );
    const constructIds = [
      ...repositories.map(({ namespace, slug }) => repositoryConstructId(namespace, slug)),
      ...sets.map(setConstructId),
    ];
    const expected = keys.flatMap((key) => [
      spaceAddress(key),
      integrationAddress("datacenter", key),
      ...constructIds.map((id) => webhookAddress("datacenter", key, id)),
    ]);
    const part = synthesizePart({ spaces: keys.map((key) => space(key)), integrations: entries });
    expect(new Set(expected).size).toBe(expected.length);
    expect(addressesIn(part)).toEqual([...expected].sort());
  });

  it("of look-ups are those that the package of the file computes without CDKTF", () => {
    const keys = ["payments", "Default", "a-b", "a_b", "A9"];
    const parts = [
      { name: "spaces", backend: undefined, spaces: keys, integrations: [], after: [] },
      { name: "rest", backend: undefined, spaces: [], integrations: keys.map((key) => `for-${key}`), after: ["spaces"] },
    ];
    const integrations = keys.map((key) => cloud(`for-${key}`, { space: key }));
    const { data = {} } = synthesizePart({ spaces: keys.map((key) => space(key)), integrations, parts }, "rest");
    const found = Object.keys(data["bitlift_space"] ?? {}).map((name) => `data.bitlift_space.${name}`);
    expect(found.sort()).toEqual(keys.map((key) => spaceLookupAddress(key)).sort());
  });

  it("of everything in a part belong to an entry of the file", () => {
    const entries = new FileEntries(content(EVERY_SETTING));
    const part = synthesizePart(EVERY_SETTING);
    const looked = Object.entries(part.data ?? {}).flatMap(([type, found]) => Object.keys(found).map((name) => `data.${type}.${name}`));
    expect(looked.length).toBeGreaterThan(4);
    const kinds = [...addressesIn(part), ...looked].map((address) => [address, entries.at(address)?.kind]);
    expect(kinds.filter(([, kind]) => kind === undefined)).toEqual([]);
    expect(entries.at(`${webhookAddress("cloud", "payments", "acme-workspace")}["svc-a"]`)?.kind).toBe("set");
  });

  it("of sets and repositories differ however similar their names are", () => {
    const ids = [
      repositoryConstructId("a", "b"),
      repositoryConstructId("set-a", "b"),
      ...[set("a--b"), set("set-a--b"), set("set-a"), set("x", { key: "a" }), set("x", { key: "a--b" }), set("a")].map(setConstructId),
    ];
    expect(new Set(ids.map((id) => id.replaceAll("/", "--"))).size).toBe(ids.length);
  });
});

describe("a former key", () => {
  const movesOf = (given: Content) => (synthesizePart(given).moved ?? []).map(({ from, to }) => [from, to]);
  const webhook = (key: string, id: string) => webhookAddress("cloud", key, id);

  it("moves a Space", () => {
    expect(movesOf({ spaces: [space("new", { previously: ["old"] })] })).toEqual([[spaceAddress("old"), spaceAddress("new")]]);
  });

  it("of several moves through each of them, because the engine accepts one source for each address", () => {
    expect(movesOf({ spaces: [space("c", { previously: ["a", "b"] })] })).toEqual([
      [spaceAddress("a"), spaceAddress("b")],
      [spaceAddress("b"), spaceAddress("c")],
    ]);
  });

  it("of an integration moves its webhooks and sets too", () => {
    const entry = cloud("new", {
      previously: ["old"],
      repositories: [repository("acme/a")],
      sets: [set("beta"), set("acme", { key: "k", query: "q" })],
    });
    expect(movesOf({ integrations: [entry] })).toEqual([
      [integrationAddress("cloud", "old"), integrationAddress("cloud", "new")],
      [webhook("old", "acme/a"), webhook("new", "acme/a")],
      [webhook("old", "beta"), webhook("new", "beta")],
      [webhook("old", "set-k"), webhook("new", "set-k")],
    ]);
  });

  it("of an existing integration moves its webhooks", () => {
    const entry = existing("cloud", "new", { default: true }, { previously: ["old"], repositories: [repository("acme/a")] });
    expect(movesOf({ integrations: [entry] })).toEqual([[webhook("old", "acme/a"), webhook("new", "acme/a")]]);
  });

  it("of a repository moves its webhook, also from a former key of the integration", () => {
    const renamed = repository("acme/new", { previously: ["Acme/old"] });
    expect(movesOf({ integrations: [cloud("k", { repositories: [renamed] })] })).toEqual([
      [webhook("k", "acme/old"), webhook("k", "acme/new")],
    ]);
    const both = movesOf({ integrations: [cloud("k", { previously: ["j"], repositories: [renamed] })] }).slice(1);
    expect(new Set(both.map(([from]) => from))).toEqual(
      new Set([webhook("k", "acme/old"), webhook("j", "acme/new"), webhook("j", "acme/old")]),
    );
    expect(both.at(-1)?.[1]).toBe(webhook("k", "acme/new"));
  });

  it("of a set is a key, or its workspace, unless another set has the same address", () => {
    const keyed = set("acme", { key: "k", query: "q", previously: ["acme", "old"] });
    expect(movesOf({ integrations: [cloud("i", { sets: [keyed] })] }).map(([from]) => from)).toEqual(
      ["set-acme", "acme", "set-old", "old"].map((id) => webhook("i", id)),
    );
    const withOther = movesOf({ integrations: [cloud("i", { sets: [keyed, set("acme", { query: "r" })] })] });
    expect(withOther.map(([from]) => from)).toEqual(["set-acme", "set-old", "old"].map((id) => webhook("i", id)));
  });
});
