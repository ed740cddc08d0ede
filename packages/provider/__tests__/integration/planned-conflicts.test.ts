/** Two integrations of one plan that take the same name, the same ID, or the place of the default: found in every order. */
import type { Diagnostic } from "../../../diagnostics";
import { UNKNOWN, type PrivateState, type Unknown } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import { KnownIntegrations } from "../../integration/known-integrations";
import { releaseNames, reportCreateConflicts, reportExchangedNames, reportKeptConflicts } from "../../integration/planned-conflicts";

type Product = "cloud" | "datacenter";

interface Declared {
  readonly name: string | Unknown;
  readonly is_default?: boolean | Unknown;
  readonly product?: Product;
}

function createPrivateState(): PrivateState {
  const values = new Map<string, unknown>();
  return { get: (key) => values.get(key), set: (key, value) => void values.set(key, value), delete: (key) => void values.delete(key) };
}

/** The calls of an engine. Each returns what it reports, as severity and code. */
function createPlan(applying = false) {
  const api = { knownIntegrations: new KnownIntegrations() } as unknown as Clients;
  const privateStates = new Map<string, PrivateState>();
  const texts: string[] = [];
  const run = (call: (report: { add(diagnostic: Diagnostic): void }) => void): readonly string[] => {
    const reported: Diagnostic[] = [];
    call({ add: (diagnostic) => void reported.push(diagnostic) });
    texts.push(...reported.map(({ why }) => why));
    return reported.map(({ severity, code }) => `${severity} ${code}`);
  };
  return {
    texts,
    /** @param replaced the ID of the object whose replacement this is */
    create: ({ product = "cloud", ...draft }: Declared, replaced?: string) => {
      const replacedPrivateState = privateStates.get(replaced ?? "") ?? createPrivateState();
      return run((report) => {
        reportCreateConflicts(product, { draft: { is_default: false, ...draft }, api, report, replacedPrivateState, applying } as never);
      });
    },
    keep: (id: string, { product = "cloud", ...state }: Declared) => {
      const privateState = createPrivateState();
      privateStates.set(id, privateState);
      return run((report) => {
        reportKeptConflicts(product, { api, report, privateState } as never, { id, is_default: false, ...state } as never);
      });
    },
    replace: (from: string, to: string) =>
      run((report) => {
        reportExchangedNames("cloud", { draft: { name: to }, api, report, applying } as never, { name: from } as never);
      }),
    remove: (id: string, product: Product = "cloud") => releaseNames(product, { api, prior: { id } } as never),
  };
}

const NAME_ERROR = ["error duplicate-integration-name"];
const NAME_WARNING = ["warning duplicate-integration-name"];

describe("two creates", () => {
  it.each<[string, Declared, Declared, readonly string[], RegExp]>([
    ["with one name", { name: "Payments" }, { name: "Payments" }, NAME_ERROR, /creates two Bitbucket Cloud integrations named "Payments"/],
    [
      "with one ID",
      { name: "upper LOWER" },
      { name: "UPPER  lower" },
      NAME_ERROR,
      /"upper LOWER" and "UPPER {2}lower"\. .*derives.*"upper-lower"/,
    ],
    ["with what is probably one ID", { name: "a.b" }, { name: "a b" }, NAME_WARNING, /probably derives the same ID "a-b"/],
    ["with two names", { name: "Payments" }, { name: "Networking" }, [], /^$/],
    ["with one name for two products", { name: "Payments" }, { name: "Payments", product: "datacenter" }, [], /^$/],
    ["with an unknown name", { name: UNKNOWN }, { name: UNKNOWN }, [], /^$/],
    ["of defaults", { name: "a", is_default: true }, { name: "b", is_default: true }, ["error duplicate-default"], /two default Bitbucket/],
    [
      "of defaults with unknown names",
      { name: UNKNOWN, is_default: true },
      { name: UNKNOWN, is_default: true },
      ["error duplicate-default"],
      /two default/,
    ],
    ["of one default and one that is unknown", { name: "a", is_default: true }, { name: "b", is_default: UNKNOWN }, [], /^$/],
  ])("%s", (_case, first, second, expected, why) => {
    const plan = createPlan();
    expect(plan.create(first)).toEqual([]);
    expect(plan.create(second)).toEqual(expected);
    expect(plan.texts.join()).toMatch(why);
  });

  it("are not reported while the process applies: the create itself fails, and an error would leave the old object of a replacement deposed", () => {
    const plan = createPlan(true);
    plan.create({ name: "Payments" });
    expect(plan.create({ name: "Payments" })).toEqual([]);
  });
});

