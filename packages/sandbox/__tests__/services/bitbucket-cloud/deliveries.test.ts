/** Deliveries to a receiver that acts as the paired Spacelift: what arrives, what is retried, and what is never sent. */
import { createHmac } from "node:crypto";
import { type ReceivedDelivery, type Receiver, startReceiver } from "../../receiver";
import { type CloudTestService, startCloud } from "./test-service";

const SECRET = "the-secret-of-the-hook";
const ALL_EVENTS = [
  "repo:push",
  "pullrequest:created",
  "pullrequest:updated",
  "pullrequest:push",
  "pullrequest:approved",
  "pullrequest:unapproved",
  "pullrequest:fulfilled",
  "pullrequest:rejected",
  "pullrequest:comment_created",
];
const TARGET = { workspace: "acme", repository: "infra" };

let receiver: Receiver;
let origin: string;
let received: readonly ReceivedDelivery[];
let cloud: CloudTestService;

beforeEach(async () => {
  receiver = await startReceiver();
  ({ origin, received } = receiver);
  cloud = await startCloud({ paired: [origin] });
});
afterEach(async () => {
  await cloud.stop();
  await receiver.stop();
});

const createWebhook = async (changes: object = {}, path = "/repositories/acme/infra/hooks") => {
  const body = { url: `${origin}/hook`, events: ALL_EVENTS, secret: SECRET, ...changes };
  const response = await cloud.request("POST", path, { body });
  if (response.status !== 201) throw new Error(response.text);
  return response.body as { uuid: string };
};
const push = (changes: object = {}) => cloud.control("push", { ...TARGET, branch: "main", ...changes });
const pullRequest = (changes: object) => cloud.control("pull-request", { ...TARGET, ...changes });
const eventKeys = () => receiver.eventKeys();
const payloads = () => receiver.payloads();

