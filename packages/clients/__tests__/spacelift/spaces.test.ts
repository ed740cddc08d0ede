/** Spaces: requests, responses, and when a Space counts as gone. */
import type { Problem } from "../../../diagnostics";
import { rejectionOf, stopServers } from "../http/stub-server";
import { notFound, startSpacelift, type Resolver } from "./stub-spacelift";

afterEach(stopServers);

const root = { id: "root", name: "root", description: "", parentSpace: null, inheritEntities: false, labels: [] };
const team = { id: "team-01", name: "Team", description: "Ours", parentSpace: "root", inheritEntities: true, labels: ["a"] };
const sibling = { ...team, id: "sibling-01", name: "Sibling" };
const input = { name: "Team", description: "Ours", parentSpaceId: "root", inheritEntities: true, labels: [] };

describe("find", () => {
  it.each<[string, Resolver, Resolver, string | null, string]>([
    ["a listed Space is found", () => [root, team], () => null, "root", "found"],
    ["a Space that is not listed but can be read is found", () => [root], () => team, "root", "found"],
    ["null, not listed, parent visible: gone", () => [root], () => null, "root", "gone"],
    ["not found, not listed, parent visible: gone", () => [root], notFound, "root", "gone"],
    ["null and no parent known: gone", () => [], () => null, null, "gone"],
    [
      "null, and the parent may be visible only through an inheriting sibling: an error",
      () => [root, sibling],
      () => null,
      "root",
      "space-not-found",
    ],
    ["null, and the only sibling does not inherit: gone", () => [root, { ...sibling, inheritEntities: false }], () => null, "root", "gone"],
    ["null, and the parent is hidden: an error", () => [root], () => null, "elsewhere", "space-not-found"],
    [
      "an error that only contains not found: an error",
      () => [root],
      () => {
        throw new Error("policy not found for Space");
      },
      "root",
      "remote-request-rejected",
    ],
  ])("%s", async (_name, spaces, space, parent, expected) => {
    const server = await startSpacelift({ resolvers: { spaces, space } });
    const work = server.client().spaces.find("team-01", parent);
    if (["found", "gone"].includes(expected)) {
      expect((await work).state).toBe(expected);
    } else {
      const failure = (await rejectionOf(work)) as Problem;
      expect(failure.diagnostic.code).toBe(expected);
      expect(failure.kind).not.toBe("gone");
    }
  });

  it("reports a Space as gone to an administrator, from whom nothing is hidden", async () => {
    const viewer = () => ({ id: "key", admin: true });
    const server = await startSpacelift({ resolvers: { spaces: () => [root, sibling], space: () => null, viewer } });
    expect((await server.client().spaces.find("team-01", "root")).state).toBe("gone");
  });

  it("takes one request for many Spaces", async () => {
    const server = await startSpacelift({ resolvers: { spaces: () => [root, team] } });
    const { spaces } = server.client();
    await Promise.all(["root", "team-01", "root"].map((id) => spaces.find(id)));
    expect(server.operations()).toEqual(["Login", "Spaces"]);
  });

  it("never sends an empty id", async () => {
    const server = await startSpacelift();
    const { spaces } = server.client();
    for (const work of [spaces.get(""), spaces.find(""), spaces.remove(""), spaces.update("", input)]) {
      expect(((await rejectionOf(work)) as Problem).diagnostic.code).toBe("value-missing");
    }
    expect(server.requests).toHaveLength(0);
  });
});

describe("changes", () => {
  it("sends every attribute, labels as a list, and parses the response", async () => {
    const server = await startSpacelift({
      resolvers: { spaceCreate: () => team, spaceUpdate: () => ({ ...team, labels: null, description: null }) },
    });
    const { spaces } = server.client();
    const created = await spaces.create(input);
    expect(created).toEqual({
      id: "team-01",
      name: "Team",
      description: "Ours",
      parentSpaceId: "root",
      inheritEntities: true,
      labels: ["a"],
    });
    expect(server.variables("SpaceCreate")).toEqual({
      input: { name: "Team", description: "Ours", parentSpace: "root", inheritEntities: true, labels: [] },
    });
    expect((await spaces.update("team-01", input)).labels).toEqual([]);
    expect(server.variables("SpaceUpdate")).toMatchObject({ space: "team-01", input: { labels: [] } });
  });

  it("requests the list again after a change, even a failed one", async () => {
    const server = await startSpacelift({
      resolvers: {
        spaceDelete: () => {
          throw new Error("Space is not empty");
        },
      },
    });
    const { spaces } = server.client();
    await spaces.list();
    const failure = (await rejectionOf(spaces.remove("team-01"))) as Problem;
    expect(failure.kind).toBe("bad-input");
    expect(failure.diagnostic.why).toContain("Space is not empty");
    expect(failure.execution).toBe("no");
    await spaces.list();
    expect(server.operations().filter((name) => name === "Spaces")).toHaveLength(2);
  });

  it.each<[string, Resolver]>([
    ["null", () => null],
    ["not found", notFound],
  ])("remove treats %s as removed", async (_name, spaceDelete) => {
    const server = await startSpacelift({ resolvers: { spaceDelete } });
    await expect(server.client().spaces.remove("team-01")).resolves.toBeUndefined();
  });

  it("does not repeat a create whose response was lost, and reports that its execution is unknown", async () => {
    const server = await startSpacelift({ intercept: (name) => (name === "SpaceCreate" ? { behavior: "reset" } : undefined) });
    const failure = (await rejectionOf(server.client().spaces.create(input))) as Problem;
    expect(failure.execution).toBe("unknown");
    expect(server.operations().filter((name) => name === "SpaceCreate")).toHaveLength(1);
  });
});
