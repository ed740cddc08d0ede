/** The HTTP client for all remote systems: sends a request, and knows nothing about its meaning. */
import { setMaxListeners } from "node:events";
import type { Problem } from "../../diagnostics";
import { parseJson } from "./json";
import { describeBody, unusableResponseProblem } from "./problems";
import { redactBody, redactProblem } from "./redaction";
import { followRedirects } from "./redirects";
import { remoteHost } from "./remote-host";
import { summarize, type HttpRequest, type HttpResponse, type RequestContext } from "./request";
import { sendWithRetries } from "./retry";
import type { Secrets } from "./secrets";
import type { RemoteSettings } from "./settings";

export class Http {
  /** For messages: `Spacelift`, `Bitbucket Cloud`. */
  readonly system: string;
  readonly #settings: RemoteSettings;
  readonly #secrets: Secrets;

  constructor(system: string, settings: RemoteSettings, secrets: Secrets) {
    this.system = system;
    this.#settings = settings;
    this.#secrets = secrets;
    // Every pause between attempts adds a listener, so dozens of them are not a leak.
    setMaxListeners(0, settings.signal);
  }

  /**
   * Sends a request, retries it if retry.ts allows that, and waits for rate limits.
   * @throws Problem: `remote-unreachable`, `remote-response-invalid` (5xx), `remote-request-rejected` (501), `remote-rate-limited`, `remote-redirect`,
   * `operation-canceled`, `provider-setting-invalid` (a credential, certificate, or proxy address that cannot be used).
   * Its `execution` is "unknown" if a write may have been executed.
   */
  async send(first: HttpRequest): Promise<HttpResponse> {
    const context = this.#createContext(first.url);
    try {
      const { request, response } = await followRedirects(first, context, (current) => sendWithRetries(current, context));
      // An error response means that a write was not executed. A success that turns out to be unusable may have been.
      const execution = request.access === "write" && response.status < 400 ? "unknown" : "no";
      return { ...response, body: parseJson(response.text), request: summarize(request, context, execution) };
    } catch (failure) {
      throw redactProblem(this.#secrets, failure);
    }
  }

  /** Like `send`, but a success must be JSON. `allowEmpty` also accepts a response without a body. */
  async sendForJson(request: HttpRequest, options: { readonly allowEmpty?: boolean } = {}): Promise<HttpResponse> {
    const response = await this.send(request);
    if (options.allowEmpty === true && response.text.trim() === "") return response;
    if (response.status < 300 && response.body === undefined)
      throw this.unusableResponse(response, `with ${describeBody(response)} instead of JSON`);
    return response;
  }

  /** A response that cannot be used. `what` continues the sentence "…responded". */
  unusableResponse(response: Pick<HttpResponse, "request" | "status">, what: string): Problem {
    return this.redactProblem(unusableResponseProblem(response.request, what, response.status));
  }

  /** The response with a body that messages may quote. */
  redactBody(response: HttpResponse): HttpResponse {
    return redactBody(this.#secrets, response);
  }

  /** The same problem without secrets in its texts. */
  redactProblem(problem: Problem): Problem {
    return redactProblem(this.#secrets, problem);
  }

  #createContext(url: URL): RequestContext {
    return {
      system: this.system,
      settings: this.#settings,
      secrets: this.#secrets,
      host: remoteHost(url, this.#settings.maxConcurrentRequests),
      progress: { attempt: 1, rejections: 0, waitedMs: 0 },
    };
  }
}
