// What a push and each action on a pull request change in a repository; each product tells its webhooks of it in its own events.
import type { Clock } from "./clock";
import { createCommit } from "./commits";
import type { HookOutcome } from "./deliveries";
import type { PullRequest, PullRequestChange, Push, WithBranches } from "./pull-request";

/** What differs between the products: the events, and what is in them. */
export interface EventPublisher<Repository> {
  nameOf(repository: Repository): string;
  /** Null for a repository that never had one. */
  mainBranchOf(repository: Repository): string | null;
  /** The first branch of a repository that had none. */
  setMainBranch(repository: Repository, branch: string): void;
  publishPush(repository: Repository, push: Push): Promise<readonly HookOutcome[]>;
  publishPullRequest(repository: Repository, one: PullRequest, change: PullRequestChange): Promise<readonly HookOutcome[]>;
}

export interface PushInput {
  readonly branch: string;
  /** 40 hex digits; made up unless given. */
  readonly commit?: string | undefined;
  readonly message?: string | undefined;
}

export const PULL_REQUEST_ACTIONS = ["created", "updated", "modified", "approved", "unapproved", "merged", "comment", "declined"] as const;

export interface PullRequestInput {
  /** Of an existing one; needed for every action but `created`. */
  readonly id?: number | undefined;
  readonly action: (typeof PULL_REQUEST_ACTIONS)[number];
  /** Of `created`. */
  readonly source?: string | undefined;
  /** Of `created`; the main branch unless given. Of `updated` and `modified`: another one. */
  readonly target?: string | undefined;
  /** Of `created`, `updated` and `modified`, as the description. */
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** Of `updated`: a new head of the source branch. Of `merged`: the merge commit. */
  readonly commit?: string | undefined;
  /** Of `comment`. */
  readonly message?: string | undefined;
}

export class Activity<Repository extends WithBranches> {
  constructor(
    private readonly publisher: EventPublisher<Repository>,
    private readonly clock: Clock,
  ) {}

