/** One webhook per repository and URL: what is corrected, adopted, created, removed, and reported. */
import { problem } from "../../../domain";
import type { Diagnostic } from "../../../diagnostics";
import { ExchangeFailure, type RepositoryWebhooks, type Webhook, type WebhookInput } from "../../../clients";
import type { Clients } from "../../configuration/clients";
import { FirstReports } from "../../first-reports";
import { ensureWebhook, type WebhookRequest } from "../../webhook/ensure-webhook";
import { KnownWebhooks } from "../../webhook/known-webhooks";

const URL_NEW = "https://webhooks.example/new";
const input: WebhookInput = {
  url: URL_NEW,
  title: "Spacelift (payments)",
  active: true,
  events: ["repo:push"],
  verifyCertificate: true,
};
const createHook = (id: string, url: string): Webhook => ({
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
  passthrough: { history_enabled: true },
});

/** How a create fails. `executed`: the webhook exists nevertheless. `isKnown`: it is certain that it was not executed. */
interface CreateFailure {
  readonly executed: boolean;
  readonly isKnown: boolean;
  readonly isTimeout?: true;
}

function toProblem({ isKnown, isTimeout }: CreateFailure) {
  const cause = new ExchangeFailure(isTimeout === true ? "TIMEOUT" : "ECONNRESET", true, "cut");
  const details = { kind: "transport", execution: isKnown ? "no" : "unknown", cause } as const;
  return problem("remote-unreachable", { why: "cut", fix: "again" }, details);
}

/** A repository in memory that records the changes. The creates fail with `failures`, in order. */
function createRepository(hooks: Webhook[], failures: readonly CreateFailure[] = []) {
  const changes: string[] = [];
  const remainingFailures = [...failures];
  const webhooks: RepositoryWebhooks = {
    addressesById: true,
    isListed: () => false,
    list: () => Promise.resolve([...hooks]),
    create: (_target, wanted) => {
      changes.push("create");
      const failure = remainingFailures.shift();
      const created = { ...createHook(`created-${changes.length}`, wanted.url), title: wanted.title };
      if (failure === undefined || failure.executed) hooks.push(created);
      return failure === undefined ? Promise.resolve(created) : Promise.reject(toProblem(failure));
    },
    replace: (_target, id, wanted, _secret, passthrough) => {
      changes.push(`replace ${id} ${JSON.stringify(passthrough)}`);
      return Promise.resolve({ ...createHook(id, wanted.url), title: wanted.title });
    },
    remove: (_target, id) => {
      changes.push(`remove ${id}`);
      return Promise.resolve("removed");
    },
  };
  const api = {
    bitbucket: () => ({ webhooks }),
    reports: new FirstReports(),
    knownWebhooks: new KnownWebhooks(100),
  } as unknown as Clients;
  const reported: Diagnostic[] = [];
  const ignore = () => undefined;
  const ensure = (request: Partial<WebhookRequest> = {}) =>
    ensureWebhook(api, {
      product: "cloud",
      target: { namespace: "acme", repository: "infra" },
      input,
      secret: "s",
      adopt: true,
      current: undefined,
      report: { add: (diagnostic) => void reported.push(diagnostic) },
      log: { includes: () => false, debug: ignore, info: ignore, warn: ignore },
      ...request,
    });
  return { api, changes, reported, codes: () => reported.map(({ code }) => code), ensure };
}

const PASSTHROUGH = JSON.stringify({ history_enabled: true });