describe("a delivery", () => {
  it("has Bitbucket's headers and a signature of the raw body", async () => {
    const { uuid } = await createWebhook();
    const response = await push();
    expect(response.deliveries).toMatchObject([
      { hook: uuid, event: "repo:push", outcome: "delivered", attempts: [{ number: 1, status: 200 }] },
    ]);
    expect(received).toHaveLength(1);
    const [{ path, headers, body }] = received as [ReceivedDelivery];
    expect(path).toBe("/hook");
    expect(headers).toMatchObject({
      "x-event-key": "repo:push",
      "x-hook-uuid": uuid.slice(1, -1),
      "x-attempt-number": "1",
      "content-type": "application/json",
      "user-agent": "Bitbucket-Webhooks/2.0",
      "x-hub-signature": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
    });
    expect(headers["x-request-uuid"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("has no signature without a secret, or after the secret was removed", async () => {
    const { uuid } = await createWebhook();
    await push();
    const body = { url: `${origin}/hook`, events: ALL_EVENTS, secret: null };
    await cloud.request("PUT", `/repositories/acme/infra/hooks/${uuid}`, { body });
    await push();
    expect(received.map(({ headers }) => headers["x-hub-signature"] !== undefined)).toEqual([true, false]);
  });

  it("is signed as in Atlassian's published example", () => {
    const signature = createHmac("sha256", "It's a Secret to Everybody").update("Hello World!").digest("hex");
    expect(signature).toBe("a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9");
  });

  it.each<[string, readonly number[], readonly number[], string]>([
    ["2xx", [204], [204], "delivered"],
    ["4xx, which is not retried", [401], [401], "delivered"],
    ["a redirect, which is not followed", [302], [302], "delivered"],
    ["5xx, then success", [503, 200], [503, 200], "delivered"],
    ["5xx three times", [500, 502, 503], [500, 502, 503], "failed"],
    ["a closed connection, which is not retried", [-1], [0], "failed"],
  ])("receives %s", async (_, given, expected, outcome) => {
    await createWebhook();
    receiver.statuses = [...given];
    const [delivery] = (await push()).deliveries;
    expect(delivery.attempts.map(({ status }: { status: number }) => status)).toEqual(expected);
    expect(delivery.outcome).toBe(outcome);
    expect(received.map(({ headers }) => headers["x-attempt-number"])).toEqual(expected.map((_status, index) => String(index + 1)));
    expect(new Set(received.map(({ headers }) => headers["x-request-uuid"])).size).toBe(1);
  });

  it("fails after the timeout and is not retried", async () => {
    await createWebhook();
    await cloud.control("switches", { "delivery-timeout": 100 });
    receiver.statuses = [0];
    const [delivery] = (await push()).deliveries;
    expect(delivery).toMatchObject({ outcome: "failed", attempts: [{ status: 0, error: "no response within 100 ms" }] });
    expect(received).toHaveLength(1);
  });

  it("of more than 256 KB is not sent", async () => {
    await createWebhook();
    expect((await push({ message: "m".repeat(256 * 1024) })).deliveries).toMatchObject([{ outcome: "too-large", attempts: [] }]);
    expect(received).toEqual([]);
  });

  it("to any other URL is recorded but never sent", async () => {
    await cloud.control("switches", { "webhook-urls": "any" });
    const port = Number(new URL(origin).port);
    const other = `http://127.0.0.1:${port === 65535 ? 1024 : port + 1}/hook`;
    await createWebhook({ url: "https://hooks.example/x" });
    await createWebhook({ url: other });
    expect((await push()).deliveries.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["recorded", "recorded"]);
    expect(received).toEqual([]);
    expect((await cloud.control("deliveries")).map(({ url }: { url: string }) => url)).toEqual(["https://hooks.example/x", other]);
  });

  it("goes to active, subscribed webhooks of repository and workspace, and the response explains the others", async () => {
    await createWebhook({ url: `${origin}/active` });
    await createWebhook({ url: `${origin}/inactive`, active: false });
    await createWebhook({ url: `${origin}/other-event`, events: ["repo:fork"] });
    await createWebhook({ url: `${origin}/other-repository` }, "/repositories/acme/billing/hooks");
    await createWebhook({ url: `${origin}/workspace` }, "/workspaces/acme/hooks");
    const outcomes = (await push()).deliveries.map(({ url, outcome }: { url: string; outcome: string }) => [
      new URL(url).pathname,
      outcome,
    ]);
    expect(outcomes).toEqual([
      ["/active", "delivered"],
      ["/inactive", "inactive"],
      ["/other-event", "not-subscribed"],
      ["/workspace", "delivered"],
    ]);
    expect(received.map(({ path }) => path)).toEqual(["/active", "/workspace"]);
  });

  it("is listed with headers and payload, without the secret, until a reset", async () => {
    await createWebhook();
    await push();
    const list = await cloud.control("deliveries");
    expect(list).toMatchObject([
      { event: "repo:push", repository: "acme/infra", payload: payloads()[0], headers: { "X-Event-Key": "repo:push" } },
    ]);
    expect(JSON.stringify(list)).not.toContain(SECRET);
    await cloud.control("reset", {});
    expect(await cloud.control("deliveries")).toEqual([]);
  });
});

describe("a push", () => {
  it("contains the new and the previous head", async () => {
    await createWebhook();
    const commit = "a".repeat(40);
    expect((await push({ commit, message: "First <change>" })).commit).toBe(commit);
    const second = (await push()).commit as string;
    const [first, next] = payloads();
    expect(Object.keys(first as object).sort()).toEqual(["actor", "push", "repository"]);
    expect(first.push.changes).toHaveLength(1);
    expect(first.push.changes[0]).toMatchObject({
      new: { type: "branch", name: "main", target: { type: "commit", hash: commit, message: "First <change>" } },
      created: false,
      closed: false,
      forced: false,
      truncated: false,
      commits: [{ hash: commit, summary: { html: "<p>First &lt;change&gt;</p>" } }],
    });
    expect(first.push.changes[0].old.target.hash).toMatch(/^[0-9a-f]{40}$/);
    expect(next.push.changes[0]).toMatchObject({
      new: { target: { hash: second, parents: [{ hash: commit }] } },
      old: { target: { hash: commit } },
    });
    expect(first.repository).toMatchObject({ full_name: "acme/infra", name: "Infra", project: { key: "PLAT" } });
    expect(first.repository).not.toHaveProperty("slug");
    expect(first.repository).not.toHaveProperty("mainbranch");
  });

  it("accepts the field namespace instead of workspace", async () => {
    await createWebhook();
    await cloud.control("push", { namespace: "acme", repository: "infra", branch: "main" });
    expect(payloads()[0].repository.full_name).toBe("acme/infra");
  });

  it("to a new branch has no previous head", async () => {
    await createWebhook();
    await push({ branch: "feature/x" });
    expect(payloads()[0].push.changes[0]).toMatchObject({ created: true, old: null, new: { name: "feature/x", target: { parents: [] } } });
  });
});

describe("a pull request", () => {
  it("is created after a push of its source branch, with a complete payload", async () => {
    await createWebhook();
    const { id, state } = await pullRequest({ action: "created", source: "feature", title: "More" });
    expect([id, state]).toEqual([1, "OPEN"]);
    expect(eventKeys()).toEqual(["repo:push", "pullrequest:created"]);
    const [, created] = payloads();
    expect(Object.keys(created as object).sort()).toEqual(["actor", "pullrequest", "repository"]);
    expect(created.pullrequest).toMatchObject({
      type: "pullrequest",
      id: 1,
      title: "More",
      state: "OPEN",
      merge_commit: null,
      closed_by: null,
      draft: false,
      source: { branch: { name: "feature" }, repository: { full_name: "acme/infra" } },
      destination: { branch: { name: "main" } },
    });
    expect(created.pullrequest.source.commit.hash).toMatch(/^[0-9a-f]{12}$/);
    expect((await pullRequest({ action: "created", source: "feature" })).id).toBe(2);
    expect(eventKeys()).toEqual(["repo:push", "pullrequest:created", "pullrequest:created"]);
  });

  it.each<[string, readonly string[], string]>([
    ["updated", ["pullrequest:updated"], "OPEN"],
    ["approved", ["pullrequest:approved"], "OPEN"],
    ["unapproved", ["pullrequest:unapproved"], "OPEN"],
    ["comment", ["pullrequest:comment_created"], "OPEN"],
    ["declined", ["pullrequest:rejected"], "DECLINED"],
    ["merged", ["repo:push", "pullrequest:fulfilled"], "MERGED"],
  ])("that is %s delivers %j and becomes %s", async (action, events, state) => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await createWebhook();
    expect((await pullRequest({ action, id })).state).toBe(state);
    expect(eventKeys()).toEqual(events);
    expect(payloads().at(-1).pullrequest.state).toBe(state);
  });

  it("that gets a new commit delivers the push, and the push and update of the pull request", async () => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await createWebhook();
    const commit = "b".repeat(40);
    await pullRequest({ action: "updated", id, commit, title: "Better" });
    expect(eventKeys()).toEqual(["repo:push", "pullrequest:push", "pullrequest:updated"]);
    expect(payloads()[2].pullrequest).toMatchObject({ title: "Better", source: { commit: { hash: "b".repeat(12) } } });
  });

  it("is updated by any push to its source branch", async () => {
    await pullRequest({ action: "created", source: "feature" });
    await createWebhook();
    const { deliveries } = await push({ branch: "feature" });
    expect(eventKeys()).toEqual(["repo:push", "pullrequest:push", "pullrequest:updated"]);
    expect(deliveries).toHaveLength(3);
  });

  it("can have a description and change its target", async () => {
    await push({ branch: "next" });
    const { id } = await pullRequest({ action: "created", source: "feature", description: "Why" });
    await createWebhook();
    expect((await pullRequest({ action: "modified", id, target: "next" })).target).toBe("next");
    expect(payloads()[0].pullrequest).toMatchObject({ description: "Why", destination: { branch: { name: "next" } } });
    await expect(pullRequest({ action: "modified", id, target: "nowhere" })).rejects.toThrow('acme/infra has no branch "nowhere"');
  });

  it("contains the approval or comment in the events for them", async () => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await createWebhook();
    await pullRequest({ action: "approved", id });
    await pullRequest({ action: "comment", id, message: "Well done" });
    const [approved, comment] = payloads();
    expect(approved.approval).toMatchObject({ date: expect.any(String), user: { type: "user" } });
    expect(approved.pullrequest.participants).toMatchObject([{ approved: true }]);
    expect(comment.comment).toMatchObject({ id: 1, content: { raw: "Well done" }, deleted: false, pullrequest: { id } });
    expect(comment.pullrequest.comment_count).toBe(1);
  });

  it("moves the target branch to the merge commit when merged", async () => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await createWebhook();
    const merged = await pullRequest({ action: "merged", id });
    const [pushed, fulfilled] = payloads();
    expect(pushed.push.changes[0].new).toMatchObject({ name: "main", target: { hash: merged.commit } });
    expect(fulfilled.pullrequest.merge_commit.hash).toBe((merged.commit as string).slice(0, 12));
    expect(fulfilled.pullrequest.closed_by).toMatchObject({ type: "user" });
    expect((await cloud.control("state")).workspaces[0].repositories[0].branches.main).toBe(merged.commit);
  });
});
