// Steps of Bitbucket Pipelines: the variables that one gets, and the rights of the proxy through which it calls the API without a token.
import { randomBytes } from "node:crypto";
import type { Level } from "../../core/access-level";
import type { PullRequest } from "../../core/pull-request";
import type { Credential } from "./credentials";
import { addImpliedScopes } from "./scopes";
import { deriveUuid, fullName, randomBracedUuid, type Repository } from "./store";

/** What the proxy may do; webhooks and people are not part of it. Assumed, except that Code Insights works. */
const SCOPES = ["repository:write", "pullrequest"];

export class Pipelines {
  /** Only the proxy knows the token of this credential. */
  readonly credential: Credential;
  readonly #repositories = new Map<string, Level>();
  #builds = 0;

  constructor() {
    this.credential = {
      kind: "pipelines-proxy",
      email: undefined,
      username: undefined,
      displayName: "Pipelines",
      token: randomBytes(32).toString("base64url"),
      scopes: SCOPES,
      implied: addImpliedScopes(SCOPES),
      expires: undefined,
      access: this.#repositories,
      uuid: deriveUuid("proxy of Pipelines"),
    };
  }

  /** No step runs any more. */
  clear(): void {
    this.#repositories.clear();
    this.#builds = 0;
  }

  /** From now on, the proxy has access to the repository. */
  startStep(repository: Repository, build: PullRequest | { readonly branch: string }): Readonly<Record<string, string>> {
    this.#repositories.set(repository.uuid, "write");
    this.#builds += 1;
    return { ...createRepositoryVariables(repository, this.#builds), ...createBuildVariables(repository, build) };
  }
}

function createRepositoryVariables(repository: Repository, buildNumber: number): Readonly<Record<string, string>> {
  const { workspace, slug, uuid, project } = repository;
  const name = fullName(repository);
  return {
    CI: "true",
    BITBUCKET_BUILD_NUMBER: `${buildNumber}`,
    BITBUCKET_CLONE_DIR: "/opt/atlassian/pipelines/agent/build",
    BITBUCKET_WORKSPACE: workspace.slug,
    BITBUCKET_REPO_SLUG: slug,
    BITBUCKET_REPO_UUID: uuid,
    BITBUCKET_REPO_FULL_NAME: name,
    BITBUCKET_PIPELINE_UUID: randomBracedUuid(),
    BITBUCKET_STEP_UUID: randomBracedUuid(),
    BITBUCKET_GIT_HTTP_ORIGIN: `http://bitbucket.org/${name}`,
    BITBUCKET_GIT_SSH_ORIGIN: `git@bitbucket.org:${name}.git`,
    ...(project === undefined ? {} : { BITBUCKET_PROJECT_KEY: project.key }),
  };
}

/** Only a build of a pull request has the two variables BITBUCKET_PR_…; a build of a push has none. */
function createBuildVariables(repository: Repository, build: PullRequest | { readonly branch: string }): Readonly<Record<string, string>> {
  if ("branch" in build) return { BITBUCKET_COMMIT: repository.branches.get(build.branch) ?? "", BITBUCKET_BRANCH: build.branch };
  return {
    BITBUCKET_COMMIT: build.commits.at(-1) ?? "",
    BITBUCKET_BRANCH: build.source,
    BITBUCKET_PR_ID: `${build.id}`,
    BITBUCKET_PR_DESTINATION_BRANCH: build.target,
  };
}