describe("ensureWebhook", () => {
  it.each<[string, Webhook[], Partial<WebhookRequest>, string[], string[]]>([
    ["creates if no webhook has the URL", [createHook("other", "https://else.example")], {}, ["create"], []],
    [
      "adopts and corrects, and keeps fields that it does not manage",
      [createHook("found", URL_NEW)],
      {},
      [`replace found ${PASSTHROUGH}`],
      ["webhook-adopted"],
    ],
    [
      "reports duplicates and does not change them",
      [createHook("first", URL_NEW), createHook("second", URL_NEW)],
      {},
      [`replace first ${PASSTHROUGH}`],
      ["webhook-adopted", "webhook-duplicates"],
    ],
    [
      "corrects its own webhook",
      [createHook("own", URL_NEW)],
      { current: { id: "own", hasNewUrl: false } },
      [`replace own ${PASSTHROUGH}`],
      [],
    ],
    [
      "moves its own webhook to a free URL",
      [createHook("own", "https://old.example")],
      { current: { id: "own", hasNewUrl: true } },
      [`replace own ${PASSTHROUGH}`],
      [],
    ],
    [
      "adopts the webhook at the new URL, and removes its own at the old one",
      [createHook("own", "https://old.example"), createHook("there", URL_NEW)],
      { current: { id: "own", hasNewUrl: true } },
      [`replace there ${PASSTHROUGH}`, "remove own"],
      ["webhook-adopted"],
    ],
    [
      "creates again if its own was deleted and the plan expects another ID",
      [],
      { current: { id: "own", hasNewUrl: true } },
      ["create"],
      [],
    ],
  ])("%s", async (_case, hooks, request, changes, codes) => {
    const repository = createRepository(hooks);
    const webhook = await repository.ensure(request);
    expect([repository.changes, repository.codes()]).toEqual([changes, codes]);
    expect([...repository.api.knownWebhooks.claimed]).toEqual([`cloud ${webhook.id}`]);
  });

  it.each([
    ["no other webhook has the URL", []],
    ["another webhook has the URL", [createHook("found", URL_NEW)]],
  ])("changes nothing and requires a new plan if its own webhook was deleted and %s", async (_case, hooks) => {
    const repository = createRepository(hooks);
    await expect(repository.ensure({ current: { id: "own", hasNewUrl: false } })).rejects.toMatchObject({
      diagnostic: { code: "webhook-not-found" },
    });
    expect(repository.changes).toEqual([]);
  });

  it("protects a webhook that it adopts from a delete under its old address, even if the correction fails", async () => {
    const repository = createRepository([createHook("found", URL_NEW)]);
    repository.api.bitbucket("cloud").webhooks.replace = () => Promise.reject(new Error("cut"));
    await expect(repository.ensure()).rejects.toThrow("cut");
    expect([...repository.api.knownWebhooks.claimed]).toEqual(["cloud found"]);
  });

  it("does not adopt a webhook that could not be deleted under another address", async () => {
    const repository = createRepository([createHook("found", URL_NEW)]);
    repository.api.knownWebhooks.undeleted.add("cloud found");
    await expect(repository.ensure()).rejects.toMatchObject({
      diagnostic: { code: "webhook-exists", why: expect.stringContaining("under another address has just failed") as string },
    });
    expect(repository.changes).toEqual([]);
  });

  it("changes nothing if adoption is off", async () => {
    const repository = createRepository([createHook("found", URL_NEW)]);
    await expect(repository.ensure({ adopt: false })).rejects.toMatchObject({
      diagnostic: { code: "webhook-exists", at: ["adopt_existing"], why: expect.stringContaining("found") as string },
    });
    expect(repository.changes).toEqual([]);
  });
});

describe("a webhook of the project", () => {
  it("is reported if it has the same URL, and is not adopted", async () => {
    const repository = createRepository([{ ...createHook("1", URL_NEW), scope: "project" }]);
    await repository.ensure();
    expect([repository.changes, repository.codes()]).toEqual([["create"], ["webhook-of-project"]]);
    expect(repository.reported[0]?.why).toContain('"hook 1" 1');
  });

  it.each([
    ["it has another URL", { url: "https://else.example" }],
    ["it is inactive", { active: false }],
  ])("is not reported if %s", async (_case, changes) => {
    const repository = createRepository([{ ...createHook("1", URL_NEW), scope: "project", ...changes }]);
    await repository.ensure();
    expect(repository.codes()).toEqual([]);
  });

  it("leads to one warning per process if the server does not show such webhooks", async () => {
    const repository = createRepository([]);
    Object.assign(repository.api.bitbucket("datacenter").webhooks, { projectWebhooks: () => "unseen" });
    await repository.ensure();
    await repository.ensure({ input: { ...input, url: "https://second.example" } });
    expect(repository.codes()).toEqual(["webhook-of-project-not-checked"]);
  });
});

describe("a create whose response is lost", () => {
  it.each<[string, CreateFailure, string[]]>([
    ["returns the webhook if the request was executed", { executed: true, isKnown: false }, ["create"]],
    ["creates again, once, if the request was not executed", { executed: false, isKnown: false }, ["create", "create"]],
  ])("%s", async (_case, failure, changes) => {
    const repository = createRepository([], [failure]);
    const webhook = await repository.ensure();
    expect([repository.changes, repository.codes(), webhook.url]).toEqual([changes, [], URL_NEW]);
  });

  it.each<[string, CreateFailure]>([
    ["may still be running", { executed: false, isKnown: false, isTimeout: true }],
    ["was certainly not executed", { executed: false, isKnown: true }],
  ])("fails without a second create if the request %s", async (_case, failure) => {
    const repository = createRepository([], [failure]);
    await expect(repository.ensure()).rejects.toMatchObject({ diagnostic: { code: "remote-unreachable" } });
    expect(repository.changes).toEqual(["create"]);
  });
});
