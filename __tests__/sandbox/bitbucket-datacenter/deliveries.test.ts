/** Deliveries of Bitbucket Data Center to a receiver that poses as the paired Spacelift: what arrives, and when nothing is sent. */
import { createHmac } from "node:crypto";
import { selfSignedCertificate } from "../../../sandbox/certificate";
import { type Received, type Receiver, startReceiver } from "../receiver";
import { basic, type Datacenter, startDatacenter } from "./datacenter";

const SECRET = "the-secret-of-the-hook";
const ALL = [
  "repo:refs_changed",
  "pr:opened",
  "pr:from_ref_updated",
  "pr:modified",
  "pr:reviewer:approved",
  "pr:reviewer:unapproved",
  "pr:comment:added",
  "pr:declined",
  "pr:merged",
];
const AT = { project: "PLAT", repository: "infra" };
const HOOKS = "/projects/PLAT/repos/infra/webhooks";

let receiver: Receiver;
let origin: string;
let received: readonly Received[];
let server: Datacenter;

beforeEach(async () => {
  receiver = await startReceiver();
  ({ origin, received } = receiver);
  server = await startDatacenter({ paired: [origin] });
});
afterEach(async () => {
  await server.stop();
  await receiver.stop();
});

const hook = async (changes: object = {}, path = HOOKS) => {
  const body = { name: "Spacelift", url: `${origin}/hook`, events: ALL, configuration: { secret: SECRET }, ...changes };
  const answer = await server.ask("POST", path, { body });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body as { readonly id: number };
};
const push = (changes: object = {}) => server.control("push", { ...AT, branch: "main", ...changes });
const pullRequest = (changes: object) => server.control("pull-request", { ...AT, ...changes });
const outcomes = (answer: { deliveries: { outcome: string }[] }) => answer.deliveries.map(({ outcome }) => outcome);

describe("a delivery", () => {
  it("carries Data Center's headers and a signature of the raw body", async () => {
    const { id } = await hook();
    const answer = await push();
    expect(answer.deliveries).toMatchObject([
      { hook: id, event: "repo:refs_changed", outcome: "delivered", attempts: [{ number: 1, status: 200 }] },
    ]);
    expect(received).toHaveLength(1);
    const [{ path, headers, body }] = received as [Received];
    expect(path).toBe("/hook");
    expect(headers).toMatchObject({
      "x-event-key": "repo:refs_changed",
      "content-type": "application/json; charset=utf-8",
      "x-hub-signature": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
    });
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["user-agent"]).toMatch(/^Atlassian HttpClient \S+ \/ Bitbucket-9\.\d+\.\d+ \(9\d{6}\) \/ Default$/);
    for (const absent of ["x-hook-uuid", "x-request-uuid", "x-attempt-number", "authorization"]) expect(headers[absent]).toBeUndefined();
  });

  it("has no signature without a secret, and none after a PUT that left it out", async () => {
    const { id } = await hook();
    await push();
    await server.ask("PUT", `${HOOKS}/${String(id)}`, { body: { url: `${origin}/hook`, events: ALL } });
    await push();
    expect(received.map(({ headers }) => headers["x-hub-signature"] !== undefined)).toEqual([true, false]);
  });

  it("carries the webhook's user name and password, which the control path does not show", async () => {
    await hook({ credentials: { username: "proxy", password: "open-sesame" } });
    await push();
    expect(received[0]?.headers.authorization).toBe(basic("proxy", "open-sesame"));
    const shown = JSON.stringify([await server.control("deliveries"), await server.control("state"), await server.control("requests")]);
    for (const secret of [SECRET, "open-sesame", basic("proxy", "open-sesame").slice(6)]) expect(shown).not.toContain(secret);
    expect(shown).toMatch(/"Authorization":"sha256:[0-9a-f]{16}"/);
  });

  it.each<[string, number, number, string]>([
    ["2xx", 204, 204, "delivered"],
    ["4xx", 401, 401, "delivered"],
    ["a redirect, which is not followed", 302, 302, "delivered"],
    ["5xx", 503, 503, "failed"],
    ["a cut connection", -1, 0, "failed"],
  ])("answered with %s is sent once and never again", async (_, given, status, outcome) => {
    await hook();
    receiver.answers = [given];
    expect((await push()).deliveries).toMatchObject([{ outcome, attempts: [{ number: 1, status }] }]);
    expect(received).toHaveLength(1);
  });

  it("gives up after the time that the receiver has", async () => {
    await hook();
    await server.control("switches", { "delivery-timeout": 100 });
    receiver.answers = [0];
    expect((await push()).deliveries).toMatchObject([{ outcome: "failed", attempts: [{ status: 0, error: "no answer within 100 ms" }] }]);
  });

  it("goes to active webhooks that subscribed, of the repository and of its project, and the answer says why others got none", async () => {
    await hook({ url: `${origin}/active` });
    await hook({ url: `${origin}/inactive`, active: false });
    await hook({ url: `${origin}/other-event`, events: ["repo:forked"] });
    await hook({ url: "https://hooks.example/elsewhere" });
    await hook({ url: `${origin}/other-repository` }, "/projects/PLAT/repos/billing/webhooks");
    await hook({ url: `${origin}/project` }, "/projects/PLAT/webhooks");
    const told = (await push()).deliveries.map((one: { url: string; outcome: string }) => [new URL(one.url).pathname, one.outcome]);
    expect(told).toEqual([
      ["/active", "delivered"],
      ["/inactive", "inactive"],
      ["/other-event", "not-subscribed"],
      ["/elsewhere", "recorded"],
      ["/project", "delivered"],
    ]);
    expect(received.map(({ path }) => path)).toEqual(["/active", "/project"]);
    await server.control("push", { ...AT, repository: "billing", branch: "trunk" });
    expect(received.map(({ path }) => path)).toEqual(["/active", "/project", "/other-repository", "/project"]);
  });

  it("is listed with headers and payload until it is cleared", async () => {
    await hook();
    await push();
    expect(await server.control("deliveries")).toMatchObject([
      {
        event: "repo:refs_changed",
        repository: "PLAT/infra",
        payload: receiver.payloads()[0],
        headers: { "X-Event-Key": "repo:refs_changed" },
      },
    ]);
    await server.control("reset", {});
    expect(await server.control("deliveries")).toEqual([]);
  });
});

