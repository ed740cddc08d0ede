/** Pull requests of Bitbucket Cloud. */
import { asObject, asText } from "../../http/json";
import type { PullRequest, PullRequests } from "../pull-requests";
import type { RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName, type Subject } from "../subject";

/** Lists of pull requests have smaller pages than others. */
export const PAGE = { pagelen: "50" };

export class CloudPullRequests implements PullRequests {
  readonly #rest: BitbucketRest;

  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  async read(repository: RepositoryRef, id: string): Promise<PullRequest> {
    const path = pullRequestPath(repository, id);
    const response = await this.#rest.send({ method: "GET", path, subject: pullRequestSubject(repository, id) });
    const pullRequest = parse(response.body)?.pullRequest;
    if (pullRequest === undefined) throw this.#rest.unusableResponse(response, "without the pull request");
    return pullRequest;
  }

  async findOpen(repository: RepositoryRef, sourceBranch: string): Promise<readonly PullRequest[]> {
    const items = await this.#rest.listAll({
      path: ["repositories", repository.namespace, repository.repository, "pullrequests"],
      query: { ...PAGE, q: `source.branch.name=${quoted(sourceBranch)} AND state="OPEN"` },
      subject: { kind: "repository", repository: repositoryName(repository) },
    });
    return items.flatMap((item) => {
      const parsed = parse(item);
      if (parsed === undefined || !parsed.pullRequest.isOpen || parsed.pullRequest.sourceBranch !== sourceBranch) return [];
      // A fork can have a branch of the same name.
      const isOwn = parsed.sourceRepository === null || parsed.sourceRepository.toLowerCase() === repositoryName(repository).toLowerCase();
      return isOwn ? [parsed.pullRequest] : [];
    });
  }
}

export function pullRequestPath({ namespace, repository }: RepositoryRef, id: string): readonly string[] {
  return ["repositories", namespace, repository, "pullrequests", id];
}

export function pullRequestSubject(repository: RepositoryRef, id: string): Subject {
  return { kind: "pull request", repository: repositoryName(repository), id };
}

/** A text in Bitbucket's filter language. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, (character) => `\\${character}`)}"`;
}

function parse(value: unknown): { readonly pullRequest: PullRequest; readonly sourceRepository: string | null } | undefined {
  const item = asObject(value);
  const source = asObject(item?.["source"]);
  const commit = asText(asObject(source?.["commit"])?.["hash"]);
  const id = item?.["id"];
  if (item === undefined || typeof id !== "number" || commit === null) return undefined;
  const pullRequest = {
    id: `${id}`,
    isOpen: asText(item["state"]) === "OPEN",
    sourceBranch: branchOf(source),
    sourceCommit: commit,
    destinationBranch: branchOf(asObject(item["destination"])),
    url: asText(asObject(asObject(item["links"])?.["html"])?.["href"]),
  };
  return { pullRequest, sourceRepository: asText(asObject(source?.["repository"])?.["full_name"]) };
}

function branchOf(end: Readonly<Record<string, unknown>> | undefined): string {
  return asText(asObject(end?.["branch"])?.["name"]) ?? "";
}
