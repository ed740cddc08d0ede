// What a push and each action on a pull request change in a repository, and the events that they set off.
import { createHash, randomBytes } from "node:crypto";
import type { Deliveries, HookOutcome } from "./deliveries";
import type { State } from "./operation";
import { type PullRequestEvent, pullRequestPayload, type Push, pushPayload } from "./payloads";
import { fullName, type PullRequest, type Repository } from "./store";

export interface PushOrder {
  readonly branch: string;
  /** 40 hex digits; made up unless given. */
  readonly commit?: string;
  readonly message?: string;
}

export interface PullRequestOrder {
  /** Of an existing one; needed for every action but `created`. */
  readonly id?: number;
  readonly action: "created" | "updated" | "approved" | "unapproved" | "merged" | "comment" | "declined";
  /** Of `created`. */
  readonly source?: string;
  /** Of `created`; the main branch unless given. */
  readonly target?: string;
  /** Of `created` and `updated`. */
  readonly title?: string;
  /** Of `updated`: a new head of the source branch. Of `merged`: the merge commit. */
  readonly commit?: string;
  /** Of `comment`. */
  readonly message?: string;
}

export class Activity {
  constructor(
    private readonly state: State,
    private readonly deliveries: Deliveries,
  ) {}

  async push(repository: Repository, order: PushOrder): Promise<{ commit: string; deliveries: readonly HookOutcome[] }> {
    const commit = order.commit ?? newCommit();
    const push: Push = {
      branch: order.branch,
      commit,
      before: repository.branches.get(order.branch) ?? null,
      message: order.message ?? `Change ${order.branch}`,
      date: this.#now(),
    };
    repository.branches.set(order.branch, commit);
    repository.updatedOn = push.date;
    for (const one of repository.pullRequests.values()) {
      if (one.state === "OPEN" && one.source === order.branch && one.commits.at(-1) !== commit) one.commits.push(commit);
      if (one.state === "OPEN" && one.target === order.branch) one.targetCommit = commit;
    }
    return { commit, deliveries: await this.deliveries.deliver(repository, "repo:push", pushPayload(this.#api, repository, push)) };
  }

  /** @throws Error for an order that makes no sense, with what would */
  async pullRequest(repository: Repository, order: PullRequestOrder) {
    if (order.action === "created") return this.#create(repository, order);
    const one = open(repository, order);
    const before: HookOutcome[] = [];
    one.updatedOn = this.#now();
    switch (order.action) {
      case "updated":
        one.title = order.title ?? one.title;
        if (order.commit !== undefined) {
          before.push(...(await this.push(repository, { branch: one.source, commit: order.commit })).deliveries);
          before.push(...(await this.#announce(repository, one, "pullrequest:push")));
        }
        return this.#told(repository, one, "pullrequest:updated", before);
      case "approved":
      case "unapproved":
        one.approved = order.action === "approved";
        return this.#told(repository, one, `pullrequest:${order.action}`);
      case "comment":
        one.comments += 1;
        return this.#told(repository, one, "pullrequest:comment_created", [], order.message ?? "A comment");
      case "declined":
        one.state = "DECLINED";
        return this.#told(repository, one, "pullrequest:rejected");
      case "merged": {
        one.state = "MERGED";
        one.mergeCommit = order.commit ?? newCommit();
        const message = `Merged in ${one.source} (pull request #${one.id})`;
        before.push(...(await this.push(repository, { branch: one.target, commit: one.mergeCommit, message })).deliveries);
        return this.#told(repository, one, "pullrequest:fulfilled", before);
      }
    }
  }

  /** A source branch that does not exist yet is pushed first, as somebody must have done. */
  async #create(repository: Repository, { source, target = repository.mainBranch ?? "main", title }: PullRequestOrder) {
    if (source === undefined) throw new Error('"created" needs "source", the branch with the changes.');
    if (source === target) throw new Error(`"source" and "target" are both ${source}.`);
    const targetCommit = repository.branches.get(target);
    if (targetCommit === undefined) throw new Error(`${fullName(repository)} has no branch "${target}". Push to it first.`);
    const pushed = repository.branches.has(source) ? [] : (await this.push(repository, { branch: source })).deliveries;
    const now = this.#now();
    const one: PullRequest = {
      id: repository.pullRequests.size + 1,
      title: title ?? `Merge ${source} into ${target}`,
      state: "OPEN",
      source,
      target,
      commits: [repository.branches.get(source) ?? ""],
      targetCommit,
      mergeCommit: null,
      approved: false,
      comments: 0,
      createdOn: now,
      updatedOn: now,
    };
    repository.pullRequests.set(one.id, one);
    return this.#told(repository, one, "pullrequest:created", pushed);
  }

  async #told(repository: Repository, one: PullRequest, event: PullRequestEvent, before: readonly HookOutcome[] = [], text = "") {
    const deliveries = [...before, ...(await this.#announce(repository, one, event, text))];
    return {
      id: one.id,
      state: one.state,
      source: one.source,
      target: one.target,
      commit: one.mergeCommit ?? one.commits.at(-1),
      deliveries,
    };
  }

  #announce(repository: Repository, one: PullRequest, event: PullRequestEvent, text = ""): Promise<readonly HookOutcome[]> {
    return this.deliveries.deliver(repository, event, pullRequestPayload(this.#api, repository, one, event, text));
  }

  get #api(): string {
    return `${this.state.origin()}/2.0`;
  }

  #now(): string {
    return new Date(this.state.clock.now()).toISOString().replace("Z", "000+00:00");
  }
}

function newCommit(): string {
  return createHash("sha1").update(randomBytes(20)).digest("hex");
}

function open(repository: Repository, { id, action }: PullRequestOrder): PullRequest {
  const one = id === undefined ? undefined : repository.pullRequests.get(id);
  if (one === undefined) {
    const ids = [...repository.pullRequests.keys()].join(", ");
    throw new Error(
      `"${action}" needs "id" of a pull request of ${fullName(repository)}; there ${ids === "" ? "are none yet" : `are ${ids}`}.`,
    );
  }
  if (one.state !== "OPEN") throw new Error(`Pull request ${one.id} of ${fullName(repository)} is ${one.state} already.`);
  return one;
}
