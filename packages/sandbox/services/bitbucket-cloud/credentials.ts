// Authentication: the credentials of the seed, and the tokens issued to OAuth consumers.
import { randomBytes } from "node:crypto";
import type { Level } from "../../core/access-level";
import { parseAuthorization } from "../../core/authorization";
import type { Clock } from "../../core/clock";
import type { SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import { type Scopes, addImpliedScopes } from "./scopes";
import type { Switches } from "./switches";

export type CredentialType = "access-token" | "api-token" | "app-password" | "oauth-consumer";

export interface Credential {
  /** The proxy of Pipelines has a credential that no seed contains. */
  readonly kind: CredentialType | "pipelines-proxy";
  /** For an API token, in lower case. */
  readonly email: string | undefined;
  /** The user of an app password, or the key of an OAuth consumer. */
  readonly username: string | undefined;
  readonly displayName: string;
  /** The token, the password, or the consumer's secret. */
  readonly token: string;
  readonly scopes: readonly string[];
  readonly implied: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly expires: number | undefined;
  /** Keyed by the UUID of a repository, or of a workspace for all its repositories. */
  readonly access: ReadonlyMap<string, Level>;
  /** UUID of the person or the consumer. Access tokens have one too, so that their requests can be counted. */
  readonly uuid: string;
}

const TOKEN_KINDS: ReadonlySet<Credential["kind"]> = new Set(["access-token", "api-token", "pipelines-proxy"]);

/** Whether the credential represents no person and no consumer. */
export function isAnonymousToken({ kind }: Credential): boolean {
  return kind === "access-token" || kind === "pipelines-proxy";
}

/** How long a consumer's token is valid. */
export const OAUTH_TOKEN_SECONDS = 7200;

export class Credentials {
  readonly #clock: Clock;
  readonly #switches: Switches;
  readonly #byToken = new Map<string, Credential>();
  readonly #byLogin = new Map<string, Credential>();
  readonly #issued = new Map<string, { readonly credential: Credential; readonly expires: number }>();

  constructor(
    readonly list: readonly Credential[],
    clock: Clock,
    switches: Switches,
  ) {
    this.#clock = clock;
    this.#switches = switches;
    for (const credential of list) {
      if (TOKEN_KINDS.has(credential.kind)) this.#byToken.set(credential.token, credential);
      const user = credential.kind === "api-token" ? credential.email : credential.username;
      if (user !== undefined) this.#byLogin.set(`${user}:${credential.token}`, credential);
    }
  }

  /** The caller; undefined if the request has no credential; an error response if the credential is invalid. */
  authenticate(header: string | undefined): Credential | SandboxResponse | undefined {
    const authorization = parseAuthorization(header);
    switch (authorization?.scheme) {
      case undefined:
        return undefined;
      case "bearer":
        return this.#authenticateBearer(authorization.token);
      case "basic":
        return this.login(authorization.user, authorization.password);
      case "other":
        return errors.badCredential();
    }
  }

  /** Accepts an email with an API token, or a user name with an app password. */
  login(user: string, password: string): Credential | SandboxResponse {
    const credential = this.#byLogin.get(`${user}:${password}`) ?? this.#byLogin.get(`${user.toLowerCase()}:${password}`);
    if (credential === undefined || credential.kind === "oauth-consumer") return errors.badCredential();
    if (credential.kind === "app-password" && this.#switches["app-passwords"] === "disabled") return errors.badCredential();
    return this.#requireUsable(credential);
  }

  findConsumer(key: string, secret: string): Credential | undefined {
    const credential = this.#byLogin.get(`${key}:${secret}`);
    return credential?.kind === "oauth-consumer" ? credential : undefined;
  }

  issueToken(consumer: Credential): string {
    const token = randomBytes(32).toString("base64url");
    this.#issued.set(token, { credential: consumer, expires: this.#clock.now() + OAUTH_TOKEN_SECONDS * 1000 });
    return token;
  }

  #authenticateBearer(token: string): Credential | SandboxResponse {
    const issued = this.#issued.get(token);
    if (issued !== undefined) return issued.expires <= this.#clock.now() ? errors.tokenExpired() : issued.credential;
    const credential = this.#byToken.get(token);
    if (credential === undefined) return errors.badCredential();
    if (credential.kind === "api-token" && this.#switches["bearer-api-tokens"] === "refuse") return errors.badCredential();
    return this.#requireUsable(credential);
  }

  #requireUsable(credential: Credential): Credential | SandboxResponse {
    if (credential.expires !== undefined && credential.expires <= this.#clock.now()) return errors.badCredential();
    if (credential.kind === "api-token" && credential.scopes.length === 0) return errors.tokenWithoutScopes();
    return credential;
  }
}

export function isResponse(result: Credential | SandboxResponse | undefined): result is SandboxResponse {
  return result !== undefined && "status" in result;
}

/** The required scopes, if the credential lacks one of them. */
export function findMissingScopes(credential: Credential, needed: Scopes): readonly string[] | undefined {
  const required = credential.kind === "api-token" ? needed.apiToken : needed.classic;
  return required.every((scope) => credential.implied.has(scope)) ? undefined : required;
}

/** Scopes of API tokens form a separate family and imply no others. */
export function expandScopes(type: CredentialType, scopes: readonly string[]): ReadonlySet<string> {
  return type === "api-token" ? new Set(scopes) : addImpliedScopes(scopes);
}
