// Who asks: the credentials of the seed, the tokens that OAuth consumers were given, and what each may see and do.
import { randomBytes } from "node:crypto";
import { parseAuthorization } from "../../core/authorization";
import type { Clock } from "../../core/clock";
import { highest, type Level } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import { type Scopes, withImplied } from "./scopes";
import type { Repository, Workspace } from "./store";
import type { Switches } from "./switches";

export type CredentialKind = "access-token" | "api-token" | "app-password" | "oauth-consumer";

export interface Credential {
  readonly kind: CredentialKind;
  /** Of an API token, lower case. */
  readonly email: string | undefined;
  /** Of an app password; key of an OAuth consumer. */
  readonly username: string | undefined;
  readonly displayName: string;
  /** The token, the password, or the consumer's secret. */
  readonly token: string;
  readonly scopes: readonly string[];
  readonly implied: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly expires: number | undefined;
  /** By UUID of a repository or of a workspace, which stands for all its repositories. */
  readonly access: ReadonlyMap<string, Level>;
  /** UUID of the person or of the consumer; of an access token too, for counting its requests. */
  readonly uuid: string;
}

/** How long a token of a consumer is valid, in seconds. */
export const OAUTH_LIFETIME = 7200;

export class Credentials {
  readonly #byToken = new Map<string, Credential>();
  readonly #byLogin = new Map<string, Credential>();
  readonly #issued = new Map<string, { readonly credential: Credential; readonly expires: number }>();

  constructor(
    readonly all: readonly Credential[],
    private readonly clock: Clock,
    private readonly switches: Switches,
  ) {
    for (const credential of all) {
      if (credential.kind === "access-token" || credential.kind === "api-token") this.#byToken.set(credential.token, credential);
      const user = credential.kind === "api-token" ? credential.email : credential.username;
      if (user !== undefined) this.#byLogin.set(`${user}:${credential.token}`, credential);
    }
  }

  /** The caller; undefined without a credential; an answer for a bad one. */
  authenticate(authorization: string | undefined): Credential | SandboxResponse | undefined {
    const given = parseAuthorization(authorization);
    switch (given?.scheme) {
      case undefined:
        return undefined;
      case "bearer":
        return this.#bearer(given.token);
      case "basic":
        return this.login(given.user, given.password);
      case "other":
        return errors.badCredential();
    }
  }

  /** By name and password: an email with an API token, or a user name with an app password. */
  login(user: string, password: string): Credential | SandboxResponse {
    const credential = this.#byLogin.get(`${user}:${password}`) ?? this.#byLogin.get(`${user.toLowerCase()}:${password}`);
    if (credential === undefined || credential.kind === "oauth-consumer") return errors.badCredential();
    if (credential.kind === "app-password" && this.switches["app-passwords"] === "disabled") return errors.badCredential();
    return this.#usable(credential);
  }

  /** The consumer with this key and secret. */
  consumer(key: string, secret: string): Credential | undefined {
    const credential = this.#byLogin.get(`${key}:${secret}`);
    return credential?.kind === "oauth-consumer" ? credential : undefined;
  }

  issueToken(consumer: Credential): string {
    const token = randomBytes(32).toString("base64url");
    this.#issued.set(token, { credential: consumer, expires: this.clock.now() + OAUTH_LIFETIME * 1000 });
    return token;
  }

  #bearer(token: string): Credential | SandboxResponse {
    const issued = this.#issued.get(token);
    if (issued !== undefined) return issued.expires <= this.clock.now() ? errors.expired() : issued.credential;
    const credential = this.#byToken.get(token);
    if (credential === undefined) return errors.badCredential();
    if (credential.kind === "api-token" && this.switches["bearer-api-tokens"] === "refuse") return errors.badCredential();
    return this.#usable(credential);
  }

  #usable(credential: Credential): Credential | SandboxResponse {
    if (credential.expires !== undefined && credential.expires <= this.clock.now()) return errors.badCredential();
    if (credential.kind === "api-token" && credential.scopes.length === 0) return errors.noScopes();
    return credential;
  }
}

export function isAnswer(value: Credential | SandboxResponse | undefined): value is SandboxResponse {
  return value !== undefined && "status" in value;
}

/** What the credential lacks; undefined when it has all. */
export function missingScopes(credential: Credential, needed: Scopes): readonly string[] | undefined {
  const required = credential.kind === "api-token" ? needed.apiToken : needed.classic;
  return required.every((scope) => credential.implied.has(scope)) ? undefined : required;
}

/** API tokens have scopes of their own family, which imply nothing. */
export function impliedFor(kind: CredentialKind, scopes: readonly string[]): ReadonlySet<string> {
  return kind === "api-token" ? new Set(scopes) : withImplied(scopes);
}

/** The caller's highest level on the repository; undefined when it is invisible. */
export function levelOn(caller: Credential | undefined, repository: Repository): Level | undefined {
  if (repository.hidden) return undefined;
  const own = caller?.access.get(repository.uuid);
  const general = caller?.access.get(repository.workspace.uuid);
  const open: Level | undefined = repository.isPrivate ? undefined : "read";
  return highest(own, general, open);
}

export function seesWorkspace(caller: Credential | undefined, workspace: Workspace): boolean {
  if (caller === undefined) return false;
  return caller.access.has(workspace.uuid) || [...workspace.repositories.values()].some((repository) => caller.access.has(repository.uuid));
}

/** Admin on all repositories of a workspace counts as owner of the workspace. */
export function ownsWorkspace(caller: Credential | undefined, workspace: Workspace): boolean {
  return caller?.access.get(workspace.uuid) === "admin";
}
