/** Rules: Spacelift, the provider and people can use the addresses of Bitbucket Data Center. An unusual address that may be intended is a warning. */
import { apiHostFinding, containsLogin, goesThroughAgents, HOST_FINDING_CODES, userFacingHostFinding, type HostFinding } from "../hosts";
import type { Violation } from "./violation";

/** What the rules know about the addresses of an integration. */
export interface HostFacts<S> {
  readonly subject: S;
  /** Undefined if it is not known. */
  readonly apiHost: string | undefined;
  /** Undefined if it is not known, or not set. */
  readonly userFacingHost: string | undefined;
  readonly hasUserFacingHost: boolean;
}

/** What the rules know about a server on which the provider manages webhooks. */
export interface ServerFacts<S> {
  readonly subject: S;
  /** Undefined if it is not known, or not set. */
  readonly url: string | undefined;
}

/** The two addresses of an integration. */
export function* unusableHosts<S>(integrations: Iterable<HostFacts<S>>): Generator<Violation<S>> {
  for (const { subject, apiHost, userFacingHost, hasUserFacingHost } of integrations) {
    if (apiHost !== undefined) yield* violations(subject, "apiHost", apiHostFinding(apiHost));
    if (userFacingHost !== undefined) yield* violations(subject, "userFacingHost", userFacingHostFinding(userFacingHost));
    if (hasUserFacingHost || apiHost === undefined || !goesThroughAgents(apiHost)) continue;
    yield {
      code: "value-not-allowed",
      subject,
      setting: "apiHost",
      cause: () => ({
        why: "userFacingHost is missing, and people cannot open an apiHost of the form private://….",
        fix: "Set userFacingHost to the URL that people open in a browser.",
      }),
    };
  }
}

function* violations<S>(subject: S, setting: "apiHost" | "userFacingHost", finding: HostFinding | undefined): Generator<Violation<S>> {
  if (finding === undefined) return;
  const { kind, severity, why, fix } = finding;
  yield {
    code: HOST_FINDING_CODES[kind],
    ...(severity === "warning" ? { severity } : {}),
    subject,
    setting,
    cause: ({ about }) => ({ why: `${about(setting)}${why}`, fix }),
  };
}

/** The provider calls the server itself, and appends the path of the REST API. */
export function* unusableServerUrls<S>(servers: Iterable<ServerFacts<S>>): Generator<Violation<S>> {
  for (const { subject, url } of servers) {
    if (url === undefined) continue;
    if (containsLogin(url)) {
      yield loginInAddress(subject, "url");
      continue;
    }
    const finding = userFacingHostFinding(url);
    if (finding === undefined) continue;
    yield {
      code: "value-not-allowed",
      subject,
      setting: "url",
      cause: ({ about, quote, setting }) => {
        const { why, fix } = serverCause(finding, quote(url), setting("url"));
        return { why: `${about("url")}${why}`, fix };
      },
    };
  }
}

/** A login in the address of a system that the provider calls. The message does not contain the address. */
export function loginInAddress<S>(subject: S, setting: "url", name?: string): Violation<S> {
  return {
    code: "secret-literal",
    subject,
    setting,
    cause: (words) => ({
      why: `${name ?? words.setting(setting)}${words.of} contains a user name or password.`,
      fix: "Remove it from the address, and configure the login separately, with the secret in a variable.",
    }),
  };
}

function serverCause({ kind, why, fix }: HostFinding, url: string, setting: string): { readonly why: string; readonly fix: string } {
  switch (kind) {
    case "private":
      return {
        why: `${url} goes through a VCS agent of Spacelift. The machine that runs the engine manages the webhooks and calls the server directly.`,
        fix: `Set ${setting} to a URL of the server that this machine can reach. A private:// address is meant for apiHost of the integration.`,
      };
    case "rest-path":
      return { why: `${url} includes the path of the REST API, which the provider appends.`, fix };
    default:
      return { why, fix };
  }
}
