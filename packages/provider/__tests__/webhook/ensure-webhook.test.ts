/** One webhook per repository and URL: what is looked at, corrected, adopted, created, and asked again. */
import { problem } from "../../../domain";
import type { Diagnostic } from "../../../diagnostics";
import { ExchangeFailure, type RepositoryWebhooks, type Webhook, type WebhookInput } from "../../../clients";
import type { Clients } from "../../configuration/clients";
import { placeWebhook, type Placement } from "../../webhook/webhook-placement";

const URL_NEW = "https://webhooks.example/new";
const input: WebhookInput = {
  url: URL_NEW,
  title: "Spacelift (payments)",
  active: true,
  events: ["repo:push"],
  verifyCertificate: true,
};
const hook = (id: string, url: string): Webhook => ({
  id,
  url,
  title: `hook ${id}`,
  active: true,
  events: ["repo:push"],
  verifiesCertificate: true,
  secret: { is: "set", fingerprint: null },
  scope: "repository",
  repositoryId: "{r}",
  repositoryName: "acme/infra",
  carried: { history_enabled: true },
});

/** A repository in memory that notes what is done to it. `failures` are thrown by create, in order; true executes first. */
function repository(
  hooks: Webhook[],
  failures: readonly { readonly executed: boolean; readonly known: boolean; readonly late?: true }[] = [],
) {
  const done: string[] = [];
  const left = [...failures];
  const webhooks: RepositoryWebhooks = {
    list: () => Promise.resolve([...hooks]),
    create: (_target: unknown, wanted: WebhookInput) => {
      done.push("create");
      const failure = left.shift();
      const made = { ...hook(`made-${String(done.length)}`, wanted.url), title: wanted.title };
      if (failure === undefined || failure.executed) hooks.push(made);
      if (failure === undefined) return Promise.resolve(made);
      return Promise.reject(
        problem(
          "remote-unreachable",
          { why: "cut", fix: "again" },
          {
            kind: "transport",
            execution: failure.known ? "no" : "unknown",
            cause: new ExchangeFailure(failure.late === true ? "TIMEOUT" : "ECONNRESET", true, "cut"),
          },
        ),
      );
    },
    replace: (_target: unknown, uuid: string, wanted: WebhookInput, _secret: unknown, carried: unknown) => {
      done.push(`replace ${uuid} ${JSON.stringify(carried)}`);
      return Promise.resolve({ ...hook(uuid, wanted.url), title: wanted.title });
    },
    remove: (_target: unknown, uuid: string) => {
      done.push(`remove ${uuid}`);
      return Promise.resolve("removed" as const);
    },
  };
  const api = {
    bitbucket: () => ({ webhooks }),
    claimedWebhooks: new Set<string>(),
    undeletedWebhooks: new Set<string>(),
    removedWebhooks: new Set<string>(),
    said: new Set<string>(),
  } as unknown as Clients;
  const reported: Diagnostic[] = [];
  const silent = () => undefined;
  const place = (changes: Partial<Placement> = {}) =>
    placeWebhook(api, {
      product: "cloud",
      target: { namespace: "acme", repository: "infra" },
      input,
      secret: "s",
      adopt: true,
      own: undefined,
      report: { add: (diagnostic) => void reported.push(diagnostic) },
      log: { debug: silent, info: silent, warn: silent },
      ...changes,
    });
  return { api, done, reported, place };
}

const CARRIED = JSON.stringify({ history_enabled: true });

