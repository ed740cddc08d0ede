/** Pull requests of Bitbucket Data Center. */
import { asObject, asList, asText, type JsonObject } from "../../http/json";
import type { PullRequest, PullRequests } from "../pull-requests";
import type { RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName, type Subject } from "../subject";
import { MAX_PAGE } from "./rest";

const BRANCHES = "refs/heads/";

export class DatacenterPullRequests implements PullRequests {
  readonly #rest: BitbucketRest;

  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  async read(repository: RepositoryRef, id: string): Promise<PullRequest> {
    const path = pullRequestPath(repository, id);
    const response = await this.#rest.send({ method: "GET", path, subject: pullRequestSubject(repository, id) });
    const pullRequest = parse(response.body);
    if (pullRequest === undefined) throw this.#rest.unusableResponse(response, "without the pull request");
    return pullRequest;
  }

  async findOpen(repository: RepositoryRef, sourceBranch: string): Promise<readonly PullRequest[]> {
    const items = await this.#rest.listAll({
      path: ["projects", repository.namespace, "repos", repository.repository, "pull-requests"],
      query: { ...MAX_PAGE, direction: "OUTGOING", at: `${BRANCHES}${sourceBranch}`, state: "OPEN" },
      subject: { kind: "repository", repository: repositoryName(repository) },
    });
    const pullRequests = items.map(parse).filter((pullRequest) => pullRequest !== undefined);
    return pullRequests.filter((pullRequest) => pullRequest.isOpen && pullRequest.sourceBranch === sourceBranch);
  }
}

export function pullRequestPath({ namespace, repository }: RepositoryRef, id: string): readonly string[] {
  return ["projects", namespace, "repos", repository, "pull-requests", id];
}

export function pullRequestSubject(repository: RepositoryRef, id: string): Subject {
  return { kind: "pull request", repository: repositoryName(repository), id };
}

function parse(value: unknown): PullRequest | undefined {
  const item = asObject(value);
  const source = asObject(item?.["fromRef"]);
  const commit = asText(source?.["latestCommit"]);
  const id = item?.["id"];
  if (item === undefined || typeof id !== "number" || commit === null) return undefined;
  return {
    id: `${id}`,
    isOpen: asText(item["state"]) === "OPEN",
    sourceBranch: branchOf(source),
    sourceCommit: commit,
    destinationBranch: branchOf(asObject(item["toRef"])),
    url: asText(asObject(asList(asObject(item["links"])?.["self"])?.[0])?.["href"]),
  };
}

function branchOf(ref: JsonObject | undefined): string {
  const id = asText(ref?.["id"]) ?? "";
  return id.startsWith(BRANCHES) ? id.slice(BRANCHES.length) : (asText(ref?.["displayId"]) ?? id);
}
