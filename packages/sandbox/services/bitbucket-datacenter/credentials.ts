// Who asks: users with their passwords, and access tokens of a person, a project or a repository.
import { randomBytes } from "node:crypto";
import { parseAuthorization } from "../../core/authorization";
import type { Clock } from "../../core/clock";
import type { Level } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import type { ReaderCredential } from "../../core/code-host";
import { errors } from "./errors";
import type { Project, Repository, Store, User } from "./store";
import type { Switches } from "./switches";

export interface Account extends User {
  readonly password: string | undefined;
  readonly licensed: boolean;
  /** ADMIN: everything; PROJECT_CREATE: may make projects. */
  readonly global: "ADMIN" | "PROJECT_CREATE" | undefined;
  /** By project, which stands for all its repositories, or by repository. */
  readonly access: ReadonlyMap<Project | Repository, Level>;
}

export const TOKEN_PERMISSIONS = ["PROJECT_READ", "PROJECT_WRITE", "PROJECT_ADMIN", "REPO_READ", "REPO_WRITE", "REPO_ADMIN"] as const;

export type TokenPermission = (typeof TOKEN_PERMISSIONS)[number];

/** What a token belongs to: never more than its owner may do. */
export type TokenOwner =
  | { readonly type: "user"; readonly user: Account }
  | { readonly type: "project"; readonly project: Project }
  | { readonly type: "repository"; readonly repository: Repository };

export interface Token {
  readonly id: string;
  name: string;
  readonly token: string;
  readonly owner: TokenOwner;
  permissions: readonly TokenPermission[];
  readonly createdDate: number;
  /** Milliseconds since the epoch. */
  readonly expires: number | undefined;
}

export interface Caller {
  /** As X-AUSERNAME shows it. */
  readonly name: string;
  readonly owner: TokenOwner;
  /** Of a request with a password: none. */
  readonly token: Token | undefined;
}

export class Credentials {
  readonly #accounts = new Map<string, Account>();
  readonly #tokens = new Map<string, Token>();
  readonly #failures = new Map<string, number>();
  #lastTokenId = 100_000_000_000;

  constructor(
    accounts: readonly Account[],
    private readonly store: Pick<Store, "contains">,
    private readonly base: () => string,
    private readonly clock: Clock,
    private readonly switches: Readonly<Switches>,
  ) {
    for (const findAccount of accounts) this.#accounts.set(findAccount.name, findAccount);
  }

  account(name: string): Account | undefined {
    return this.#accounts.get(name.toLowerCase());
  }

  get tokens(): readonly Token[] {
    return [...this.#tokens.values()];
  }

  issueToken(order: Omit<Token, "id" | "token"> & { readonly token?: string }): Token {
    this.#lastTokenId += 1;
    const { token = randomBytes(33).toString("base64url"), ...rest } = order;
    const issued = { id: String(this.#lastTokenId), ...rest, token };
    this.#tokens.set(token, issued);
    return issued;
  }

  revokeToken(token: Token): void {
    this.#tokens.delete(token.token);
  }

  /** The caller; undefined without a credential; an response for a bad one. */
  authenticate(header: string | undefined): Caller | SandboxResponse | undefined {
    const given = parseAuthorization(header);
    switch (given?.scheme) {
      case undefined:
        return undefined;
      case "bearer":
        return this.#authenticateToken(given.token) ?? errors.badCredential();
      case "basic":
        return this.switches["basic-login"] === "refuse" ? errors.basicDisabled() : this.#login(given.user, given.password);
      case "other":
        return errors.badCredential();
    }
  }

  /** With a user name: the password or a token as Basic would have it; without one: a token. */
  authenticateReader({ email, username, credential }: ReaderCredential): Caller | SandboxResponse {
    const user = username ?? email;
    return user === null ? (this.#authenticateToken(credential) ?? errors.badCredential()) : this.#login(user, credential);
  }

  #login(name: string, password: string): Caller | SandboxResponse {
    const account = this.account(name);
    const limit = this.switches["captcha-after"];
    const failures = this.#failures.get(account?.name ?? "") ?? 0;
    if (account !== undefined && limit > 0 && failures >= limit) return errors.captchaRequired(this.base());
    const caller = this.#authenticateToken(password);
    if (caller !== undefined && !isResponse(caller)) {
      const { owner } = caller;
      if (owner.type !== "user" || owner.user === account) return caller;
    }
    if (account?.password === undefined || account.password !== password) {
      if (account !== undefined) this.#failures.set(account.name, failures + 1);
      return errors.badCredential();
    }
    this.#failures.delete(account.name);
    return account.licensed
      ? { name: account.name, owner: { type: "user", user: account }, token: undefined }
      : errors.unlicensed(account.name);
  }

  #authenticateToken(given: string): Caller | SandboxResponse | undefined {
    const token = this.#tokens.get(given);
    if (token === undefined || (token.expires !== undefined && token.expires <= this.clock.now())) return undefined;
    const { owner } = token;
    // Tokens go with what they belong to. Assumed.
    if (owner.type !== "user" && !this.store.contains(owner.type === "project" ? owner.project : owner.repository)) return undefined;
    if (owner.type === "user" && !owner.user.licensed) return errors.unlicensed(owner.user.name);
    // Tokens of projects and repositories act for a user that the server keeps for them; its name is assumed.
    return { name: owner.type === "user" ? owner.user.name : `access-token-user-${token.id}`, owner, token };
  }
}

export function isResponse(value: Caller | SandboxResponse | undefined): value is SandboxResponse {
  return value !== undefined && "status" in value;
}