describe("replacements that exchange names", () => {
  const rows: [string, [string, string][], number | undefined, RegExp][] = [
    [
      "two integrations",
      [
        ["A", "B"],
        ["B", "A"],
      ],
      1,
      /: "B" becomes "A", "A" becomes "B"\. /,
    ],
    [
      "three integrations",
      [
        ["A", "B"],
        ["C", "A"],
        ["B", "C"],
      ],
      2,
      /"B" becomes "C", "C" becomes "A", "A" becomes "B"/,
    ],
    [
      "another spelling",
      [
        ["Team A", "b"],
        ["B", "team  a"],
      ],
      1,
      /exchanges/,
    ],
    [
      "a chain that ends at a free name",
      [
        ["A", "B"],
        ["B", "C"],
        ["C", "D"],
      ],
      undefined,
      /^$/,
    ],
    [
      "a chain that leads into a ring",
      [
        ["B", "C"],
        ["C", "B"],
        ["A", "B"],
      ],
      1,
      /exchanges/,
    ],
    ["one integration in another spelling", [["Payments", "PAYMENTS"]], undefined, /^$/],
  ];

  it.each(rows)("%s", (_case, renames, reportedAt, why) => {
    const plan = createPlan();
    const reported = renames.map(([from, to]) => plan.replace(from, to));
    expect(reported).toEqual(renames.map((_rename, index) => (index === reportedAt ? NAME_WARNING : [])));
    expect(plan.texts.join()).toMatch(why);
  });
});

describe("a create, and an integration that stays", () => {
  const stays = { name: "Payments", is_default: true };

  it.each<[string, Declared, readonly string[]]>([
    ["with one name", { name: "Payments" }, NAME_WARNING],
    ["with one ID", { name: "payments" }, NAME_WARNING],
    ["that is the default too", { name: "Other", is_default: true }, ["warning duplicate-default"]],
    ["with another name", { name: "Other" }, []],
  ])("%s", (_case, created, expected) => {
    const createLast = createPlan();
    expect(createLast.keep("payments", stays)).toEqual([]);
    expect(createLast.create(created)).toEqual(expected);
    const createFirst = createPlan();
    expect(createFirst.create(created)).toEqual([]);
    expect(createFirst.keep("payments", stays)).toEqual(expected);
    expect(createFirst.texts).toEqual(createLast.texts);
  });

  it("do not conflict if the old one is deleted or replaced under another name, before or after", () => {
    const plan = createPlan();
    plan.keep("payments", stays);
    plan.remove("payments");
    expect(plan.create({ name: "Payments", is_default: true })).toEqual([]);
    const removedLast = createPlan();
    expect(removedLast.create({ name: "Payments", is_default: true })).toEqual([]);
    removedLast.remove("payments");
  });

  it("do not conflict if the create replaces it, and another create still does", () => {
    const plan = createPlan();
    plan.keep("payments", stays);
    expect(plan.create({ name: "Payments", is_default: true }, "payments")).toEqual([]);
    expect(plan.create({ name: "Payments" })).toEqual(NAME_ERROR);
  });

  it("conflict if another integration with the same ID, of the other product, is deleted", () => {
    const plan = createPlan();
    plan.keep("payments", stays);
    plan.remove("payments", "datacenter");
    expect(plan.create({ name: "Payments" })).toEqual(NAME_WARNING);
  });
});
