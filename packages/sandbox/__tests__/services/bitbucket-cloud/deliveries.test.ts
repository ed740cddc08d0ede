/** Deliveries to a receiver that poses as the paired Spacelift: what arrives, what is tried again, and what is never sent. */
import { createHmac } from "node:crypto";
import { type ReceivedDelivery, type Receiver, startReceiver } from "../../receiver";
import { type Cloud, startCloud } from "./test-service";

const SECRET = "the-secret-of-the-hook";
const ALL = [
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
const AT = { workspace: "acme", repository: "infra" };

let receiver: Receiver;
let origin: string;
let received: readonly ReceivedDelivery[];
let cloud: Cloud;

beforeEach(async () => {
  receiver = await startReceiver();
  ({ origin, received } = receiver);
  cloud = await startCloud({ paired: [origin] });
});
afterEach(async () => {
  await cloud.stop();
  await receiver.stop();
});

const hook = async (changes: object = {}, path = "/repositories/acme/infra/hooks") => {
  const body = { url: `${origin}/hook`, events: ALL, secret: SECRET, ...changes };
  const answer = await cloud.ask("POST", path, { body });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body as { uuid: string };
};
const push = (changes: object = {}) => cloud.control("push", { ...AT, branch: "main", ...changes });
const pullRequest = (changes: object) => cloud.control("pull-request", { ...AT, ...changes });
const keys = () => receiver.eventKeys();
const payloads = () => receiver.payloads();

describe("a delivery", () => {
  it("carries Bitbucket's headers and a signature of the raw body", async () => {
    const { uuid } = await hook();
    const answer = await push();
    expect(answer.deliveries).toMatchObject([
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

  it("has no signature without a secret, and none after the secret was removed", async () => {
    const { uuid } = await hook();
    await push();
    const body = { url: `${origin}/hook`, events: ALL, secret: null };
    await cloud.ask("PUT", `/repositories/acme/infra/hooks/${uuid}`, { body });
    await push();
    expect(received.map(({ headers }) => headers["x-hub-signature"] !== undefined)).toEqual([true, false]);
  });

  it("signs as Atlassian's published example says", () => {
    const signature = createHmac("sha256", "It's a Secret to Everybody").update("Hello World!").digest("hex");
    expect(signature).toBe("a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9");
  });

  it.each<[string, readonly number[], readonly number[], string]>([
    ["2xx", [204], [204], "delivered"],
    ["4xx, which is not tried again", [401], [401], "delivered"],
    ["a redirect, which is not followed", [302], [302], "delivered"],
    ["5xx, then success", [503, 200], [503, 200], "delivered"],
    ["5xx three times", [500, 502, 503], [500, 502, 503], "failed"],
    ["a cut connection, which is not tried again", [-1], [0], "failed"],
  ])("answered with %s", async (_, given, expected, outcome) => {
    await hook();
    receiver.statuses = [...given];
    const [delivery] = (await push()).deliveries;
    expect(delivery.attempts.map((one: { status: number }) => one.status)).toEqual(expected);
    expect(delivery.outcome).toBe(outcome);
    expect(received.map(({ headers }) => headers["x-attempt-number"])).toEqual(expected.map((_status, index) => String(index + 1)));
    expect(new Set(received.map(({ headers }) => headers["x-request-uuid"])).size).toBe(1);
  });

  it("gives up after the time that the receiver has, and does not try again", async () => {
    await hook();
    await cloud.control("switches", { "delivery-timeout": 100 });
    receiver.statuses = [0];
    const [delivery] = (await push()).deliveries;
    expect(delivery).toMatchObject({ outcome: "failed", attempts: [{ status: 0, error: "no response within 100 ms" }] });
    expect(received).toHaveLength(1);
  });

  it("above 256 KB is not sent", async () => {
    await hook();
    expect((await push({ message: "m".repeat(256 * 1024) })).deliveries).toMatchObject([{ outcome: "too-large", attempts: [] }]);
    expect(received).toEqual([]);
  });

  it("to any other address is recorded, never sent", async () => {
    await cloud.control("switches", { "webhook-urls": "any" });
    const other = `http://127.0.0.1:${String(Number(new URL(origin).port) === 65535 ? 1024 : Number(new URL(origin).port) + 1)}/hook`;
    await hook({ url: "https://hooks.example/x" });
    await hook({ url: other });
    expect((await push()).deliveries.map((one: { outcome: string }) => one.outcome)).toEqual(["recorded", "recorded"]);
    expect(received).toEqual([]);
    expect((await cloud.control("deliveries")).map((one: { url: string }) => one.url)).toEqual(["https://hooks.example/x", other]);
  });

  it("goes to active webhooks that subscribed, of repository and workspace, and the answer says why others got none", async () => {
    await hook({ url: `${origin}/active` });
    await hook({ url: `${origin}/inactive`, active: false });
    await hook({ url: `${origin}/other-event`, events: ["repo:fork"] });
    await hook({ url: `${origin}/other-repository` }, "/repositories/acme/billing/hooks");
    await hook({ url: `${origin}/workspace` }, "/workspaces/acme/hooks");
    const outcomes = (await push()).deliveries.map((one: { url: string; outcome: string }) => [new URL(one.url).pathname, one.outcome]);
    expect(outcomes).toEqual([
      ["/active", "delivered"],
      ["/inactive", "inactive"],
      ["/other-event", "not-subscribed"],
      ["/workspace", "delivered"],
    ]);
    expect(received.map(({ path }) => path)).toEqual(["/active", "/workspace"]);
  });

  it("is listed with headers and payload, without the secret, until it is cleared", async () => {
    await hook();
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
  it("tells the new head and the one before", async () => {
    await hook();
    const commit = "a".repeat(40);
    expect((await push({ commit, message: "First <change>" })).commit).toBe(commit);
    const second = (await push()).commit as string;
    const [one, two] = payloads();
    expect(Object.keys(one as object).sort()).toEqual(["actor", "push", "repository"]);
    expect(one.push.changes).toHaveLength(1);
    expect(one.push.changes[0]).toMatchObject({
      new: { type: "branch", name: "main", target: { type: "commit", hash: commit, message: "First <change>" } },
      created: false,
      closed: false,
      forced: false,
      truncated: false,
      commits: [{ hash: commit, summary: { html: "<p>First &lt;change&gt;</p>" } }],
    });
    expect(one.push.changes[0].old.target.hash).toMatch(/^[0-9a-f]{40}$/);
    expect(two.push.changes[0]).toMatchObject({
      new: { target: { hash: second, parents: [{ hash: commit }] } },
      old: { target: { hash: commit } },
    });
    expect(one.repository).toMatchObject({ full_name: "acme/infra", name: "Infra", project: { key: "PLAT" } });
    expect(one.repository).not.toHaveProperty("slug");
    expect(one.repository).not.toHaveProperty("mainbranch");
  });

  it("names its repository with the word of either product", async () => {
    await hook();
    await cloud.control("push", { namespace: "acme", repository: "infra", branch: "main" });
    expect(payloads()[0].repository.full_name).toBe("acme/infra");
  });

  it("to a new branch has no old head", async () => {
    await hook();
    await push({ branch: "feature/x" });
    expect(payloads()[0].push.changes[0]).toMatchObject({ created: true, old: null, new: { name: "feature/x", target: { parents: [] } } });
  });
});

describe("a pull request", () => {
  it("is created after its source branch was pushed, and its payload is complete", async () => {
    await hook();
    const { id, state } = await pullRequest({ action: "created", source: "feature", title: "More" });
    expect([id, state]).toEqual([1, "OPEN"]);
    expect(keys()).toEqual(["repo:push", "pullrequest:created"]);
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
    expect(keys()).toEqual(["repo:push", "pullrequest:created", "pullrequest:created"]);
  });

  it.each<[string, readonly string[], string]>([
    ["updated", ["pullrequest:updated"], "OPEN"],
    ["approved", ["pullrequest:approved"], "OPEN"],
    ["unapproved", ["pullrequest:unapproved"], "OPEN"],
    ["comment", ["pullrequest:comment_created"], "OPEN"],
    ["declined", ["pullrequest:rejected"], "DECLINED"],
    ["merged", ["repo:push", "pullrequest:fulfilled"], "MERGED"],
  ])("%s delivers %j and is %s", async (action, events, state) => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await hook();
    expect((await pullRequest({ action, id })).state).toBe(state);
    expect(keys()).toEqual(events);
    expect(payloads().at(-1).pullrequest.state).toBe(state);
  });

  it("with a new commit delivers the push, and push and update of the pull request", async () => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await hook();
    const commit = "b".repeat(40);
    await pullRequest({ action: "updated", id, commit, title: "Better" });
    expect(keys()).toEqual(["repo:push", "pullrequest:push", "pullrequest:updated"]);
    expect(payloads()[2].pullrequest).toMatchObject({ title: "Better", source: { commit: { hash: "b".repeat(12) } } });
  });

  it("hears of a push to its source branch, whoever pushed", async () => {
    await pullRequest({ action: "created", source: "feature" });
    await hook();
    const { deliveries } = await push({ branch: "feature" });
    expect(keys()).toEqual(["repo:push", "pullrequest:push", "pullrequest:updated"]);
    expect(deliveries).toHaveLength(3);
  });

  it("gets a description and another target", async () => {
    await push({ branch: "next" });
    const { id } = await pullRequest({ action: "created", source: "feature", description: "Why" });
    await hook();
    expect((await pullRequest({ action: "modified", id, target: "next" })).target).toBe("next");
    expect(payloads()[0].pullrequest).toMatchObject({ description: "Why", destination: { branch: { name: "next" } } });
    await expect(pullRequest({ action: "modified", id, target: "nowhere" })).rejects.toThrow('acme/infra has no branch "nowhere"');
  });

  it("shows approval and comment in events about them", async () => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await hook();
    await pullRequest({ action: "approved", id });
    await pullRequest({ action: "comment", id, message: "Well done" });
    const [approved, comment] = payloads();
    expect(approved.approval).toMatchObject({ date: expect.any(String), user: { type: "user" } });
    expect(approved.pullrequest.participants).toMatchObject([{ approved: true }]);
    expect(comment.comment).toMatchObject({ id: 1, content: { raw: "Well done" }, deleted: false, pullrequest: { id } });
    expect(comment.pullrequest.comment_count).toBe(1);
  });

  it("that is merged moves the target branch to the merge commit", async () => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await hook();
    const merged = await pullRequest({ action: "merged", id });
    const [pushed, fulfilled] = payloads();
    expect(pushed.push.changes[0].new).toMatchObject({ name: "main", target: { hash: merged.commit } });
    expect(fulfilled.pullrequest.merge_commit.hash).toBe((merged.commit as string).slice(0, 12));
    expect(fulfilled.pullrequest.closed_by).toMatchObject({ type: "user" });
    expect((await cloud.control("state")).workspaces[0].repositories[0].branches.main).toBe(merged.commit);
  });
});
