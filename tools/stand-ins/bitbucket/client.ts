/** Bitbucket Cloud's API as the published provider calls it: one connection for each request, no retries, and a crash when it is cut. */
import { published } from "../runtime/catalog";
import { crash, CutResponse, send, type GoRequest, type GoResponse } from "../runtime/go-http";

export const VARIABLES = {
  username: "BITBUCKET_USERNAME",
  password: "BITBUCKET_PASSWORD",
  oauth_client_id: "BITBUCKET_OAUTH_CLIENT_ID",
  oauth_client_secret: "BITBUCKET_OAUTH_CLIENT_SECRET",
  oauth_token: "BITBUCKET_OAUTH_TOKEN",
} as const;

/** The published provider has this address fixed. */
const ADDRESS_VARIABLE = "STAND_IN_BITBUCKET_API_URL";

export class BitbucketClient {
  readonly #login: Readonly<Record<string, string>>;
  readonly #address: string;

  constructor(login: Readonly<Record<string, string>>) {
    this.#login = login;
    const address = process.env[ADDRESS_VARIABLE] ?? "";
    if (address === "") throw published(`${ADDRESS_VARIABLE} is not set: this program never calls the real Bitbucket Cloud.`);
    // The paths start with the version, as those of the published provider do.
    this.#address = address.replace(/\/(2\.0\/?)?$/, "");
    if ((login["oauth_client_id"] ?? "") !== "") throw published("This program does not support an OAuth consumer.");
  }

  /** @param path starts with `2.0/` */
  async call(method: GoRequest["method"], path: string, body?: object): Promise<GoResponse> {
    const headers = { ...this.#authorization(), ...(body !== undefined && { "Content-Type": "application/json" }) };
    const text = body === undefined ? undefined : JSON.stringify(body);
    return send({ method, url: `${this.#address}/${path}`, headers, body: text, closes: true }).catch((thrown: unknown) => {
      if (thrown instanceof CutResponse) throw published(thrown.message);
      return crash();
    });
  }

  #authorization(): Readonly<Record<string, string>> {
    const { username = "", password = "", oauth_token: token = "" } = this.#login;
    if (token !== "") return { Authorization: `Bearer ${token}` };
    if (username === "") return {};
    return { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
  }
}

/** Throws the provider's error for a status from 400 up. */
export function requireSuccess(path: string, response: GoResponse): GoResponse {
  const { status, text } = response;
  if (status < 400 && status >= 200) return response;
  throw published(`API Error: ${status} ${path} ${messageIn(text)}`);
}

/** A body that the provider cannot decode is shown as it is. */
function messageIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly message?: string } | string };
    return typeof error === "string" ? text : (error?.message ?? "");
  } catch {
    return text;
  }
}
