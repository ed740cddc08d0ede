/** Who loses the source: what is said at plan, refused before a delete, and said after it. */
import type { Consumer } from "../../../clients";
import type { Clients } from "../../configuration/clients";
import { guardDetaching, namesOf, warnOfDetached, warnOfDetaching, warnOfSilence } from "../../integration/usage";

const user = (id: string, integrationId = "payments"): Consumer => ({
  kind: "stack",
  id,
  name: `Stack ${id}`,
  spaceId: "root",
  namespace: "acme",
  repository: "infra",
  branch: "main",
  integrationId,
  provider: "BITBUCKET_CLOUD",
  detached: false,
});

interface Answer {
  readonly users: readonly Consumer[];
  readonly complete: boolean | null;
  readonly unseen?: readonly string[];
}

function world(answer: Answer | Error) {
  const asked: boolean[] = [];
  const usage = {
    of: (_integration: unknown, { fresh }: { fresh: boolean }) => {
      asked.push(fresh);
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve({ stacks: answer.users, modules: [], complete: answer.complete, unseen: answer.unseen ?? [] });
    },
    onRepository: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer.users)),
  };
  return { api: { spacelift: { usage, keyName: "API key 01KEY" } } as unknown as Clients, asked };
}

describe("names of users", () => {
  it.each([
    [0, ""],
    [2, 'stack "Stack 1" (1), stack "Stack 2" (2)'],
  ])("of %i are all named", (count, text) => {
    expect(namesOf(Array.from({ length: count }, (_, index) => user(String(index + 1))))).toBe(text);
  });

  it("of 23 are 20 and a count", () => {
    const text = namesOf(Array.from({ length: 23 }, (_, index) => user(String(index + 1))));
    expect(text).toContain('"Stack 20"');
    expect(text).not.toContain('"Stack 21"');
    expect(text).toMatch(/ and 3 more$/);
  });
});

describe("the plan of a delete", () => {
  it.each<[string, Answer | Error, string | undefined, RegExp | undefined]>([
    ["names who uses it", { users: [user("a")], complete: true }, "consumers-will-be-detached", /stack "Stack a" \(a\)/],
    [
      "says when the list is known to be short",
      { users: [user("a")], complete: false, unseen: ["finance"] },
      "consumers-will-be-detached",
      /cannot see Space "finance"/,
    ],
    ["says when that cannot be told", { users: [], complete: null }, "integration-usage-unknown", /cannot be told with API key 01KEY/],
    ["says nothing when nobody uses it and everything is seen", { users: [], complete: true }, undefined, undefined],
    ["says when the list could not be had, and does not fail", new Error("no route"), "integration-usage-unknown", /no route/],
  ])("%s", async (_name, answer, code, why) => {
    const diagnostic = await warnOfDetaching(world(answer).api, "cloud", "payments", "Payments");
    expect(diagnostic?.code).toBe(code);
    expect(diagnostic?.severity).toBe(code === undefined ? undefined : "warning");
    if (why !== undefined) expect(diagnostic?.why).toMatch(why);
  });
});

describe("right before a delete", () => {
  const guard = (answer: Answer | Error, protection: boolean) => {
    const { api, asked } = world(answer);
    return { outcome: guardDetaching(api, "cloud", "payments", "Payments", protection), asked };
  };

  it.each<[string, Answer]>([
    ["anything is attached", { users: [user("a")], complete: true }],
    ["the list is known to be short", { users: [], complete: false }],
  ])("it is refused while %s, and the list is a fresh one", async (_name, answer) => {
    const { outcome, asked } = guard(answer, true);
    await expect(outcome).rejects.toMatchObject({ diagnostic: { code: "integration-in-use" } });
    expect(asked).toEqual([true]);
  });

  it("it is refused when the list cannot be had", async () => {
    await expect(guard(new Error("no route"), true).outcome).rejects.toThrow("no route");
  });

  it.each<[string, Answer | Error, boolean, readonly string[]]>([
    ["nobody uses it", { users: [], complete: true }, true, []],
    ["nobody is seen, and it cannot be told", { users: [], complete: null }, true, []],
    ["protection is off, and they are returned", { users: [user("a")], complete: true }, false, ["a"]],
    ["protection is off and the list cannot be had", new Error("no route"), false, []],
  ])("it goes on when %s", async (_name, answer, protection, ids) => {
    expect((await guard(answer, protection).outcome).map(({ id }) => id)).toEqual(ids);
  });
});

it("after a delete those who lost their source are named, and nobody else", () => {
  expect(warnOfDetached([], "Payments", "payments")).toBeUndefined();
  expect(warnOfDetached([user("a")], "Payments", "payments")?.why).toContain('stack "Stack a" (a)');
});

it("a webhook's delete names those on its repository that use its integration", async () => {
  const webhook = { namespace: "acme", repository: "infra", integrationId: "payments" };
  expect(await warnOfSilence(world({ users: [user("b", "other")], complete: true }).api, "cloud", webhook)).toBeUndefined();
  const diagnostic = await warnOfSilence(world({ users: [user("a"), user("b", "other")], complete: true }).api, "cloud", webhook);
  expect(diagnostic?.why).toContain("Stack a");
  expect(diagnostic?.why).not.toContain("Stack b");
});
