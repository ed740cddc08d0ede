/** Which pull request and commit a review belongs to: from `--pr`, from Bitbucket Pipelines, or from the branch. */
import { parsedUrl } from "../../domain";
import { problem } from "../catalog";
import { gitText } from "./git";
import type { Environment } from "./remote";

interface Repository {
  readonly namespace: string;
  readonly repository: string;
}

/** Where the pull request is. */
export interface ReviewPlace extends Repository {
  readonly product: "cloud" | "datacenter";
  /** Address of the Data Center server; undefined on Cloud. */
  readonly server: string | undefined;
}

export interface ReviewTarget extends ReviewPlace {
  /** Undefined: it has to be looked up by its source branch. */
  readonly pullRequest: string | undefined;
  readonly branch: string | undefined;
  /** Undefined: the newest commit of the pull request. */
  readonly commit: string | undefined;
  /** The page of the pipeline's run; undefined outside a known pipeline. */
  readonly run: string | undefined;
}

const CLOUD_HOST = "bitbucket.org";

/**
 * @param given `--pr`: a number or an address
 * @throws Problem `pull-request-unknown`
 */
export async function reviewTarget(given: string | undefined, environment: Environment, folder: string): Promise<ReviewTarget> {
  const address = given === undefined || /^\d+$/.test(given) ? undefined : parseAddress(given, environment);
  if (given !== undefined && address === undefined && !/^\d+$/.test(given)) {
    throw unknown(`--pr is ${JSON.stringify(given)}, which is neither a number nor the address of a pull request in Bitbucket.`, PR_FIX);
  }
  const pipeline = pipelineOf(environment);
  const place = address ?? pipeline ?? (await placeOfRemote(environment, folder));
  if (place === undefined) throw unknown("Nothing says in which repository the pull request is.", PR_FIX);
  const isOwn = pipeline !== undefined && isSame(place, pipeline);
  const own = isOwn ? pipeline : undefined;
  return {
    product: place.product,
    server: place.server,
    namespace: place.namespace,
    repository: place.repository,
    pullRequest: address?.pullRequest ?? given ?? own?.pullRequest,
    branch: own?.branch ?? (address === undefined ? await gitText(folder, "symbolic-ref", "--quiet", "--short", "HEAD") : undefined),
    commit: own?.commit,
    run: own?.run ?? (environment["BUILD_URL"] || undefined),
  };
}

const PR_FIX =
  "Give its address, such as --pr https://bitbucket.org/<workspace>/<repository>/pull-requests/<number>, or its number in a clone of the repository. For Data Center, also set BITBUCKET_DATACENTER_URL.";

type Addressed = ReviewPlace & { readonly pullRequest: string };

function parseAddress(text: string, environment: Environment): Addressed | undefined {
  const url = parsedUrl(text);
  if (url === undefined) return undefined;
  const { protocol, origin, pathname, hostname } = url;
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  if (hostname.toLowerCase() === CLOUD_HOST) {
    const [, namespace = "", repository = "", pullRequest = ""] = /^\/([^/]+)\/([^/]+)\/pull-requests\/(\d+)(\/|$)/.exec(pathname) ?? [];
    return pullRequest === "" ? undefined : { product: "cloud", server: undefined, namespace, repository, pullRequest };
  }
  const found = /^(.*)\/(projects|users)\/([^/]+)\/repos\/([^/]+)\/pull-requests\/(\d+)(\/|$)/.exec(pathname);
  if (found === null) return undefined;
  const [, context = "", kind = "", owner = "", repository = "", pullRequest = ""] = found;
  const server = `${origin}${context}`;
  // The credential goes to this server, so it must be the one that the environment names.
  const configured = environment["BITBUCKET_DATACENTER_URL"]?.replace(/\/+$/, "");
  if (configured !== undefined && configured !== "" && configured !== server) {
    throw unknown(
      `--pr names the server ${server}, and BITBUCKET_DATACENTER_URL names ${configured}.`,
      "Set BITBUCKET_DATACENTER_URL to the server of the pull request, with the credential of that server.",
    );
  }
  return { product: "datacenter", server, namespace: kind === "users" ? `~${owner}` : owner, repository, pullRequest };
}

/** The variables of Bitbucket Pipelines. The number of the pull request is only in builds of a `pull-requests` section. */
function pipelineOf(environment: Environment) {
  const {
    BITBUCKET_BUILD_NUMBER: number = "",
    BITBUCKET_WORKSPACE: namespace = "",
    BITBUCKET_REPO_SLUG: repository = "",
    BITBUCKET_PR_ID: pullRequest = "",
    BITBUCKET_BRANCH: branch = "",
    BITBUCKET_COMMIT: commit = "",
  } = environment;
  if (namespace === "" || repository === "") return undefined;
  return {
    product: "cloud",
    server: undefined,
    namespace,
    repository,
    pullRequest: pullRequest || undefined,
    branch: branch || undefined,
    commit: commit || undefined,
    run: number === "" ? undefined : `https://${CLOUD_HOST}/${namespace}/${repository}/pipelines/results/${number}`,
  } as const;
}

/** From the address of the remote `origin`: `git@bitbucket.org:acme/infrastructure.git`, `https://bitbucket.acme.example/scm/plat/ledger.git`. */
async function placeOfRemote(environment: Environment, folder: string): Promise<ReviewPlace | undefined> {
  const remote = await gitText(folder, "remote", "get-url", "origin");
  const [, host = "", path = ""] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^:/]+)(?::\d+)?[:/]+(.+?)(?:\.git)?\/?$/i.exec(remote ?? "") ?? [];
  const [repository = "", namespace = ""] = path.split("/").reverse();
  if (namespace === "" || repository === "") return undefined;
  if (host.toLowerCase() === CLOUD_HOST) return { product: "cloud", server: undefined, namespace, repository };
  const server = environment["BITBUCKET_DATACENTER_URL"]?.replace(/\/+$/, "");
  // As a URL, an international host has one spelling.
  const configuredHost = server === undefined ? undefined : parsedUrl(server)?.hostname;
  if (!server || configuredHost === undefined || configuredHost !== parsedUrl(`https://${host}`)?.hostname) return undefined;
  return { product: "datacenter", server, namespace, repository };
}

function isSame(a: ReviewPlace, b: ReviewPlace): boolean {
  const nameOf = ({ namespace, repository }: Repository) => `${namespace}/${repository}`.toLowerCase();
  return a.product === b.product && a.server === b.server && nameOf(a) === nameOf(b);
}

export function unknown(why: string, fix: string): Error {
  return problem("pull-request-unknown", { why, fix });
}
