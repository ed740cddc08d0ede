/** Two Spaces with one name under one parent: in one plan, and in Spacelift. */
import type { Diagnostic } from "../../../diagnostics";
import { problem } from "../../../domain";
import { UNKNOWN, type PrivateState, type Unknown } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import { FirstReports } from "../../first-reports";
import { KnownSpaces } from "../../space/known-spaces";
import { reportKeptName, reportNamesakes } from "../../space/namesakes";
import { look } from "../unhurried-look";

interface Location {
  readonly name: string | Unknown;
  readonly parent_space_id?: string | Unknown;
}

interface Options {
  readonly existing?: readonly string[] | Error;
  readonly managed?: string;
  readonly applying?: boolean;
}

function createPrivateState(): PrivateState {
  const values = new Map<string, unknown>();
  return { get: (key) => values.get(key), set: (key, value) => void values.set(key, value), delete: (key) => void values.delete(key) };
}

/** Spacelift contains Spaces with these names directly below the root Space; their IDs are `space-<name>`. */
function createPlan({ existing = [], managed, applying = false }: Options = {}) {
  let lookups = 0;
  const list = () => {
    lookups += 1;
    if (existing instanceof Error) return Promise.reject(existing);
    return Promise.resolve(existing.map((name) => ({ id: `space-${name}`, name, parentSpaceId: "root" })));
  };
  const knownSpaces = new KnownSpaces();
  if (managed !== undefined) knownSpaces.managed.add(managed);
  const api = {
    look,
    knownSpaces,
    reports: new FirstReports(),
    spacelift: { spaces: { list } },
  } as unknown as Clients;
  const reported: Diagnostic[] = [];
  const report = { add: (diagnostic: Diagnostic) => void reported.push(diagnostic) };
  const take = () => reported.splice(0).map(({ severity, code }) => `${severity} ${code}`);
  const complete = (draft: Location) => ({ parent_space_id: "root", ...draft });
  return {
    lookups: () => lookups,
    create: async (draft: Location, replacedPrivateState = createPrivateState()) => {
      await reportNamesakes({ draft: complete(draft), api, report, replacedPrivateState, applying } as never);
      return take();
    },
    keep: (id: string, draft: Location, privateState = createPrivateState()) => {
      reportKeptName({ draft: complete(draft), prior: { id }, api, report, privateState } as never);
      return take();
    },
  };
}

describe("two creates of one plan", () => {
  it.each<[string, Location, Location, readonly string[]]>([
    ["with one name and parent", { name: "Team" }, { name: "Team" }, ["error duplicate-space-name"]],
    ["with two names", { name: "Team" }, { name: "team" }, []],
    ["with two parents", { name: "Team" }, { name: "Team", parent_space_id: "platform" }, []],
    ["with unknown parents", { name: "Team", parent_space_id: UNKNOWN }, { name: "Team", parent_space_id: UNKNOWN }, []],
    ["with unknown names", { name: UNKNOWN }, { name: UNKNOWN }, []],
  ])("%s", async (_case, first, second, expected) => {
    const plan = createPlan();
    expect(await plan.create(first)).toEqual([]);
    expect(await plan.create(second)).toEqual(expected);
  });

  it("are not reported, and not looked up, while the process applies, because the create itself fails", async () => {
    const plan = createPlan({ applying: true });
    await plan.create({ name: "Team" });
    expect([await plan.create({ name: "Team" }), plan.lookups()]).toEqual([[], 0]);
  });
});

describe("a create, and a Space that stays", () => {
  it("conflict in both orders, also if the Space gets the name by this plan", async () => {
    const createLast = createPlan();
    expect(createLast.keep("team-01", { name: "Team" })).toEqual([]);
    expect(await createLast.create({ name: "Team" })).toEqual(["warning duplicate-space-name"]);
    const createFirst = createPlan();
    expect(await createFirst.create({ name: "Team" })).toEqual([]);
    expect(createFirst.keep("team-01", { name: "Team" })).toEqual(["warning duplicate-space-name"]);
  });

  it("do not conflict if the create replaces the Space", async () => {
    const plan = createPlan({ existing: ["Team"], managed: "space-Team" });
    const privateState = createPrivateState();
    plan.keep("space-Team", { name: "Team" }, privateState);
    expect(await plan.create({ name: "Team" }, privateState)).toEqual([]);
  });
});

describe("a create, and a Space in Spacelift", () => {
  it.each<[string, Options, readonly string[]]>([
    ["that is not in the state", { existing: ["Team"] }, ["warning duplicate-space-name"]],
    ["that is in the state, and gives up its name", { existing: ["Team"], managed: "space-Team" }, []],
    ["with another name", { existing: ["Other"] }, []],
  ])("%s", async (_case, options, expected) => {
    expect(await createPlan(options).create({ name: "Team" })).toEqual(expected);
  });

  it("a login that Spacelift rejects is one error per process", async () => {
    const rejected = problem(
      "remote-unauthenticated",
      { why: "Spacelift does not know the key.", fix: "Check it." },
      { kind: "not-permitted" },
    );
    const plan = createPlan({ existing: rejected });
    expect(await plan.create({ name: "One" })).toEqual(["error remote-unauthenticated"]);
    expect(await plan.create({ name: "Two" })).toEqual([]);
  });

  it("a lookup that fails is one warning per process, and no error", async () => {
    const plan = createPlan({ existing: new Error("no route") });
    expect(await plan.create({ name: "One" })).toEqual(["warning space-lookup-failed"]);
    expect(await plan.create({ name: "Two" })).toEqual([]);
  });
});
