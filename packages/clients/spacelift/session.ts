/** The login to Spacelift: the address of the account, the token, and its renewal. */
import { parsedUrl, problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import type { Http } from "../http/http";
import { asList, asObject, asText } from "../http/json";
import type { HttpResponse } from "../http/request";
import type { Secrets } from "../http/secrets";
import { audienceOf, expiryOf } from "./token-claims";

/** An API key with the address of the account (may end in `/` or `/graphql`), or a token that names its account. */
export type SpaceliftCredentials =
  { readonly endpoint: string; readonly apiKeyId: string; readonly apiKeySecret: string } | { readonly apiToken: string };

type ApiKey = Extract<SpaceliftCredentials, { readonly apiKeyId: string }>;

/** Times in milliseconds since 1970. */
interface IssuedToken {
  readonly token: string;
  /** Undefined if it is not known. */
  readonly expiresAt: number | undefined;
}

interface Login {
  readonly token: string;
  readonly renewAt: number;
}

/** A token is renewed this long before it expires, or after half of its lifetime if that is shorter. */
const RENEWAL_MARGIN_MS = 60_000;

const LOGIN = "mutation Login($id: ID!, $secret: String!) { apiKeyUser(id: $id, secret: $secret) { id jwt validUntil } }";

export class Session {
  /** For messages: `API key 01H…`, `the API token`. */
  readonly keyName: string;
  readonly #credentials: SpaceliftCredentials;
  readonly #http: Http;
  readonly #secrets: Secrets;
  readonly #loginSource: string | undefined;
  #pendingLogin: Promise<Login> | undefined;
  #currentLogin: Login | undefined;

  /** @param loginSource where the credential is set, for messages */
  constructor(credentials: SpaceliftCredentials, http: Http, secrets: Secrets, loginSource?: string) {
    this.#loginSource = loginSource;
    this.#credentials = credentials;
    this.#http = http;
    this.#secrets = secrets;
    this.keyName = "apiToken" in credentials ? "the API token" : `API key ${credentials.apiKeyId}`;
    secrets.add("apiToken" in credentials ? credentials.apiToken : credentials.apiKeySecret);
  }

  /** Address of the account, without `/graphql` and without a trailing slash. @throws Problem if a token does not name its account */
  accountUrl(): string {
    const credentials = this.#credentials;
    return trimEndpoint("apiToken" in credentials ? accountOfToken(credentials.apiToken) : credentials.endpoint);
  }

  /** Host of the account, for messages. */
  get host(): string {
    return new URL(this.accountUrl()).host;
  }

  get graphqlUrl(): URL {
    return new URL(`${this.accountUrl()}/graphql`);
  }

  /** A token that has not expired. Logs in if necessary. @throws Problem */
  async token(): Promise<string> {
    const credentials = this.#credentials;
    if ("apiToken" in credentials) return this.#requireUnexpired(credentials.apiToken);
    if (this.#currentLogin !== undefined && Date.now() >= this.#currentLogin.renewAt) this.discardToken(this.#currentLogin.token);
    this.#pendingLogin ??= this.#login(credentials);
    return (await this.#pendingLogin).token;
  }

  /** Discards a token that the server rejects, so that the next request logs in again. False if that is not possible, because there is no API key. */
  discardToken(token: string): boolean {
    if ("apiToken" in this.#credentials) return false;
    if (this.#currentLogin?.token === token) {
      this.#currentLogin = undefined;
      this.#pendingLogin = undefined;
    }
    return true;
  }

  /** The problem for a credential that Spacelift rejects. */
  unauthenticatedProblem(why: string): Problem {
    const fix =
      "apiToken" in this.#credentials
        ? "Use a token that is still valid (Spacelift sets a new one for every run), or an API key."
        : `Check ${this.#loginSource ?? "SPACELIFT_API_KEY_ID, SPACELIFT_API_KEY_SECRET, and SPACELIFT_API_KEY_ENDPOINT (or the spacelift block)"}. The key must belong to ${this.host} and must not have been deleted.`;
    return problem("remote-unauthenticated", { why: this.#secrets.redact(why), fix }, { kind: "not-permitted", execution: "no" });
  }

  async #login(key: ApiKey): Promise<Login> {
    try {
      const startedAt = Date.now();
      const { token, expiresAt } = await this.#requestToken(key);
      // If a new token has already expired, the local clock is wrong. The server will reject the token when it expires.
      const renewAt =
        expiresAt === undefined || expiresAt <= startedAt
          ? Number.POSITIVE_INFINITY
          : expiresAt - Math.min(RENEWAL_MARGIN_MS, (expiresAt - startedAt) / 2);
      this.#currentLogin = { token, renewAt };
      return this.#currentLogin;
    } catch (failure) {
      this.#pendingLogin = undefined;
      throw failure;
    }
  }

  #requireUnexpired(token: string): string {
    const expiresAt = expiryOf(token);
    if (expiresAt === undefined || expiresAt > Date.now()) return token;
    throw this.unauthenticatedProblem(`The API token for ${this.host} expired at ${new Date(expiresAt).toISOString()}.`);
  }

  async #requestToken(key: ApiKey): Promise<IssuedToken> {
    const response = await this.#http.sendForJson({
      method: "POST",
      url: this.graphqlUrl,
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: LOGIN, variables: { id: key.apiKeyId, secret: key.apiKeySecret } }),
      // Logging in twice changes nothing.
      access: "read",
      operation: "Login",
    });
    const user = asObject(asObject(asObject(response.body)?.["data"])?.["apiKeyUser"]);
    const token = asText(user?.["jwt"]);
    if (token === null || token === "") throw this.#loginProblem(response);
    this.#secrets.add(token);
    const validUntil = Number(user?.["validUntil"] ?? Number.NaN);
    return { token, expiresAt: Number.isFinite(validUntil) && validUntil > 0 ? validUntil * 1_000 : expiryOf(token) };
  }

  #loginProblem(response: HttpResponse): Problem {
    const { status } = response;
    const body = asObject(response.body);
    const errors = (asList(body?.["errors"]) ?? []).map((item) => asText(asObject(item)?.["message"]) ?? "an error without a message");
    const rejection = `Spacelift (${this.host}) rejected the login with ${this.keyName}`;
    if (errors.length > 0) return this.unauthenticatedProblem(`${rejection}: ${errors.join("; ").replace(/\.$/, "")}.`);
    if (status === 200 && asObject(body?.["data"])?.["apiKeyUser"] === null)
      return this.unauthenticatedProblem(`Spacelift (${this.host}) does not know ${this.keyName}, or the secret of the key is wrong.`);
    if (status === 401 || status === 403) return this.unauthenticatedProblem(`${rejection}: status ${status}.`);
    return this.#http.unusableResponse(response, `with status ${status} and without a token`);
  }
}

function trimEndpoint(endpoint: string): string {
  return endpoint
    .replace(/\/+$/, "")
    .replace(/\/graphql$/, "")
    .replace(/\/+$/, "");
}

/**
 * The address of the account that a token names. The token is not verified.
 * @param name of the argument or the variable with the token, for messages
 * @throws Problem `provider-setting-invalid` if the token does not name one account
 */
export function accountOfToken(
  token: string,
  at: readonly string[] = ["spacelift", "api_token"],
  name = "The Spacelift API token",
): string {
  const audience = audienceOf(token);
  if (audience !== undefined && /^https?:$/.test(parsedUrl(audience)?.protocol ?? "")) return audience;
  throw problem("provider-setting-invalid", {
    why: `${name} does not name its account: its audience (aud) is ${audience === undefined ? "missing, or names several addresses" : `"${audience}"`}, not a single address.`,
    fix: "Use the complete token as Spacelift provides it (three parts separated by periods), or use an API key with its endpoint.",
    at,
  });
}
