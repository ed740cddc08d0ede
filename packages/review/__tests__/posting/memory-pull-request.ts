/** A pull request in memory, which several accounts see. */
import { defineCatalog, type FailureKind, type Problem } from "../../../diagnostics";
import type { PortComment, PullRequestPort } from "../../posting/pull-request-port";

export function catalogProblem(kind: FailureKind, details: { readonly status?: number; readonly execution?: "unknown" } = {}): Problem {
  return defineCatalog({}).problem("internal", { why: kind, fix: "-" }, { kind, ...details });
}

export class SharedPullRequest {
  comments: PortComment[] = [];
  #last = 0;

  add(author: string, text: string): PortComment {
    const comment = { id: `${(this.#last += 1)}`, author, text };
    this.comments.push(comment);
    return comment;
  }

  texts(): readonly string[] {
    return this.comments.map(({ text }) => text);
  }
}

/** What one account sees. Every call takes a while that depends on the seed. */
export class MemoryPullRequest implements PullRequestPort {
  readonly maxAnnotations = 1_000;
  readonly shared: SharedPullRequest;
  loseNextResponse = false;
  ceiling = Infinity;
  failure: Problem | undefined;
  readonly #account: string;
  #seed: number;

  constructor(account: string, shared = new SharedPullRequest(), seed = 1) {
    this.#account = account;
    this.shared = shared;
    this.#seed = seed;
  }

  async listComments(): Promise<readonly PortComment[]> {
    await this.#wait();
    return [...this.shared.comments];
  }

  async createComment(text: string): Promise<PortComment> {
    await this.#wait();
    if (text.length > this.ceiling) throw catalogProblem("bad-input", { status: 400 });
    const comment = this.shared.add(this.#account, text);
    if (!this.loseNextResponse) return comment;
    this.loseNextResponse = false;
    throw catalogProblem("transport", { execution: "unknown" });
  }

  async changeComment({ id }: PortComment, text: string): Promise<void> {
    await this.#wait();
    const index = this.shared.comments.findIndex((comment) => comment.id === id);
    const comment = this.shared.comments[index];
    if (comment === undefined) throw catalogProblem("gone", { status: 404 });
    if (comment.author !== this.#account) throw catalogProblem("not-permitted", { status: 403 });
    this.shared.comments[index] = { ...comment, text };
  }

  async removeComment({ id, author }: PortComment): Promise<void> {
    await this.#wait();
    if (author !== this.#account) throw catalogProblem("not-permitted", { status: 403 });
    this.shared.comments = this.shared.comments.filter((comment) => comment.id !== id);
  }

  setStatus(): Promise<void> {
    return Promise.resolve();
  }

  replaceReport(): Promise<void> {
    return Promise.resolve();
  }

  async #wait(): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.#seed = (this.#seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    for (let turns = this.#seed % 5; turns >= 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
  }
}
