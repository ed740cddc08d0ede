/** Build statuses of commits on Bitbucket Data Center. */
import { shortened, type BuildStatus, type BuildStatuses } from "../pull-requests";
import type { RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName } from "../subject";

const STATES = { successful: "SUCCESSFUL", failed: "FAILED" } as const;
const LONGEST_KEY = 255;
const LONGEST_NAME = 255;
const LONGEST_URL = 450;
const LONGEST_REF = 1_024;

export class DatacenterBuildStatuses implements BuildStatuses {
  readonly #rest: BitbucketRest;

  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  async set(repository: RepositoryRef, commit: string, status: BuildStatus): Promise<void> {
    const { key, state, name, description, url, branch } = status;
    const ref = branch === undefined ? undefined : `refs/heads/${branch}`;
    await this.#rest.send({
      method: "POST",
      path: ["projects", repository.namespace, "repos", repository.repository, "commits", commit, "builds"],
      body: {
        key: key.slice(0, LONGEST_KEY),
        state: STATES[state],
        url: url.length <= LONGEST_URL ? url : new URL(url).origin,
        name: shortened(name, LONGEST_NAME),
        description: shortened(description, LONGEST_NAME),
        ...(ref === undefined || ref.length > LONGEST_REF ? {} : { ref }),
      },
      subject: { kind: "commit", repository: repositoryName(repository), id: commit },
    });
  }
}