describe("verification of certificates", () => {
  it.each<[boolean, string, RegExp | null]>([
    [true, "failed", /self-signed/],
    [false, "delivered", null],
  ])("is on or off as sslVerificationRequired says: %s", async (sslVerificationRequired, outcome, error) => {
    const secure = await startReceiver(selfSignedCertificate());
    const paired = await startDatacenter({ paired: [secure.origin] });
    const body = { url: `${secure.origin}/hook`, events: ALL, sslVerificationRequired };
    await paired.ask("POST", HOOKS, { body });
    const [delivery] = (await paired.control("push", { ...AT, branch: "main" })).deliveries;
    await Promise.all([paired.stop(), secure.stop()]);
    expect(delivery.outcome).toBe(outcome);
    if (error !== null) expect(delivery.attempts[0].error).toMatch(error);
  });
});

describe("the circuit breaker", () => {
  const fail = async (times: number, status: number) => {
    receiver.answers = Array.from({ length: times }, () => status);
    const seen: string[] = [];
    for (let time = 0; time < times; time++) seen.push(...outcomes(await push()));
    return seen;
  };

  it.each([
    ["answers that are no success", 401, "delivered"],
    ["no answers", -1, "failed"],
  ])("leaves a webhook alone for 10 s after five %s, and then tries again", async (_, status, outcome) => {
    await hook();
    expect(await fail(5, status)).toEqual([outcome, outcome, outcome, outcome, outcome]);
    receiver.answers = [];
    expect(outcomes(await push())).toEqual(["skipped"]);
    expect(received).toHaveLength(5);
    await server.control("clock", { advanceSeconds: 10 });
    expect(outcomes(await push())).toEqual(["delivered"]);
    expect(received).toHaveLength(6);
  });

  it("waits longer each time, and starts anew after a success", async () => {
    await hook();
    await fail(5, 500);
    await server.control("clock", { advanceSeconds: 10 });
    expect(await fail(1, 500)).toEqual(["failed"]);
    await server.control("clock", { advanceSeconds: 10 });
    expect(outcomes(await push())).toEqual(["skipped"]);
    await server.control("clock", { advanceSeconds: 10 });
    expect(outcomes(await push())).toEqual(["delivered"]);
    expect(await fail(4, 500)).toEqual(["failed", "failed", "failed", "failed"]);
    expect(outcomes(await push())).toEqual(["delivered"]);
  });

  it("is of one webhook, and can be switched off", async () => {
    await hook();
    await fail(5, 500);
    await hook({ url: `${origin}/other` });
    expect(outcomes(await push())).toEqual(["skipped", "delivered"]);
    await server.control("switches", { "circuit-breaker": "off" });
    expect(outcomes(await push())).toEqual(["delivered", "delivered"]);
  });
});

