/** Who loses access to an integration when Spaces change: the warning of a plan, and the explanation of Spacelift's rejection. */
import { problem } from "../../../domain";
import { UNKNOWN } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import { explainRejection, warnOfLostAccess, type AccessChange } from "../../space/lost-access";
import { accessChange } from "../../space/plan-space";
import { canUse } from "../../space/space-tree";
import { look } from "../unhurried-look";

/** root > platform > team (inherits) > squad (inherits); root > finance (does not inherit) */
const SPACES = [
  { id: "root", parentSpaceId: null, inheritEntities: false },
  { id: "platform", parentSpaceId: "root", inheritEntities: false },
  { id: "team", parentSpaceId: "platform", inheritEntities: true },
  { id: "squad", parentSpaceId: "team", inheritEntities: true },
  { id: "finance", parentSpaceId: "root", inheritEntities: false },
];

const INTEGRATIONS = [
  { provider: "BITBUCKET_CLOUD", id: "payments", name: "Payments", isDefault: false, spaceId: "platform" },
  { provider: "BITBUCKET_DATACENTER", id: "payments", name: "Server", isDefault: false, spaceId: "team" },
  { provider: "BITBUCKET_CLOUD", id: "default", name: "Default", isDefault: true, spaceId: "root" },
  { provider: "GITHUB_ENTERPRISE", id: "github", name: "GitHub", isDefault: false, spaceId: "platform" },
];

const consumer = (id: string, spaceId: string, integrationId = "payments", provider = "BITBUCKET_CLOUD", kind = "stack") => ({
  kind,
  id,
  name: id.toUpperCase(),
  spaceId,
  integrationId,
  provider,
});

interface Account {
  readonly consumers?: readonly ReturnType<typeof consumer>[] | Error;
  readonly complete?: boolean | null;
  readonly hiddenSpaces?: readonly string[];
}

const CONSUMERS = [
  consumer("a", "platform"),
  consumer("b", "squad", "payments", "BITBUCKET_CLOUD", "module"),
  consumer("c", "squad", "payments", "BITBUCKET_DATACENTER"),
  consumer("d", "squad", "default"),
  consumer("e", "team", "github", "GITHUB_ENTERPRISE"),
];

function createApi({ consumers = CONSUMERS, complete = true, hiddenSpaces = [] }: Account = {}) {
  const requests: unknown[] = [];
  const ofAllIntegrations = (options: unknown) => {
    requests.push(options);
    return consumers instanceof Error ? Promise.reject(consumers) : Promise.resolve({ consumers, complete, hiddenSpaces });
  };
  const spacelift = {
    keyName: "API key 01KEY",
    usage: { ofAllIntegrations },
    spaces: { list: () => Promise.resolve(SPACES) },
    listIntegrations: () => Promise.resolve(INTEGRATIONS),
  };
  return { api: { look, spacelift } as unknown as Clients, requests };
}

const moveTo = (spaceId: string | typeof UNKNOWN): AccessChange => ({
  integration: { product: "cloud", id: "payments", name: "Payments", spaceId },
});
const place = (id: string, parentSpaceId: string | typeof UNKNOWN, inheritEntities: boolean | typeof UNKNOWN = true): AccessChange => ({
  space: { id, name: id, parentSpaceId, inheritEntities, argument: "parent_space_id" },
});