describe("placing a webhook", () => {
  it.each<[string, Webhook[], Partial<Placement>, string[], string[]]>([
    ["creates where nothing has the URL", [hook("other", "https://else.example")], {}, ["create"], []],
    [
      "adopts and corrects, and carries foreign fields over",
      [hook("found", URL_NEW)],
      {},
      [`replace found ${CARRIED}`],
      ["webhook-adopted"],
    ],
    [
      "names duplicates and leaves them",
      [hook("one", URL_NEW), hook("two", URL_NEW)],
      {},
      [`replace one ${CARRIED}`],
      ["webhook-adopted", "webhook-duplicates"],
    ],
    ["corrects its own", [hook("mine", URL_NEW)], { own: { id: "mine", moves: false } }, [`replace mine ${CARRIED}`], []],
    [
      "moves its own to a free URL",
      [hook("mine", "https://old.example")],
      { own: { id: "mine", moves: true } },
      [`replace mine ${CARRIED}`],
      [],
    ],
    [
      "adopts what is at the new URL, and removes its own at the old one",
      [hook("mine", "https://old.example"), hook("there", URL_NEW)],
      { own: { id: "mine", moves: true } },
      [`replace there ${CARRIED}`, "remove mine"],
      ["webhook-adopted"],
    ],
    ["creates again when its own is gone and another id is expected", [], { own: { id: "mine", moves: true } }, ["create"], []],
  ])("%s", async (_name, hooks, changes, done, reported) => {
    const world = repository(hooks);
    const placed = await world.place(changes);
    expect(world.done).toEqual(done);
    expect(world.reported.map((diagnostic) => diagnostic.code)).toEqual(reported);
    expect([...world.api.claimedWebhooks]).toEqual([`cloud ${placed.id}`]);
  });

  it.each([
    ["nothing", []],
    ["another one with its URL", [hook("found", URL_NEW)]],
  ])("asks for a new plan when its own is gone and there is %s, and changes nothing", async (_name, hooks) => {
    const world = repository(hooks);
    await expect(world.place({ own: { id: "mine", moves: false } })).rejects.toThrow(/no webhook mine any more/);
    expect(world.done).toEqual([]);
  });

  it("names a webhook of the project at the same URL, and does not take it for its own", async () => {
    const world = repository([{ ...hook("1", URL_NEW), scope: "project" }]);
    await world.place();
    expect(world.done).toEqual(["create"]);
    expect(world.reported.map((diagnostic) => diagnostic.code)).toEqual(["webhook-of-project"]);
    expect(world.reported[0]?.why).toContain('"hook 1" 1');
  });

  it.each([
    ["at another URL", { url: "https://else.example" }],
    ["that is switched off", { active: false }],
  ])("says nothing of a webhook of the project %s", async (_name, changes) => {
    const world = repository([{ ...hook("1", URL_NEW), scope: "project", ...changes }]);
    await world.place();
    expect(world.reported).toEqual([]);
  });

  it("says once that a server does not tell of webhooks of the project", async () => {
    const world = repository([]);
    Object.assign(world.api.bitbucket("datacenter").webhooks, { inherits: () => "unseen" });
    await world.place();
    await world.place({ input: { ...input, url: "https://second.example" } });
    expect(world.reported.map((diagnostic) => diagnostic.code)).toEqual(["webhook-of-project-not-checked"]);
  });

  it("keeps what it wanted to adopt from being deleted under its old address, also when the correction fails", async () => {
    const world = repository([hook("found", URL_NEW)]);
    world.api.bitbucket("cloud").webhooks.replace = () => Promise.reject(new Error("cut"));
    await expect(world.place()).rejects.toThrow("cut");
    expect([...world.api.claimedWebhooks]).toEqual(["cloud found"]);
  });

  it("refuses to adopt what could not be deleted under another address, and changes nothing", async () => {
    const world = repository([hook("found", URL_NEW)]);
    world.api.undeletedWebhooks.add("cloud found");
    await expect(world.place()).rejects.toThrow(/delete under another address has just failed/);
    expect(world.done).toEqual([]);
  });

  it("refuses to adopt when that is off, and changes nothing", async () => {
    const world = repository([hook("found", URL_NEW)]);
    await expect(world.place({ adopt: false })).rejects.toThrow(/found/);
    expect(world.done).toEqual([]);
  });

  it.each<[string, { executed: boolean; known: boolean }[], string[]]>([
    ["was executed is found, not made again", [{ executed: true, known: false }], ["create"]],
    ["was not executed is made again, once", [{ executed: false, known: false }], ["create", "create"]],
  ])("whose answer was lost and that %s", async (_name, failures, done) => {
    const world = repository([], failures);
    const placed = await world.place();
    expect(world.done).toEqual(done);
    expect(world.reported).toEqual([]);
    expect(placed.url).toBe(URL_NEW);
  });

  it("that may still be under way is not made a second time beside it", async () => {
    const world = repository([], [{ executed: false, known: false, late: true }]);
    await expect(world.place()).rejects.toThrow(/cut/);
    expect(world.done).toEqual(["create"]);
  });

  it("that certainly did not happen is not looked for", async () => {
    const world = repository([], [{ executed: false, known: true }]);
    await expect(world.place()).rejects.toThrow(/cut/);
    expect(world.done).toEqual(["create"]);
  });
});
