/** The login at Spacelift: which address, which token, and for how long. */
import { problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import type { Http } from "../http/http";
import { listOf, objectOf, parsedJson, textOf, type JsonObject } from "../http/json";
import type { Secrets } from "../http/secrets";

/** An API key with the account's address (may end in `/` or `/graphql`), or a token that names its account itself. */
export type SpaceliftCredentials =
  { readonly endpoint: string; readonly apiKeyId: string; readonly apiKeySecret: string } | { readonly apiToken: string };

type ApiKey = Extract<SpaceliftCredentials, { readonly apiKeyId: string }>;

/** A token in use; milliseconds since 1970. */
interface Login {
  readonly token: string;
  readonly renewAt: number;
}

/** A token is renewed this long before it ends, or at half of its life if that is shorter. */
const MARGIN_MS = 60_000;

const LOGIN = "mutation Login($id: ID!, $secret: String!) { apiKeyUser(id: $id, secret: $secret) { id jwt validUntil } }";

export class Session {
  /** For messages: `API key 01H…`, `the API token`. */
  readonly keyName: string;
  #login: Promise<Login> | undefined;
  #current: Login | undefined;

  constructor(
    private readonly credentials: SpaceliftCredentials,
    private readonly http: Http,
    private readonly secrets: Secrets,
  ) {
    this.keyName = "apiToken" in credentials ? "the API token" : `API key ${credentials.apiKeyId}`;
    secrets.add("apiToken" in credentials ? credentials.apiToken : credentials.apiKeySecret);
  }

  /** Address of the account, without `/graphql` and without a slash at the end. @throws Problem when a token names none. */
  accountUrl(): string {
    const { credentials } = this;
    return trimmed("apiToken" in credentials ? audience(credentials.apiToken) : credentials.endpoint);
  }

  /** Host of the account, for messages. */
  get host(): string {
    return new URL(this.accountUrl()).host;
  }

  get graphqlUrl(): URL {
    return new URL(`${this.accountUrl()}/graphql`);
  }

  /** A token that is good by its own account; logs in when there is none. */
  async token(): Promise<string> {
    const { credentials } = this;
    if ("apiToken" in credentials) return this.#given(credentials.apiToken);
    if (this.#current !== undefined && Date.now() >= this.#current.renewAt) this.refuse(this.#current.token);
    this.#login ??= this.#begin(credentials);
    return (await this.#login).token;
  }

  /** The server does not take this token: the next request logs in anew. False when there is nothing to log in with. */
  refuse(token: string): boolean {
    if ("apiToken" in this.credentials) return false;
    if (this.#current?.token === token) {
      this.#current = undefined;
      this.#login = undefined;
    }
    return true;
  }

  /** The credential itself is bad. */
  refused(why: string): Problem {
    const fix =
      "apiToken" in this.credentials
        ? "Use a token that is still valid (inside a run Spacelift sets a new one for every run), or an API key."
        : `Check SPACELIFT_API_KEY_ID, SPACELIFT_API_KEY_SECRET and SPACELIFT_API_KEY_ENDPOINT (or the spacelift block): the key must belong to ${this.host} and must not be deleted.`;
    return problem("remote-unauthenticated", { why: this.secrets.hide(why), fix }, { kind: "not-permitted", execution: "no" });
  }

  async #begin(key: ApiKey): Promise<Login> {
    try {
      const started = Date.now();
      const { token, expires } = await this.#exchange(key);
      // A fresh token that has ended already tells of a wrong clock, not of a wrong token: the server will say when it ends.
      const renewAt =
        expires === undefined || expires <= started ? Number.POSITIVE_INFINITY : expires - Math.min(MARGIN_MS, (expires - started) / 2);
      this.#current = { token, renewAt };
      return this.#current;
    } catch (failure) {
      this.#login = undefined;
      throw failure;
    }
  }

  #given(token: string): string {
    const expires = expiry(token);
    if (expires === undefined || expires > Date.now()) return token;
    throw this.refused(`The API token for ${this.host} ended at ${new Date(expires).toISOString()}.`);
  }

  async #exchange(key: ApiKey): Promise<{ readonly token: string; readonly expires: number | undefined }> {
    const answer = await this.http.sendForJson({
      method: "POST",
      url: this.graphqlUrl,
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: LOGIN, variables: { id: key.apiKeyId, secret: key.apiKeySecret } }),
      // Logging in twice changes nothing.
      effect: "read",
      operation: "Login",
    });
    const body = objectOf(answer.body);
    const errors = (listOf(body?.["errors"]) ?? []).map((item) => textOf(objectOf(item)?.["message"]) ?? "an error without a message");
    const user = objectOf(objectOf(body?.["data"])?.["apiKeyUser"]);
    const token = textOf(user?.["jwt"]);
    if (token !== null && token !== "") {
      this.secrets.add(token);
      const validUntil = Number(user?.["validUntil"] ?? Number.NaN);
      return { token, expires: Number.isFinite(validUntil) && validUntil > 0 ? validUntil * 1_000 : expiry(token) };
    }
    if (errors.length > 0)
      throw this.refused(`Spacelift (${this.host}) refused the login with ${this.keyName}: ${errors.join("; ").replace(/\.$/, "")}.`);
    if (answer.status === 200 && objectOf(body?.["data"])?.["apiKeyUser"] === null) {
      throw this.refused(`Spacelift (${this.host}) knows no ${this.keyName}, or its secret is another one.`);
    }
    if (answer.status === 401 || answer.status === 403) {
      throw this.refused(`Spacelift (${this.host}) refused the login with ${this.keyName}: status ${String(answer.status)}.`);
    }
    throw this.http.unusable(answer, `with status ${String(answer.status)} and without a token`);
  }
}

function trimmed(endpoint: string): string {
  return endpoint
    .replace(/\/+$/, "")
    .replace(/\/graphql$/, "")
    .replace(/\/+$/, "");
}

/** Claims of a token, unverified: Spacelift judges it, we only read what it says about itself. */
function claims(token: string): JsonObject | undefined {
  const [, payload] = token.split(".");
  return payload === undefined ? undefined : objectOf(parsedJson(Buffer.from(payload, "base64url").toString("utf8")));
}

function expiry(token: string): number | undefined {
  const seconds = claims(token)?.["exp"];
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}

function audience(token: string): string {
  const said = claims(token)?.["aud"];
  const audiences = typeof said === "string" ? [said] : (listOf(said) ?? []);
  const [only] = audiences;
  if (audiences.length === 1 && typeof only === "string" && URL.canParse(only) && /^https?:$/.test(new URL(only).protocol)) return only;
  throw problem("provider-setting-invalid", {
    why: "The Spacelift API token does not name its account: it has no single address as its audience (aud).",
    fix: "Take the whole token as Spacelift gives it (three parts with dots in between), or use an API key with its endpoint.",
    at: ["spacelift", "api_token"],
  });
}