describe("the plan", () => {
  it.each<[string, AccessChange, readonly RegExp[]]>([
    [
      "of an integration that moves aside",
      moveTo("finance"),
      [/removes access to "Payments" \(payments\) for stack "A" \(a\), module "B" \(b\)\./],
    ],
    ["of an integration that moves down", moveTo("team"), [/removes access to "Payments" \(payments\) for stack "A" \(a\)\./]],
    [
      "of an integration that moves to a new Space",
      moveTo(UNKNOWN),
      [/known after apply may remove access to "Payments" \(payments\) for stack "A" \(a\), module "B"/],
    ],
    [
      "of a Space that moves aside",
      place("team", "finance"),
      [/access to "Payments" \(payments\) for module "B" \(b\); access to "GitHub" \(github\) for stack "E"/],
    ],
    ["of a Space that moves below a new one", place("team", UNKNOWN), [/may remove access to "Payments" \(payments\) for module "B"/]],
    [
      "of a Space that no longer inherits",
      place("squad", "team", false),
      [/for module "B" \(b\); access to "Server" \(payments\) for stack "C"/],
    ],
    ["of a Space that may no longer inherit", place("squad", "team", UNKNOWN), [/inherit_entities = known after apply.*may remove/]],
  ])("%s names them", async (_case, change, texts) => {
    const diagnostic = await warnOfLostAccess(createApi().api, change);
    expect([diagnostic?.severity, diagnostic?.code]).toEqual(["warning", "consumers-lose-access"]);
    for (const text of texts) expect(diagnostic?.why).toMatch(text);
    // A default integration is available everywhere.
    expect(diagnostic?.why).not.toContain('"D"');
  });

  it.each<[string, AccessChange]>([
    [
      "an integration moves up as far as all inherit",
      { integration: { product: "datacenter", id: "payments", name: "Server", spaceId: "platform" } },
    ],
    ["a Space moves below the Space of the integrations", place("squad", "team")],
    ["nothing changes", place("team", "platform")],
  ])("reports nothing if %s", async (_case, change) => {
    expect(await warnOfLostAccess(createApi().api, change)).toBeUndefined();
  });

  it("names 20 and counts the others", async () => {
    const consumers = Array.from({ length: 23 }, (_, index) => consumer(`s${index}`, "platform"));
    const { why = "" } = (await warnOfLostAccess(createApi({ consumers }).api, moveTo("finance"))) ?? {};
    expect(why.match(/stack "/g)).toHaveLength(20);
    expect(why).toContain("and 3 more");
  });

  it.each<[string, Account, string, RegExp]>([
    [
      "the list is incomplete",
      { complete: false, hiddenSpaces: ["secret"] },
      "consumers-lose-access",
      /incomplete: API key 01KEY cannot see Space "secret"/,
    ],
    ["nobody is known", { consumers: [], complete: null }, "integration-usage-unknown", /No stack or module is known to lose access/],
    ["the list cannot be read", { consumers: new Error("no route") }, "integration-usage-unknown", /no route/],
  ])("says that %s", async (_case, account, code, why) => {
    const diagnostic = await warnOfLostAccess(createApi(account).api, moveTo("finance"));
    expect([diagnostic?.severity, diagnostic?.code]).toEqual(["warning", code]);
    expect(diagnostic?.why).toMatch(why);
  });
});

describe("which changes of a Space are looked at", () => {
  const prior = { id: "team", name: "Team", parent_space_id: "platform", inherit_entities: true } as never;

  it.each<[string, object, unknown]>([
    ["another name", { parent_space_id: "platform", inherit_entities: true }, undefined],
    ["another parent", { parent_space_id: "finance", inherit_entities: true }, expect.anything()],
    ["an unknown parent", { parent_space_id: UNKNOWN, inherit_entities: true }, expect.anything()],
    ["no inheritance", { parent_space_id: "platform", inherit_entities: false }, expect.anything()],
  ])("%s", (_case, draft, expected) => {
    expect(accessChange(prior, draft as never)).toEqual(expected);
  });

  it("none, if the Space does not inherit", () => {
    const alone = { id: "team", name: "Team", parent_space_id: "platform", inherit_entities: false } as never;
    expect(accessChange(alone, { parent_space_id: "finance", inherit_entities: false })).toBeUndefined();
  });
});

describe("a change that Spacelift rejects", () => {
  const rejection = (kind: "bad-input" | "not-permitted") =>
    problem("remote-request-rejected", { why: "Spacelift rejected it: no access.", fix: "Correct it." }, { kind });

  it("is explained with the names, from fresh lists", async () => {
    const { api, requests } = createApi();
    expect(await explainRejection(api, moveTo("finance"), rejection("bad-input"))).toMatchObject({
      diagnostic: {
        code: "consumers-lose-access",
        severity: "error",
        why: expect.stringMatching(/^Spacelift rejected it: no access\. .*stack "A" \(a\), module "B" \(b\)/) as string,
      },
    });
    expect(requests).toEqual([{ fresh: true }]);
  });

  it.each<[string, unknown, Account]>([
    ["for another reason", rejection("bad-input"), { consumers: [] }],
    ["for lack of a permission", rejection("not-permitted"), {}],
    ["and whose consumers cannot be read", rejection("bad-input"), { consumers: new Error("no route") }],
  ])("%s stays as it is", async (_case, failure, account) => {
    expect(await explainRejection(createApi(account).api, moveTo("finance"), failure)).toBe(failure);
  });
});

it.each<[string, string, boolean | undefined]>([
  ["squad", "squad", true],
  ["squad", "platform", true],
  ["squad", "root", false],
  ["finance", "root", false],
  ["hidden", "root", undefined],
])("whether a stack in %s can use what is in %s: %s", (from, owner, expected) => {
  expect(canUse(new Map(SPACES.map((space) => [space.id, space])), from, owner)).toBe(expected);
});
