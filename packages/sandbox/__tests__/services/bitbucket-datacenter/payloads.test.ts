/** What deliveries of Bitbucket Data Center say: of pushes, of pull requests, by version, and after a repository was renamed or moved. */
import { AT, type Delivering, startDelivering } from "./service-with-receiver";

let playing: Delivering;
beforeEach(async () => {
  playing = await startDelivering();
});
afterEach(() => playing.stop());

describe("a push", () => {
  it("tells the new head and the one before, and who pushed what", async () => {
    await playing.hook();
    const commit = "a".repeat(40);
    expect((await playing.push({ commit, message: "First change" })).commit).toBe(commit);
    const second = (await playing.push()).commit as string;
    const [one, two] = playing.receiver.payloads();
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
    await playing.hook();
    await playing.push({ branch: "feature/x" });
    expect(playing.receiver.payloads()[0].changes).toMatchObject([
      { type: "ADD", fromHash: "0".repeat(40), ref: { displayId: "feature/x" } },
    ]);
  });

  it.each<[{ project?: string; namespace?: string; repository: string }, string]>([
    [{ project: "plat", repository: "infra" }, "PLAT"],
    [{ namespace: "PLAT", repository: "INFRA" }, "PLAT"],
    [{ project: "~ada", repository: "dotfiles" }, "~ada"],
  ])("finds its repository by %j", async (at, key) => {
    await playing.hook({}, `/projects/${at.project ?? at.namespace ?? ""}/repos/${at.repository}/webhooks`);
    await playing.server.control("push", { ...at, branch: "main" });
    expect(playing.receiver.payloads()[0].repository.project.key).toBe(key);
  });

  it.each<[object, RegExp]>([
    [{ project: "NONE" }, /No project "NONE" with repositories exists\. Known: PLAT, WEB/],
    [{ repository: "none" }, /PLAT has no repository "none"\. Known: infra, billing/],
    [{ workspace: "PLAT" }, /Unknown field "workspace"\. Known fields: project, namespace, repository/],
    [{ commit: "abc" }, /"commit" must have 40 hex digits/],
  ])("that says %j is told what would be right", async (wrong, message) => {
    await expect(playing.push(wrong)).rejects.toThrow(message);
  });
});

describe("a pull request", () => {
  it("is opened after its source branch was pushed, and its payload is complete", async () => {
    await playing.hook();
    const { id, state } = await playing.pullRequest({ action: "created", source: "feature", title: "More", description: "Why" });
    expect([id, state]).toEqual([1, "OPEN"]);
    expect(playing.receiver.eventKeys()).toEqual(["repo:refs_changed", "pr:opened"]);
    const [, opened] = playing.receiver.payloads();
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
    const { id } = await playing.pullRequest({ action: "created", source: "feature" });
    await playing.hook();
    expect((await playing.pullRequest({ action, id })).state).toBe(state);
    expect(playing.receiver.eventKeys()).toEqual(events);
    expect(playing.receiver.payloads().map(({ eventKey }) => eventKey as string)).toEqual(events);
    expect(playing.receiver.payloads().at(-1).pullRequest).toMatchObject({ state, version: 1, closed: state !== "OPEN" });
  });

  it("with a new commit delivers the push and the update of its source branch, and with a title the modification as well", async () => {
    const { id } = await playing.pullRequest({ action: "created", source: "feature", title: "Good" });
    await playing.hook();
    const commit = "b".repeat(40);
    await playing.pullRequest({ action: "updated", id, commit, title: "Better" });
    expect(playing.receiver.eventKeys()).toEqual(["repo:refs_changed", "pr:from_ref_updated", "pr:modified"]);
    const [pushed, updated, modified] = playing.receiver.payloads();
    expect(updated.previousFromHash).toBe(pushed.changes[0].fromHash);
    expect(updated.pullRequest.fromRef.latestCommit).toBe(commit);
    expect(modified).toMatchObject({
      previousTitle: "Good",
      previousDescription: "",
      previousTarget: { id: "refs/heads/main", displayId: "main", type: "BRANCH", latestCommit: expect.any(String) },
      previousDraft: false,
      pullRequest: { title: "Better" },
    });
    await playing.push({ branch: "feature" });
    expect(playing.receiver.eventKeys().slice(3)).toEqual(["repo:refs_changed", "pr:from_ref_updated"]);
  });

  it("shows reviewer and comment in events about them", async () => {
    const { id } = await playing.pullRequest({ action: "created", source: "feature" });
    await playing.hook();
    await playing.pullRequest({ action: "approved", id });
    await playing.pullRequest({ action: "unapproved", id });
    await playing.pullRequest({ action: "comment", id, message: "Well done" });
    const [approved, unapproved, comment] = playing.receiver.payloads();
    expect(approved).toMatchObject({
      actor: { name: "sandbox-reviewer" },
      previousStatus: "UNAPPROVED",
      participant: { role: "REVIEWER", approved: true, status: "APPROVED", lastReviewedCommit: expect.any(String) },
    });
    expect(unapproved).toMatchObject({ previousStatus: "APPROVED", participant: { approved: false, status: "UNAPPROVED" } });
    expect(comment.comment).toMatchObject({ id: expect.any(Number), version: 0, text: "Well done", comments: [], tasks: [] });
  });

  it("that is merged moves the target branch to the merge commit", async () => {
    const { id } = await playing.pullRequest({ action: "created", source: "feature" });
    await playing.hook();
    const merged = await playing.pullRequest({ action: "merged", id });
    const [pushed, told] = playing.receiver.payloads();
    expect(pushed.changes).toMatchObject([{ ref: { displayId: "main" }, toHash: merged.commit }]);
    expect(told.pullRequest.properties.mergeCommit).toEqual({ id: merged.commit, displayId: (merged.commit as string).slice(0, 11) });
    expect(told.pullRequest.closedDate).toEqual(expect.any(Number));
    expect((await playing.server.control("state")).projects[0].repositories[0].branches.main).toBe(merged.commit);
  });
});

describe("by version", () => {
  const pushedAt = async (version: string) => {
    await playing.server.control("switches", { version });
    await playing.pullRequest({ action: "created", source: "feature" });
    await playing.hook({ events: ["repo:refs_changed", "pr:opened", "pr:modified"] });
    await playing.push();
    await playing.pullRequest({ action: "updated", id: 1, commit: "c".repeat(40), title: "Other" });
    return playing.receiver.payloads();
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
    expect(playing.receiver.eventKeys()).toEqual(["repo:refs_changed", "repo:refs_changed", "pr:modified"]);
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
    await playing.hook();
    const shown = await playing.server.control("repository", { ...AT, ...change });
    expect([shown.full_name, shown.hooks.length]).toEqual([name, 1]);
    const [project, repository] = (name ?? "").split("/");
    await playing.server.control("push", { project, repository, branch: "main" });
    expect(playing.receiver.eventKeys()).toEqual(["repo:refs_changed"]);
  });

  it("that is deleted and made again is another one", async () => {
    await playing.hook();
    const { id } = await playing.server.control("repository", { ...AT, change: "delete" });
    const made = await playing.server.control("repository", { ...AT, change: "create" });
    expect(made).toMatchObject({ full_name: "PLAT/infra", hooks: [] });
    expect(made.id).not.toBe(id);
    await expect(playing.server.control("repository", { ...AT, change: "create" })).rejects.toThrow("PLAT/infra already exists");
  });
});