describe("a push", () => {
  it("tells the new head and the one before, and who pushed what", async () => {
    await hook();
    const commit = "a".repeat(40);
    expect((await push({ commit, message: "First change" })).commit).toBe(commit);
    const second = (await push()).commit as string;
    const [one, two] = receiver.payloads();
    expect(Object.keys(one as object).sort()).toEqual(["actor", "changes", "commits", "date", "eventKey", "repository", "toCommit"]);
    expect(one).toMatchObject({
      eventKey: "repo:refs_changed",
      actor: { name: "sandbox-developer", slug: "sandbox-developer", type: "NORMAL", active: true },
      repository: { slug: "infra", name: "Infra", project: { key: "PLAT", type: "NORMAL" }, scmId: "git" },
      toCommit: { id: commit, displayId: commit.slice(0, 11), message: "First change", committerTimestamp: expect.any(Number) },
    });
    expect(one.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    const ref = { id: "refs/heads/main", displayId: "main", type: "BRANCH" };
    expect(one.changes).toEqual([
      { ref, refId: "refs/heads/main", fromHash: expect.stringMatching(/^[0-9a-f]{40}$/), toHash: commit, type: "UPDATE" },
    ]);
    expect(two.changes).toMatchObject([{ fromHash: commit, toHash: second }]);
    expect(two.commits).toMatchObject([{ id: second, parents: [{ id: commit }] }]);
  });

  it("to a new branch adds it", async () => {
    await hook();
    await push({ branch: "feature/x" });
    expect(receiver.payloads()[0].changes).toMatchObject([{ type: "ADD", fromHash: "0".repeat(40), ref: { displayId: "feature/x" } }]);
  });

  it.each<[{ project?: string; namespace?: string; repository: string }, string]>([
    [{ project: "plat", repository: "infra" }, "PLAT"],
    [{ namespace: "PLAT", repository: "INFRA" }, "PLAT"],
    [{ project: "~ada", repository: "dotfiles" }, "~ada"],
  ])("finds its repository by %j", async (at, key) => {
    await hook({}, `/projects/${at.project ?? at.namespace ?? ""}/repos/${at.repository}/webhooks`);
    await server.control("push", { ...at, branch: "main" });
    expect(receiver.payloads()[0].repository.project.key).toBe(key);
  });

  it.each<[object, RegExp]>([
    [{ project: "NONE" }, /There is no project "NONE" with repositories\. There are: PLAT, WEB/],
    [{ repository: "none" }, /PLAT has no repository "none"\. It has: infra, billing/],
    [{ workspace: "PLAT" }, /There is no field "workspace"\. The fields are: project, namespace, repository/],
    [{ commit: "abc" }, /"commit" has 40 hex digits/],
  ])("that says %j is told what would be right", async (wrong, message) => {
    await expect(push(wrong)).rejects.toThrow(message);
  });
});

describe("a pull request", () => {
  it("is opened after its source branch was pushed, and its payload is complete", async () => {
    await hook();
    const { id, state } = await pullRequest({ action: "created", source: "feature", title: "More", description: "Why" });
    expect([id, state]).toEqual([1, "OPEN"]);
    expect(receiver.keys()).toEqual(["repo:refs_changed", "pr:opened"]);
    const [, opened] = receiver.payloads();
    expect(Object.keys(opened as object).sort()).toEqual(["actor", "date", "eventKey", "pullRequest"]);
    expect(opened.pullRequest).toMatchObject({
      id: 1,
      version: 0,
      title: "More",
      description: "Why",
      state: "OPEN",
      open: true,
      closed: false,
      draft: false,
      locked: false,
      createdDate: expect.any(Number),
      updatedDate: expect.any(Number),
      fromRef: { id: "refs/heads/feature", displayId: "feature", type: "BRANCH", repository: { slug: "infra" } },
      toRef: { id: "refs/heads/main", displayId: "main", repository: { project: { key: "PLAT" } } },
      author: { role: "AUTHOR", status: "UNAPPROVED" },
    });
    expect(opened.pullRequest.fromRef.latestCommit).toMatch(/^[0-9a-f]{40}$/);
    expect(opened.pullRequest).not.toHaveProperty("closedDate");
  });

  it.each<[string, readonly string[], string]>([
    ["updated", ["pr:modified"], "OPEN"],
    ["modified", ["pr:modified"], "OPEN"],
    ["approved", ["pr:reviewer:approved"], "OPEN"],
    ["unapproved", ["pr:reviewer:unapproved"], "OPEN"],
    ["comment", ["pr:comment:added"], "OPEN"],
    ["declined", ["pr:declined"], "DECLINED"],
    ["merged", ["repo:refs_changed", "pr:merged"], "MERGED"],
  ])("%s delivers %j and is %s", async (action, events, state) => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await hook();
    expect((await pullRequest({ action, id })).state).toBe(state);
    expect(receiver.keys()).toEqual(events);
    expect(receiver.payloads().map(({ eventKey }) => eventKey as string)).toEqual(events);
    expect(receiver.payloads().at(-1).pullRequest).toMatchObject({ state, version: 1, closed: state !== "OPEN" });
  });

  it("with a new commit delivers the push and the update of its source branch, and with a title the modification as well", async () => {
    const { id } = await pullRequest({ action: "created", source: "feature", title: "Good" });
    await hook();
    const commit = "b".repeat(40);
    await pullRequest({ action: "updated", id, commit, title: "Better" });
    expect(receiver.keys()).toEqual(["repo:refs_changed", "pr:from_ref_updated", "pr:modified"]);
    const [pushed, updated, modified] = receiver.payloads();
    expect(updated.previousFromHash).toBe(pushed.changes[0].fromHash);
    expect(updated.pullRequest.fromRef.latestCommit).toBe(commit);
    expect(modified).toMatchObject({
      previousTitle: "Good",
      previousDescription: "",
      previousTarget: { id: "refs/heads/main", displayId: "main", type: "BRANCH", latestCommit: expect.any(String) },
      previousDraft: false,
      pullRequest: { title: "Better" },
    });
    await push({ branch: "feature" });
    expect(receiver.keys().slice(3)).toEqual(["repo:refs_changed", "pr:from_ref_updated"]);
  });

  it("shows reviewer and comment in events about them", async () => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await hook();
    await pullRequest({ action: "approved", id });
    await pullRequest({ action: "unapproved", id });
    await pullRequest({ action: "comment", id, message: "Well done" });
    const [approved, unapproved, comment] = receiver.payloads();
    expect(approved).toMatchObject({
      previousStatus: "UNAPPROVED",
      participant: { role: "REVIEWER", approved: true, status: "APPROVED", lastReviewedCommit: expect.any(String) },
    });
    expect(unapproved).toMatchObject({ previousStatus: "APPROVED", participant: { approved: false, status: "UNAPPROVED" } });
    expect(comment.comment).toMatchObject({ id: expect.any(Number), version: 0, text: "Well done", comments: [], tasks: [] });
  });

  it("that is merged moves the target branch to the merge commit", async () => {
    const { id } = await pullRequest({ action: "created", source: "feature" });
    await hook();
    const merged = await pullRequest({ action: "merged", id });
    const [pushed, told] = receiver.payloads();
    expect(pushed.changes).toMatchObject([{ ref: { displayId: "main" }, toHash: merged.commit }]);
    expect(told.pullRequest.properties.mergeCommit).toEqual({ id: merged.commit, displayId: (merged.commit as string).slice(0, 11) });
    expect(told.pullRequest.closedDate).toEqual(expect.any(Number));
    expect((await server.control("state")).projects[0].repositories[0].branches.main).toBe(merged.commit);
  });
});

