/** Consumers of an integration: paging, matching, and whether the list is complete. */
import type { Problem } from "../../../diagnostics";
import { rejectionOf, stopServers } from "../http/stub-server";
import { startSpacelift, unauthorized, type Resolver, type SpaceliftOptions } from "./stub-spacelift";

afterEach(stopServers);

const CLOUD = { provider: "BITBUCKET_CLOUD", id: "payments" };

function node(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    name: id.toUpperCase(),
    space: "root",
    provider: "BITBUCKET_CLOUD",
    namespace: "acme",
    repository: "app",
    branch: "main",
    vcsIntegration: { id: "payments" },
    vcsDetached: false,
    ...changes,
  };
}

/** A search that returns the nodes page by page. */
function pages(nodes: readonly unknown[]): Resolver {
  return ({ input }) => {
    const { first, after } = input as { first: number; after?: string };
    const start = after === undefined ? 0 : Number(after);
    const end = start + first;
    return {
      edges: nodes.slice(start, end).map((item) => ({ node: item })),
      pageInfo: { endCursor: String(end), hasNextPage: end < nodes.length },
    };
  };
}

const start = (resolvers: Readonly<Record<string, Resolver>>, options: SpaceliftOptions = {}) =>
  startSpacelift({ ...options, resolvers: { searchStacks: pages([]), searchModules: pages([]), ...resolvers } });

describe("consumers of an integration", () => {
  it("come from every page, and match provider and id", async () => {
    const stacks = Array.from({ length: 120 }, (_, index) => node(`stack-${index}`));
    const others = [
      node("other-integration", { vcsIntegration: { id: "other" } }),
      node("same-id-elsewhere", { provider: "GITLAB" }),
      node("lost", { vcsIntegration: null, vcsDetached: true }),
    ];
    const server = await start({ searchStacks: pages([...stacks, ...others]), searchModules: pages([node("module-1")]) });
    const usage = await server.client().usage.ofIntegration(CLOUD);
    expect(usage.stacks).toHaveLength(120);
    expect(usage.modules.map(({ id }) => id)).toEqual(["module-1"]);
    expect(usage.stacks[0]).toEqual({
      kind: "stack",
      id: "stack-0",
      name: "STACK-0",
      spaceId: "root",
      namespace: "acme",
      repository: "app",
      branch: "main",
      integrationId: "payments",
      provider: "BITBUCKET_CLOUD",
      detached: false,
    });
    expect(server.operations().filter((name) => name === "SearchStacks")).toHaveLength(3);
  });

  it("are read once per process, and again with fresh", async () => {
    const server = await start({ searchStacks: pages([node("a")]) });
    const { usage } = server.client();
    await Promise.all([
      usage.ofIntegration(CLOUD),
      usage.ofIntegration({ ...CLOUD, id: "other" }),
      usage.ofRepository("BITBUCKET_CLOUD", "acme", "app"),
      usage.ofSpace("root"),
    ]);
    expect(server.operations().filter((name) => name === "SearchStacks")).toHaveLength(1);
    server.replaceResolvers({ searchStacks: pages([node("a"), node("b")]) });
    expect((await usage.ofIntegration(CLOUD)).stacks).toHaveLength(1);
    expect((await usage.ofIntegration(CLOUD, { fresh: true })).stacks).toHaveLength(2);
  });

  it.each<SpaceliftOptions>([{ without: ["searchStacks"] }, { without: ["searchStacks"], introspection: "rejected" }])(
    "come from the plain lists if the server has no search (%j)",
    async (options) => {
      const server = await start({ stacks: () => [node("a")], modules: () => [node("m")] }, options);
      const usage = await server.client().usage.ofIntegration(CLOUD);
      expect([usage.stacks, usage.modules].map((consumers) => consumers.map(({ id }) => id))).toEqual([["a"], ["m"]]);
    },
  );

  it("are an error if the pages of the server never end", async () => {
    const server = await start({
      searchStacks: () => ({ edges: [{ node: node("a") }], pageInfo: { endCursor: "same", hasNextPage: true } }),
    });
    expect(((await rejectionOf(server.client().usage.ofIntegration(CLOUD))) as Problem).diagnostic.code).toBe("remote-response-invalid");
  });

  it("are an error if the key is not permitted to read them", async () => {
    const server = await start({ searchStacks: unauthorized });
    expect(((await rejectionOf(server.client().usage.ofIntegration(CLOUD))) as Problem).kind).toBe("not-permitted");
  });
});

describe("completeness", () => {
  const root = { id: "root", name: "root", parentSpace: null };
  it.each<[string, Readonly<Record<string, Resolver>>, SpaceliftOptions, boolean | null, readonly string[]]>([
    ["an administrator: complete", { viewer: () => ({ id: "k", admin: true }), spaces: () => [] }, {}, true, []],
    ["another key, with no Space known to be hidden: unknown", { spaces: () => [root] }, {}, null, []],
    ["a hidden root Space: incomplete", { spaces: () => [{ id: "team", name: "t", parentSpace: "root" }] }, {}, false, ["root"]],
    ["a hidden parent: incomplete", { spaces: () => [root, { id: "team", name: "t", parentSpace: "between" }] }, {}, false, ["between"]],
    ["a server that does not report administrators: unknown", { spaces: () => [root] }, { without: ["admin"] }, null, []],
    [
      "an administrator on a server that does not disclose its GraphQL schema: complete",
      { viewer: () => ({ id: "k", admin: true }), spaces: () => [root] },
      { introspection: "rejected" },
      true,
      [],
    ],
  ])("%s", async (_name, resolvers, options, complete, hiddenSpaces) => {
    const server = await start(resolvers, options);
    expect(await server.client().usage.ofIntegration(CLOUD)).toMatchObject({ complete, hiddenSpaces });
  });
});

describe("consumers of a repository", () => {
  it("match without regard to case", async () => {
    const server = await start({
      searchStacks: pages([
        node("a"),
        node("b", { repository: "App" }),
        node("c", { repository: "other" }),
        node("d", { namespace: null }),
      ]),
    });
    const consumers = await server.client().usage.ofRepository("BITBUCKET_CLOUD", "ACME", "app");
    expect(consumers.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("count as detached without an integration, if the server has no field for it", async () => {
    const server = await start({
      searchModules: pages([node("m", { vcsIntegration: null })]),
      searchStacks: pages([node("s", { vcsIntegration: null, vcsDetached: true })]),
    });
    const consumers = await server.client().usage.ofSpace("root");
    expect(consumers.map(({ id, detached, integrationId }) => [id, detached, integrationId])).toEqual([
      ["s", true, null],
      ["m", true, null],
    ]);
  });
});
