/** Build statuses of commits on Bitbucket Cloud. */
import { shortened, type BuildStatus, type BuildStatuses } from "../pull-requests";
import type { RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName } from "../subject";

const STATES = { successful: "SUCCESSFUL", failed: "FAILED" } as const;
/** Longer texts are rejected. */
const LONGEST_KEY = 40;
const LONGEST_TEXT = 255;

export class CloudBuildStatuses implements BuildStatuses {
  readonly #rest: BitbucketRest;

  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  async set(repository: RepositoryRef, commit: string, status: BuildStatus): Promise<void> {
    const { key, state, name, description, url, branch } = status;
    await this.#rest.send({
      method: "POST",
      path: ["repositories", repository.namespace, repository.repository, "commit", commit, "statuses", "build"],
      body: {
        key: key.slice(0, LONGEST_KEY),
        state: STATES[state],
        // Bitbucket rejects a status without an address.
        url,
        name: shortened(name, LONGEST_TEXT),
        description: shortened(description, LONGEST_TEXT),
        ...(branch === undefined ? {} : { refname: branch }),
      },
      subject: { kind: "commit", repository: repositoryName(repository), id: commit },
    });
  }
}
