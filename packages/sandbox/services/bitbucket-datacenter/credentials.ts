// Authentication: users with their passwords, and access tokens of users, projects and repositories.
import { randomBytes } from "node:crypto";
import type { Level } from "../../core/access-level";
import { parseAuthorization } from "../../core/authorization";
import type { Clock } from "../../core/clock";
import type { ReaderCredential } from "../../core/code-host";
import type { SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import type { Project, Repository, Store, User } from "./store";
import type { Switches } from "./switches";

export interface Account extends User {
  readonly password: string | undefined;
  readonly licensed: boolean;
  /** ADMIN: may do everything; PROJECT_CREATE: may create projects. */
  readonly global: "ADMIN" | "PROJECT_CREATE" | undefined;
  /** Keyed by repository, or by project for all its repositories. */
  readonly access: ReadonlyMap<Project | Repository, Level>;
}

export const TOKEN_PERMISSIONS = ["PROJECT_READ", "PROJECT_WRITE", "PROJECT_ADMIN", "REPO_READ", "REPO_WRITE", "REPO_ADMIN"] as const;

export type TokenPermission = (typeof TOKEN_PERMISSIONS)[number];

/** The owner of a token. A token never grants more than its owner's access. */
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
  /** The value of X-AUSERNAME. */
  readonly name: string;
  readonly owner: TokenOwner;
  /** Undefined if the request was authenticated with a password. */
  readonly token: Token | undefined;
}

/** What authentication depends on, in addition to the credentials themselves. */
export interface CredentialsEnvironment {
  readonly store: Pick<Store, "contains">;
  readonly clock: Clock;
  readonly switches: Readonly<Switches>;
  /** Origin and context path of the server. */
  base(): string;
}

export class Credentials {
  readonly #environment: CredentialsEnvironment;
  readonly #accounts = new Map<string, Account>();
  readonly #tokens = new Map<string, Token>();
  readonly #failures = new Map<string, number>();
  #lastTokenId = 100_000_000_000;

  constructor(accounts: readonly Account[], environment: CredentialsEnvironment) {
    this.#environment = environment;
    for (const account of accounts) this.#accounts.set(account.name, account);
  }

  findAccount(name: string): Account | undefined {
    return this.#accounts.get(name.toLowerCase());
  }

  get tokens(): readonly Token[] {
    return [...this.#tokens.values()];
  }

  /** Generates the token itself, unless `properties` has one. */
  issueToken(properties: Omit<Token, "id" | "token"> & { readonly token?: string }): Token {
    this.#lastTokenId += 1;
    const { token = randomBytes(33).toString("base64url"), ...rest } = properties;
    const issued = { id: `${this.#lastTokenId}`, ...rest, token };
    this.#tokens.set(token, issued);
    return issued;
  }

  revokeToken(token: Token): void {
    this.#tokens.delete(token.token);
  }

  /** The caller; undefined if the request has no credential; an error response if the credential is invalid. */
  authenticate(header: string | undefined): Caller | SandboxResponse | undefined {
    const authorization = parseAuthorization(header);
    switch (authorization?.scheme) {
      case undefined:
        return undefined;
      case "bearer":
        return this.#authenticateToken(authorization.token) ?? errors.badCredential();
      case "basic":
        return this.#environment.switches["basic-login"] === "refuse"
          ? errors.basicDisabled()
          : this.#login(authorization.user, authorization.password);
      case "other":
        return errors.badCredential();
    }
  }

  /** With a user name, accepts a password or a token as in Basic; without one, a token. */
  authenticateReader({ email, username, credential }: ReaderCredential): Caller | SandboxResponse {
    const user = username ?? email;
    return user === null ? (this.#authenticateToken(credential) ?? errors.badCredential()) : this.#login(user, credential);
  }

  #login(name: string, password: string): Caller | SandboxResponse {
    const account = this.findAccount(name);
    const limit = this.#environment.switches["captcha-after"];
    const failures = this.#failures.get(account?.name ?? "") ?? 0;
    if (account !== undefined && limit > 0 && failures >= limit) return errors.captchaRequired(this.#environment.base());
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

  #authenticateToken(text: string): Caller | SandboxResponse | undefined {
    const token = this.#tokens.get(text);
    if (token === undefined || (token.expires !== undefined && token.expires <= this.#environment.clock.now())) return undefined;
    const { owner } = token;
    // Tokens are deleted together with their owner, which is assumed.
    if (owner.type !== "user" && !this.#environment.store.contains(owner.type === "project" ? owner.project : owner.repository))
      return undefined;
    if (owner.type === "user" && !owner.user.licensed) return errors.unlicensed(owner.user.name);
    // The server creates a user for each token of a project or repository; the name of that user is assumed.
    return { name: owner.type === "user" ? owner.user.name : `access-token-user-${token.id}`, owner, token };
  }
}

export function isResponse(result: Caller | SandboxResponse | undefined): result is SandboxResponse {
  return result !== undefined && "status" in result;
}
