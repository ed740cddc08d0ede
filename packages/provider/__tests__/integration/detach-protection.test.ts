/** Stacks and modules that use an integration: the warning of a plan, the check before a delete, the warning after it. */
import type { Consumer } from "../../../clients";
import type { Clients } from "../../configuration/clients";
import { requireUnused, warnOfDetached, warnOfDetaching } from "../../integration/detach-protection";
import { look } from "../unhurried-look";

const INTEGRATION = { id: "payments", name: "Payments" };

const stack = (id: string): Consumer => ({
  kind: "stack",
  id,
  name: `Stack ${id}`,
  spaceId: "root",
  namespace: "acme",
  repository: "infra",
  branch: "main",
  integrationId: "payments",
  provider: "BITBUCKET_CLOUD",
  detached: false,
});

interface Usage {
  readonly consumers: readonly Consumer[];
  readonly complete: boolean | null;
  readonly hiddenSpaces?: readonly string[];
}

function createApi(usage: Usage | Error) {
  const requests: boolean[] = [];
  const ofIntegration = (_integration: unknown, { fresh }: { fresh: boolean }) => {
    requests.push(fresh);
    if (usage instanceof Error) return Promise.reject(usage);
    return Promise.resolve({ stacks: usage.consumers, modules: [], complete: usage.complete, hiddenSpaces: usage.hiddenSpaces ?? [] });
  };
  return { api: { look, spacelift: { usage: { ofIntegration }, keyName: "API key 01KEY" } } as unknown as Clients, requests };
}

describe("the plan of a delete", () => {
  it.each<[string, Usage | Error, string | undefined, RegExp | undefined]>([
    ["names the consumers", { consumers: [stack("a")], complete: true }, "consumers-will-be-detached", /stack "Stack a" \(a\)/],
    [
      "reports that the list is incomplete",
      { consumers: [stack("a")], complete: false, hiddenSpaces: ["finance"] },
      "consumers-will-be-detached",
      /cannot see Space "finance"/,
    ],
    [
      "reports that it is not known whether the list is complete",
      { consumers: [], complete: null },
      "integration-usage-unknown",
      /not known whether API key 01KEY/,
    ],
    ["reports nothing if a complete list is empty", { consumers: [], complete: true }, undefined, undefined],
    ["reports that the list cannot be read, and does not fail", new Error("no route"), "integration-usage-unknown", /no route/],
  ])("%s", async (_case, usage, code, why) => {
    const diagnostic = await warnOfDetaching(createApi(usage).api, "cloud", INTEGRATION);
    expect(diagnostic?.code).toBe(code);
    expect(diagnostic?.severity).toBe(code === undefined ? undefined : "warning");
    if (why !== undefined) expect(diagnostic?.why).toMatch(why);
  });
});

describe("a delete", () => {
  const check = (usage: Usage | Error, isProtected: boolean) => {
    const { api, requests } = createApi(usage);
    return { result: requireUnused(api, "cloud", INTEGRATION, isProtected), requests };
  };

  it.each<[string, Usage]>([
    ["a consumer is attached", { consumers: [stack("a")], complete: true }],
    ["the list is incomplete", { consumers: [], complete: false }],
  ])("is refused on the basis of a fresh list while %s", async (_case, usage) => {
    const { result, requests } = check(usage, true);
    await expect(result).rejects.toMatchObject({ diagnostic: { code: "integration-in-use" } });
    expect(requests).toEqual([true]);
  });

  it("is refused if the list cannot be read", async () => {
    await expect(check(new Error("no route"), true).result).rejects.toThrow("no route");
  });

  it.each<[string, Usage | Error, boolean, readonly string[]]>([
    ["the integration has no consumers", { consumers: [], complete: true }, true, []],
    ["no consumer is visible and it is not known whether the list is complete", { consumers: [], complete: null }, true, []],
    ["protection is off, and returns the consumers", { consumers: [stack("a")], complete: true }, false, ["a"]],
    ["protection is off and the list cannot be read", new Error("no route"), false, []],
  ])("continues if %s", async (_case, usage, isProtected, ids) => {
    expect((await check(usage, isProtected).result).map(({ id }) => id)).toEqual(ids);
  });

  it("is followed by a warning that names the detached consumers", () => {
    expect(warnOfDetached([], INTEGRATION)).toBeUndefined();
    const diagnostic = warnOfDetached([stack("a")], INTEGRATION);
    expect(diagnostic?.code).toBe("consumers-detached");
    expect(diagnostic?.why).toContain('stack "Stack a" (a)');
  });
});