describe("by version", () => {
  const pushedAt = async (version: string) => {
    await server.control("switches", { version });
    await pullRequest({ action: "created", source: "feature" });
    await hook({ events: ["repo:refs_changed", "pr:opened", "pr:modified"] });
    await push();
    await pullRequest({ action: "updated", id: 1, commit: "c".repeat(40), title: "Other" });
    return receiver.payloads();
  };
  const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

  it("10 writes times as text", async () => {
    const [pushed, , modified] = await pushedAt("10.2");
    expect(modified.pullRequest.createdDate).toMatch(ISO);
    expect(pushed.toCommit.committerTimestamp).toMatch(ISO);
    expect(pushed.date).toMatch(/\+0000$/);
  });

  it("6 knows no update of a source branch, no commits in a push and no drafts", async () => {
    const payloads = await pushedAt("6.10");
    expect(receiver.keys()).toEqual(["repo:refs_changed", "repo:refs_changed", "pr:modified"]);
    expect(payloads[0]).not.toHaveProperty("commits");
    expect(payloads[2]).not.toHaveProperty("previousDraft");
    expect(payloads[2].pullRequest.createdDate).toEqual(expect.any(Number));
  });
});

describe("a repository", () => {
  it.each<[string, object, string | undefined]>([
    ["renamed", { change: "rename", to: "Base" }, "PLAT/base"],
    ["moved to another project", { change: "transfer", to: "WEB" }, "WEB/infra"],
    ["hidden", { change: "hide" }, "PLAT/infra"],
  ])("that is %s keeps its webhooks", async (_, change, name) => {
    await hook();
    const shown = await server.control("repository", { ...AT, ...change });
    expect([shown.full_name, shown.hooks.length]).toEqual([name, 1]);
    const [project, repository] = (name ?? "").split("/");
    await server.control("push", { project, repository, branch: "main" });
    expect(receiver.keys()).toEqual(["repo:refs_changed"]);
  });

  it("that is deleted and made again is another one", async () => {
    await hook();
    const { id } = await server.control("repository", { ...AT, change: "delete" });
    const made = await server.control("repository", { ...AT, change: "create" });
    expect(made).toMatchObject({ full_name: "PLAT/infra", hooks: [] });
    expect(made.id).not.toBe(id);
    await expect(server.control("repository", { ...AT, change: "create" })).rejects.toThrow("PLAT/infra exists already");
  });
});
