// Applies pushes and pull-request actions to a repository; each product publishes its own events for them.
import type { PullRequestInput, PushInput } from "./activity-input";
import type { Clock } from "./clock";
import { addComment, type CommentAuthor } from "./comment";
import { createCommit } from "./commits";
import type { HookOutcome } from "./deliveries";
import type { PullRequest, PullRequestChange, Push, WithBranches } from "./pull-request";

/** The part that differs between the products: which events they publish, with which payload. */
export interface EventPublisher<Repository> {
  /** The person who comments. */
  readonly commenter: CommentAuthor;
  nameOf(repository: Repository): string;
  /** Null if the repository never had a branch. */
  mainBranchOf(repository: Repository): string | null;
  /** Called for the first branch of a repository. */
  setMainBranch(repository: Repository, branch: string): void;
  publishPush(repository: Repository, push: Push): Promise<readonly HookOutcome[]>;
  publishPullRequest(repository: Repository, pullRequest: PullRequest, change: PullRequestChange): Promise<readonly HookOutcome[]>;
}

export class Activity<Repository extends WithBranches> {
  readonly #publisher: EventPublisher<Repository>;
  readonly #clock: Clock;

  constructor(publisher: EventPublisher<Repository>, clock: Clock) {
    this.#publisher = publisher;
    this.#clock = clock;
  }

