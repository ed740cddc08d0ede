/** Who uses an integration: paging, matching, and whether the list is the whole truth. */
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

/** A search that pages through the nodes. */
function pages(nodes: readonly unknown[]): Resolver {
  return ({ input }) => {
    const { first, after } = input as { first: number; after?: string };
    const start = after === undefined ? 0 : Number(after);
    const end = start + first;
    return {
      edges: nodes.slice(start, end).map((one) => ({ node: one })),
      pageInfo: { endCursor: String(end), hasNextPage: end < nodes.length },
    };
  };
}

const start = (resolvers: Readonly<Record<string, Resolver>>, options: SpaceliftOptions = {}) =>
  startSpacelift({ ...options, resolvers: { searchStacks: pages([]), searchModules: pages([]), ...resolvers } });

describe("users of an integration", () => {
  it("come from every page, and only those that match provider and id", async () => {
    const stacks = Array.from({ length: 120 }, (_, index) => node(`stack-${String(index)}`));
    const others = [
      node("other-integration", { vcsIntegration: { id: "other" } }),
      node("same-id-elsewhere", { provider: "GITLAB" }),
      node("lost", { vcsIntegration: null, vcsDetached: true }),
    ];
    const server = await start({ searchStacks: pages([...stacks, ...others]), searchModules: pages([node("module-1")]) });
    const usage = await server.client().usage.of(CLOUD);
    expect(usage.stacks).toHaveLength(120);
    expect(usage.modules.map((user) => user.id)).toEqual(["module-1"]);
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

  it("are read once per process, and again when they must be fresh", async () => {
    const server = await start({ searchStacks: pages([node("a")]) });
    const { usage } = server.client();
    await Promise.all([
      usage.of(CLOUD),
      usage.of({ ...CLOUD, id: "other" }),
      usage.onRepository("BITBUCKET_CLOUD", "acme", "app"),
      usage.inSpace("root"),
    ]);
    expect(server.operations().filter((name) => name === "SearchStacks")).toHaveLength(1);
    server.on({ searchStacks: pages([node("a"), node("b")]) });
    expect((await usage.of(CLOUD)).stacks).toHaveLength(1);
    expect((await usage.of(CLOUD, { fresh: true })).stacks).toHaveLength(2);
  });

  it.each<SpaceliftOptions>([{ without: ["searchStacks"] }, { without: ["searchStacks"], introspection: "refused" }])(
    "come from the plain lists where there is no search (%j)",
    async (options) => {
      const server = await start({ stacks: () => [node("a")], modules: () => [node("m")] }, options);
      const usage = await server.client().usage.of(CLOUD);
      expect([usage.stacks, usage.modules].map((users) => users.map((user) => user.id))).toEqual([["a"], ["m"]]);
    },
  );

  it("are not guessed when the server's pages go in a circle", async () => {
    const server = await start({
      searchStacks: () => ({ edges: [{ node: node("a") }], pageInfo: { endCursor: "same", hasNextPage: true } }),
    });
    expect(((await rejectionOf(server.client().usage.of(CLOUD))) as Problem).diagnostic.code).toBe("remote-response-invalid");
  });

  it("are not guessed when they may not be read", async () => {
    const server = await start({ searchStacks: unauthorized });
    expect(((await rejectionOf(server.client().usage.of(CLOUD))) as Problem).kind).toBe("not-permitted");
  });
});

describe("completeness", () => {
  const root = { id: "root", name: "root", parentSpace: null };
  it.each<[string, Readonly<Record<string, Resolver>>, SpaceliftOptions, boolean | null, readonly string[]]>([
    ["an administrator sees all", { viewer: () => ({ id: "k", admin: true }), spaces: () => [] }, {}, true, []],
    ["others with nothing missing cannot tell", { spaces: () => [root] }, {}, null, []],
    ["a hidden root Space", { spaces: () => [{ id: "team", name: "t", parentSpace: "root" }] }, {}, false, ["root"]],
    ["a hidden parent", { spaces: () => [root, { id: "team", name: "t", parentSpace: "between" }] }, {}, false, ["between"]],
    ["a server that does not say who is an administrator", { spaces: () => [root] }, { without: ["admin"] }, null, []],
    [
      "a server that does not tell its schema",
      { viewer: () => ({ id: "k", admin: true }), spaces: () => [root] },
      { introspection: "refused" },
      true,
      [],
    ],
  ])("%s", async (_name, resolvers, options, complete, unseen) => {
    const server = await start(resolvers, options);
    expect(await server.client().usage.of(CLOUD)).toMatchObject({ complete, unseen });
  });
});

describe("users of a repository", () => {
  it("match without regard to upper and lower case", async () => {
    const server = await start({
      searchStacks: pages([
        node("a"),
        node("b", { repository: "App" }),
        node("c", { repository: "other" }),
        node("d", { namespace: null }),
      ]),
    });
    const users = await server.client().usage.onRepository("BITBUCKET_CLOUD", "ACME", "app");
    expect(users.map((user) => user.id)).toEqual(["a", "b"]);
  });

  it("tell a detached one by its missing integration, where the server has no word for it", async () => {
    const server = await start({
      searchModules: pages([node("m", { vcsIntegration: null })]),
      searchStacks: pages([node("s", { vcsIntegration: null, vcsDetached: true })]),
    });
    const users = await server.client().usage.inSpace("root");
    expect(users.map((user) => [user.id, user.detached, user.integrationId])).toEqual([
      ["s", true, null],
      ["m", true, null],
    ]);
  });
});
