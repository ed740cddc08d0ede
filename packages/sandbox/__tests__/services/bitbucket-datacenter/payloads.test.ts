/** The payloads of deliveries: pushes, pull requests, differences between versions, and repositories that were renamed or moved. */
import { type ServiceWithReceiver, startServiceWithReceiver, TARGET } from "./service-with-receiver";

let setup: ServiceWithReceiver;
beforeEach(async () => {
  setup = await startServiceWithReceiver();
});
afterEach(() => setup.stop());

describe("a push", () => {
  it("contains the new and the previous head, the commits, and the user who pushed", async () => {
    await setup.createWebhook();
    const commit = "a".repeat(40);
    expect((await setup.push({ commit, message: "First change" })).commit).toBe(commit);
    const second = (await setup.push()).commit as string;
    const [first, next] = setup.receiver.payloads();
    expect(Object.keys(first as object).sort()).toEqual(["actor", "changes", "commits", "date", "eventKey", "repository", "toCommit"]);
    expect(first).toMatchObject({
      eventKey: "repo:refs_changed",
      actor: { name: "sandbox-developer", slug: "sandbox-developer", type: "NORMAL", active: true },
      repository: { slug: "infra", name: "Infra", project: { key: "PLAT", type: "NORMAL" }, scmId: "git" },
      toCommit: { id: commit, displayId: commit.slice(0, 11), message: "First change", committerTimestamp: expect.any(Number) },
    });
    expect(first.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    const ref = { id: "refs/heads/main", displayId: "main", type: "BRANCH" };
    expect(first.changes).toEqual([
      { ref, refId: "refs/heads/main", fromHash: expect.stringMatching(/^[0-9a-f]{40}$/), toHash: commit, type: "UPDATE" },
    ]);
    expect(next.changes).toMatchObject([{ fromHash: commit, toHash: second }]);
    expect(next.commits).toMatchObject([{ id: second, parents: [{ id: commit }] }]);
  });

  it("to a new branch has the type ADD", async () => {
    await setup.createWebhook();
    await setup.push({ branch: "feature/x" });
    expect(setup.receiver.payloads()[0].changes).toMatchObject([
      { type: "ADD", fromHash: "0".repeat(40), ref: { displayId: "feature/x" } },
    ]);
  });

  it.each<[{ project?: string; namespace?: string; repository: string }, string]>([
    [{ project: "plat", repository: "infra" }, "PLAT"],
    [{ namespace: "PLAT", repository: "INFRA" }, "PLAT"],
    [{ project: "~ada", repository: "dotfiles" }, "~ada"],
  ])("accepts %j as its repository", async (at, key) => {
    await setup.createWebhook({}, `/projects/${at.project ?? at.namespace ?? ""}/repos/${at.repository}/webhooks`);
    await setup.server.control("push", { ...at, branch: "main" });
    expect(setup.receiver.payloads()[0].repository.project.key).toBe(key);
  });

  it.each<[object, RegExp]>([
    [{ project: "NONE" }, /No project "NONE" with repositories exists\. Known: PLAT, WEB/],
    [{ repository: "none" }, /PLAT has no repository "none"\. Known: infra, billing/],
    [{ workspace: "PLAT" }, /Unknown field "workspace"\. Known fields: project, namespace, repository/],
    [{ commit: "abc" }, /"commit" must have 40 hex digits/],
  ])("with %j is rejected with the valid values", async (wrong, message) => {
    await expect(setup.push(wrong)).rejects.toThrow(message);
  });
});

describe("a pull request", () => {
  it("is opened after a push of its source branch, with a complete payload", async () => {
    await setup.createWebhook();
    const { id, state } = await setup.changePullRequest({ action: "created", source: "feature", title: "More", description: "Why" });
    expect([id, state]).toEqual([1, "OPEN"]);
    expect(setup.receiver.eventKeys()).toEqual(["repo:refs_changed", "pr:opened"]);
    const [, opened] = setup.receiver.payloads();
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
  ])("that is %s delivers %j and becomes %s", async (action, events, state) => {
    const { id } = await setup.changePullRequest({ action: "created", source: "feature" });
    await setup.createWebhook();
    expect((await setup.changePullRequest({ action, id })).state).toBe(state);
    expect(setup.receiver.eventKeys()).toEqual(events);
    expect(setup.receiver.payloads().map(({ eventKey }) => eventKey as string)).toEqual(events);
    expect(setup.receiver.payloads().at(-1).pullRequest).toMatchObject({ state, version: 1, closed: state !== "OPEN" });
  });

  it("that gets a new commit delivers the push and the update of its source branch, and a new title adds the modification", async () => {
    const { id } = await setup.changePullRequest({ action: "created", source: "feature", title: "Good" });
    await setup.createWebhook();
    const commit = "b".repeat(40);
    await setup.changePullRequest({ action: "updated", id, commit, title: "Better" });
    expect(setup.receiver.eventKeys()).toEqual(["repo:refs_changed", "pr:from_ref_updated", "pr:modified"]);
    const [pushed, updated, modified] = setup.receiver.payloads();
    expect(updated.previousFromHash).toBe(pushed.changes[0].fromHash);
    expect(updated.pullRequest.fromRef.latestCommit).toBe(commit);
    expect(modified).toMatchObject({
      previousTitle: "Good",
      previousDescription: "",
      previousTarget: { id: "refs/heads/main", displayId: "main", type: "BRANCH", latestCommit: expect.any(String) },
      previousDraft: false,
      pullRequest: { title: "Better" },
    });
    await setup.push({ branch: "feature" });
    expect(setup.receiver.eventKeys().slice(3)).toEqual(["repo:refs_changed", "pr:from_ref_updated"]);
  });

  it("contains the reviewer or comment in the events for them", async () => {
    const { id } = await setup.changePullRequest({ action: "created", source: "feature" });
    await setup.createWebhook();
    await setup.changePullRequest({ action: "approved", id });
    await setup.changePullRequest({ action: "unapproved", id });
    await setup.changePullRequest({ action: "comment", id, message: "Well done" });
    const [approved, unapproved, comment] = setup.receiver.payloads();
    expect(approved).toMatchObject({
      actor: { name: "sandbox-reviewer" },
      previousStatus: "UNAPPROVED",
      participant: { role: "REVIEWER", approved: true, status: "APPROVED", lastReviewedCommit: expect.any(String) },
    });
    expect(unapproved).toMatchObject({ previousStatus: "APPROVED", participant: { approved: false, status: "UNAPPROVED" } });
    expect(comment.comment).toMatchObject({ id: expect.any(Number), version: 0, text: "Well done", comments: [], tasks: [] });
  });

  it("moves the target branch to the merge commit when merged", async () => {
    const { id } = await setup.changePullRequest({ action: "created", source: "feature" });
    await setup.createWebhook();
    const merged = await setup.changePullRequest({ action: "merged", id });
    const [pushed, mergedEvent] = setup.receiver.payloads();
    expect(pushed.changes).toMatchObject([{ ref: { displayId: "main" }, toHash: merged.commit }]);
    expect(mergedEvent.pullRequest.properties.mergeCommit).toEqual({
      id: merged.commit,
      displayId: (merged.commit as string).slice(0, 11),
    });
    expect(mergedEvent.pullRequest.closedDate).toEqual(expect.any(Number));
    expect((await setup.server.control("state")).projects[0].repositories[0].branches.main).toBe(merged.commit);
  });
});

describe("version", () => {
  const deliverAt = async (version: string) => {
    await setup.server.control("switches", { version });
    await setup.changePullRequest({ action: "created", source: "feature" });
    await setup.createWebhook({ events: ["repo:refs_changed", "pr:opened", "pr:modified"] });
    await setup.push();
    await setup.changePullRequest({ action: "updated", id: 1, commit: "c".repeat(40), title: "Other" });
    return setup.receiver.payloads();
  };
  const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

  it("10 writes times as strings", async () => {
    const [pushed, , modified] = await deliverAt("10.2");
    expect(modified.pullRequest.createdDate).toMatch(ISO);
    expect(pushed.toCommit.committerTimestamp).toMatch(ISO);
    expect(pushed.date).toMatch(/\+0000$/);
  });

  it("6 has no update of a source branch, no commits in a push, and no drafts", async () => {
    const payloads = await deliverAt("6.10");
    expect(setup.receiver.eventKeys()).toEqual(["repo:refs_changed", "repo:refs_changed", "pr:modified"]);
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
    await setup.createWebhook();
    const changed = await setup.server.control("repository", { ...TARGET, ...change });
    expect([changed.full_name, changed.hooks.length]).toEqual([name, 1]);
    const [project, repository] = (name ?? "").split("/");
    await setup.server.control("push", { project, repository, branch: "main" });
    expect(setup.receiver.eventKeys()).toEqual(["repo:refs_changed"]);
  });

  it("that is deleted and created again is a different repository", async () => {
    await setup.createWebhook();
    const { id } = await setup.server.control("repository", { ...TARGET, change: "delete" });
    const created = await setup.server.control("repository", { ...TARGET, change: "create" });
    expect(created).toMatchObject({ full_name: "PLAT/infra", hooks: [] });
    expect(created.id).not.toBe(id);
    await expect(setup.server.control("repository", { ...TARGET, change: "create" })).rejects.toThrow("PLAT/infra already exists");
  });
});