  async push(repository: Repository, input: PushInput): Promise<{ commit: string; deliveries: readonly HookOutcome[] }> {
    const { branch, commit = createCommit(), message = `Change ${branch}` } = input;
    const push: Push = { branch, commit, before: repository.branches.get(branch) ?? null, message, time: this.#clock.now() };
    repository.branches.set(branch, commit);
    repository.commits.add(commit);
    if (repository.branches.size === 1 && this.#publisher.mainBranchOf(repository) === null) {
      this.#publisher.setMainBranch(repository, branch);
    }
    const updated = movePullRequests(repository, push);
    const deliveries = [...(await this.#publisher.publishPush(repository, push))];
    for (const { pullRequest: changePullRequest, before } of updated) {
      deliveries.push(...(await this.#publish(repository, changePullRequest, { kind: "commits", before })));
    }
    return { commit, deliveries };
  }

  /** @throws Error that says how to correct an invalid action */
  async pullRequest(repository: Repository, input: PullRequestInput) {
    if (input.action === "created") return this.#create(repository, input);
    const pullRequest = this.#requireOpen(repository, input);
    return summarize(pullRequest, await this.#apply(repository, pullRequest, { ...input, action: input.action }));
  }

  async #apply(
    repository: Repository,
    pullRequest: PullRequest,
    input: PullRequestInput & { readonly action: Exclude<PullRequestInput["action"], "created"> },
  ): Promise<readonly HookOutcome[]> {
    switch (input.action) {
      case "updated":
      case "modified":
        return this.#update(repository, pullRequest, input);
      case "approved":
      case "unapproved":
        pullRequest.approved = input.action === "approved";
        return this.#publish(repository, pullRequest, { kind: input.action });
      case "comment":
        return this.#comment(repository, pullRequest, input.message ?? "A comment");
      case "declined":
        pullRequest.state = "DECLINED";
        return this.#publish(repository, pullRequest, { kind: "declined" });
      case "merged":
        return this.#merge(repository, pullRequest, input.commit ?? createCommit());
    }
  }

  #comment(repository: Repository, pullRequest: PullRequest, text: string): Promise<readonly HookOutcome[]> {
    const comment = addComment(repository, pullRequest, { author: this.#publisher.commenter, text }, this.#clock.now());
    return this.#publish(repository, pullRequest, { kind: "comment", comment });
  }

  async #merge(repository: Repository, pullRequest: PullRequest, commit: string): Promise<readonly HookOutcome[]> {
    pullRequest.state = "MERGED";
    pullRequest.mergeCommit = commit;
    const message = `Merged in ${pullRequest.source} (pull request #${pullRequest.id})`;
    const { deliveries } = await this.push(repository, { branch: pullRequest.target, commit, message });
    return [...deliveries, ...(await this.#publish(repository, pullRequest, { kind: "merged" }))];
  }

  /** Changes commits, texts and target. If the input has none of them, publishes a modification that changes nothing. */
  async #update(repository: Repository, pullRequest: PullRequest, input: PullRequestInput): Promise<readonly HookOutcome[]> {
    const { commit, title, description, target } = input;
    const before = {
      title: pullRequest.title,
      description: pullRequest.description,
      target: pullRequest.target,
      targetCommit: pullRequest.targetCommit,
    };
    if (target !== undefined) Object.assign(pullRequest, { target, targetCommit: this.#requireHead(repository, target) });
    pullRequest.title = title ?? pullRequest.title;
    pullRequest.description = description ?? pullRequest.description;
    const pushed = commit === undefined ? [] : (await this.push(repository, { branch: pullRequest.source, commit })).deliveries;
    if (commit !== undefined && [title, description, target].every((text) => text === undefined)) return pushed;
    const change = { kind: "modified", before, withCommits: commit !== undefined } as const;
    return [...pushed, ...(await this.#publish(repository, pullRequest, change))];
  }

  /** Pushes the source branch first if it does not exist. */
  async #create(repository: Repository, input: PullRequestInput) {
    const { source, description = "", target = this.#publisher.mainBranchOf(repository) ?? "main" } = input;
    if (source === undefined) throw new Error('"created" needs "source", the branch with the changes.');
    if (source === target) throw new Error(`"source" and "target" are both ${source}. Use two different branches.`);
    const targetCommit = this.#requireHead(repository, target);
    const pushed = repository.branches.has(source) ? [] : (await this.push(repository, { branch: source })).deliveries;
    const now = this.#clock.now();
    const pullRequest: PullRequest = {
      id: repository.pullRequests.size + 1,
      title: input.title ?? `Merge ${source} into ${target}`,
      description,
      state: "OPEN",
      source,
      target,
      commits: [repository.branches.get(source) ?? ""],
      targetCommit,
      mergeCommit: null,
      approved: false,
      comments: [],
      version: 0,
      createdDate: now,
      updatedDate: now,
    };
    repository.pullRequests.set(pullRequest.id, pullRequest);
    const published = await this.#publisher.publishPullRequest(repository, pullRequest, { kind: "created" });
    return summarize(pullRequest, [...pushed, ...published]);
  }

  #publish(repository: Repository, pullRequest: PullRequest, change: PullRequestChange): Promise<readonly HookOutcome[]> {
    pullRequest.updatedDate = this.#clock.now();
    pullRequest.version += 1;
    return this.#publisher.publishPullRequest(repository, pullRequest, change);
  }

  #requireHead(repository: Repository, branch: string): string {
    const head = repository.branches.get(branch);
    if (head === undefined) throw new Error(`${this.#publisher.nameOf(repository)} has no branch "${branch}". Push to it first.`);
    return head;
  }

  #requireOpen(repository: Repository, { id, action }: PullRequestInput): PullRequest {
    const found = id === undefined ? undefined : repository.pullRequests.get(id);
    const name = this.#publisher.nameOf(repository);
    if (found === undefined) {
      const ids = [...repository.pullRequests.keys()].join(", ");
      throw new Error(`"${action}" needs "id", the number of a pull request of ${name}. Known ids: ${ids === "" ? "none yet" : ids}.`);
    }
    if (found.state !== "OPEN") throw new Error(`Pull request ${found.id} of ${name} is already ${found.state}.`);
    return found;
  }
}

/** Moves the open pull requests of the branch to its new head, and returns those whose source branch moved. */
function movePullRequests(repository: WithBranches, { branch, commit }: Push) {
  const moved: { readonly pullRequest: PullRequest; readonly before: string }[] = [];
  for (const pullRequest of repository.pullRequests.values()) {
    if (pullRequest.state !== "OPEN") continue;
    if (pullRequest.target === branch) pullRequest.targetCommit = commit;
    const before = pullRequest.commits.at(-1) ?? "";
    if (pullRequest.source !== branch || before === commit) continue;
    pullRequest.commits.push(commit);
    moved.push({ pullRequest, before });
  }
  return moved;
}

/** What the control path returns. */
function summarize({ id, state, source, target, mergeCommit, commits }: PullRequest, deliveries: readonly HookOutcome[]) {
  return { id, state, source, target, commit: mergeCommit ?? commits.at(-1), deliveries };
}