  async push(repository: Repository, order: PushInput): Promise<{ commit: string; deliveries: readonly HookOutcome[] }> {
    const commit = order.commit ?? createCommit();
    const push: Push = {
      branch: order.branch,
      commit,
      before: repository.branches.get(order.branch) ?? null,
      message: order.message ?? `Change ${order.branch}`,
      time: this.clock.now(),
    };
    repository.branches.set(order.branch, commit);
    if (repository.branches.size === 1 && this.publisher.mainBranchOf(repository) === null)
      this.publisher.setMainBranch(repository, order.branch);
    const moved: { readonly one: PullRequest; readonly before: string }[] = [];
    for (const one of repository.pullRequests.values()) {
      if (one.state !== "OPEN") continue;
      if (one.target === order.branch) one.targetCommit = commit;
      const before = one.commits.at(-1) ?? "";
      if (one.source !== order.branch || before === commit) continue;
      one.commits.push(commit);
      moved.push({ one, before });
    }
    const deliveries = [...(await this.publisher.publishPush(repository, push))];
    for (const { one, before } of moved) deliveries.push(...(await this.#tell(repository, one, { kind: "commits", before })));
    return { commit, deliveries };
  }

  /** @throws Error for an order that makes no sense, with what would */
  async pullRequest(repository: Repository, order: PullRequestInput) {
    if (order.action === "created") return this.#create(repository, order);
    const one = this.#open(repository, order);
    switch (order.action) {
      case "updated":
      case "modified":
        return this.#shown(one, await this.#update(repository, one, order));
      case "approved":
      case "unapproved":
        one.approved = order.action === "approved";
        return this.#shown(one, await this.#tell(repository, one, { kind: order.action }));
      case "comment":
        one.comments += 1;
        return this.#shown(one, await this.#tell(repository, one, { kind: "comment", text: order.message ?? "A comment" }));
      case "declined":
        one.state = "DECLINED";
        return this.#shown(one, await this.#tell(repository, one, { kind: "declined" }));
      case "merged": {
        one.state = "MERGED";
        one.mergeCommit = order.commit ?? createCommit();
        const message = `Merged in ${one.source} (pull request #${one.id})`;
        const pushed = await this.push(repository, { branch: one.target, commit: one.mergeCommit, message });
        return this.#shown(one, [...pushed.deliveries, ...(await this.#tell(repository, one, { kind: "merged" }))]);
      }
    }
  }

  /** New commits, new texts, another target; with nothing given the title is written again. */
  async #update(repository: Repository, one: PullRequest, order: PullRequestInput): Promise<readonly HookOutcome[]> {
    const { commit, title, description, target } = order;
    const { title: oldTitle, description: oldDescription, target: oldTarget, targetCommit } = one;
    const before = { title: oldTitle, description: oldDescription, target: oldTarget, targetCommit };
    if (target !== undefined) Object.assign(one, { target, targetCommit: this.#headOf(repository, target) });
    one.title = title ?? one.title;
    one.description = description ?? one.description;
    const pushed = commit === undefined ? [] : (await this.push(repository, { branch: one.source, commit })).deliveries;
    if (commit !== undefined && [title, description, target].every((text) => text === undefined)) return pushed;
    return [...pushed, ...(await this.#tell(repository, one, { kind: "modified", before, withCommits: commit !== undefined }))];
  }

  /** A source branch that does not exist yet is pushed first, as somebody must have done. */
  async #create(repository: Repository, order: PullRequestInput) {
    const { source, title, description = "", target = this.publisher.mainBranchOf(repository) ?? "main" } = order;
    if (source === undefined) throw new Error('"created" needs "source", the branch with the changes.');
    if (source === target) throw new Error(`"source" and "target" are both ${source}.`);
    const targetCommit = this.#headOf(repository, target);
    const pushed = repository.branches.has(source) ? [] : (await this.push(repository, { branch: source })).deliveries;
    const now = this.clock.now();
    const one: PullRequest = {
      id: repository.pullRequests.size + 1,
      title: title ?? `Merge ${source} into ${target}`,
      description,
      state: "OPEN",
      source,
      target,
      commits: [repository.branches.get(source) ?? ""],
      targetCommit,
      mergeCommit: null,
      approved: false,
      comments: 0,
      version: 0,
      createdDate: now,
      updatedDate: now,
    };
    repository.pullRequests.set(one.id, one);
    return this.#shown(one, [...pushed, ...(await this.publisher.publishPullRequest(repository, one, { kind: "created" }))]);
  }

  #tell(repository: Repository, one: PullRequest, change: PullRequestChange): Promise<readonly HookOutcome[]> {
    one.updatedDate = this.clock.now();
    one.version += 1;
    return this.publisher.publishPullRequest(repository, one, change);
  }

  #shown({ id, state, source, target, mergeCommit, commits }: PullRequest, deliveries: readonly HookOutcome[]) {
    return { id, state, source, target, commit: mergeCommit ?? commits.at(-1), deliveries };
  }

  #headOf(repository: Repository, branch: string): string {
    const head = repository.branches.get(branch);
    if (head === undefined) throw new Error(`${this.publisher.nameOf(repository)} has no branch "${branch}". Push to it first.`);
    return head;
  }

  #open(repository: Repository, { id, action }: PullRequestInput): PullRequest {
    const one = id === undefined ? undefined : repository.pullRequests.get(id);
    const name = this.publisher.nameOf(repository);
    if (one === undefined) {
      const ids = [...repository.pullRequests.keys()].join(", ");
      throw new Error(`"${action}" needs "id" of a pull request of ${name}; there ${ids === "" ? "are none yet" : `are ${ids}`}.`);
    }
    if (one.state !== "OPEN") throw new Error(`Pull request ${one.id} of ${name} is ${one.state} already.`);
    return one;
  }
}
