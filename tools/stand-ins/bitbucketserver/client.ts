/** Bitbucket Data Center's API as the published provider calls it: Basic only, one connection for each request, no retries. */
import { published } from "../runtime/catalog";
import { CutResponse, send, type GoRequest } from "../runtime/go-http";

export const VARIABLES = { server: "BITBUCKET_SERVER", username: "BITBUCKET_USERNAME", password: "BITBUCKET_PASSWORD" } as const;

export class BitbucketServerClient {
  readonly #server: string;
  readonly #authorization: string;

  constructor({ server = "", username = "", password = "" }: Readonly<Record<string, string>>) {
    this.#server = server.replace(/\/$/, "");
    this.#authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  }

  /** Throws the provider's error for a status from 400 up. Returns the text of the response. */
  async call(method: GoRequest["method"], path: string, body?: object): Promise<string> {
    const headers = {
      Authorization: this.#authorization,
      ...(body !== undefined && { "Content-Type": "application/json" }),
      "X-Atlassian-Token": "no-check",
    };
    const url = `${this.#server}${path}`;
    const sent = send({ method, url, headers, body: body === undefined ? undefined : JSON.stringify(body), closes: true });
    const { status, text } = await sent.catch((thrown: unknown) => {
      if (thrown instanceof CutResponse) throw published(thrown.message);
      throw published(
        `${method.charAt(0)}${method.slice(1).toLowerCase()} ${JSON.stringify(url)}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      );
    });
    if (status < 200 || status >= 400) throw published(`API Error: ${status} ${path} ${messagesIn(text)}`);
    return text;
  }
}

function messagesIn(text: string): string {
  try {
    const { errors = [] } = JSON.parse(text) as { readonly errors?: readonly { readonly message?: string }[] };
    return errors.map(({ message = "" }) => `${message}\n`).join("");
  } catch {
    return "";
  }
}
