// The control paths that both Bitbucket products share: pushes, pull requests, and the deliveries they cause.
import type { Activity } from "./activity";
import { PULL_REQUEST_ACTIONS } from "./activity-input";
import { createControlRoute } from "./control-route";
import {
  type Fields,
  readOptionalCommit,
  readOptionalText,
  readOptionalWholeNumber,
  parseFields,
  requireOneOf,
  requireText,
} from "./control-fields";
import type { Deliveries, Subscription } from "./deliveries";
import type { WithBranches } from "./pull-request";
import type { Route, SandboxRequest } from "./service";

/** Accepted instead of `workspace` (a slug, on Cloud) or `project` (a key, on Data Center), so that one caller can drive both products. */
const NAMESPACE = "namespace";

export interface ActivityControl<Repository extends WithBranches, Hook extends Subscription> {
  readonly activity: Activity<Repository>;
  readonly deliveries: Deliveries<Repository, Hook>;
  readonly lookup: RepositoryLookup<Repository>;
}

/** Finds the repository that a control request names. */
export interface RepositoryLookup<Repository> {
  /** "workspace" or "project". */
  readonly namespaceWord: string;
  find(namespace: string, repository: string): Repository | undefined;
  /** The names of the repositories, for messages; undefined if the namespace does not exist. */
  repositoriesIn(namespace: string): readonly string[] | undefined;
  namespaces(): readonly string[];
}

export function createActivityRoutes<Repository extends WithBranches, Hook extends Subscription>(
  control: ActivityControl<Repository, Hook>,
): readonly Route[] {
  const { activity, deliveries, lookup } = control;
  const parse = (request: SandboxRequest, fields: readonly string[]): Fields => parseFields(request, repositoryFields(lookup, fields));
  return [
    createControlRoute("POST", "push", async (request) => {
      const body = parse(request, ["branch", "commit", "message"]);
      const input = { branch: requireText(body, "branch"), commit: readOptionalCommit(body), message: readOptionalText(body, "message") };
      return activity.push(requireRepository(lookup, body), input);
    }),
    createControlRoute("POST", "pull-request", async (request) => {
      const body = parse(request, ["id", "action", "source", "target", "title", "description", "commit", "message"]);
      return activity.pullRequest(requireRepository(lookup, body), {
        action: requireOneOf(body, "action", PULL_REQUEST_ACTIONS),
        id: readOptionalWholeNumber(body, "id"),
        source: readOptionalText(body, "source"),
        target: readOptionalText(body, "target"),
        title: readOptionalText(body, "title"),
        description: readOptionalText(body, "description"),
        commit: readOptionalCommit(body),
        message: readOptionalText(body, "message"),
      });
    }),
    createControlRoute("GET", "deliveries", () => deliveries.list()),
    createControlRoute("DELETE", "deliveries", () => {
      deliveries.clear();
      return {};
    }),
  ];
}

type NamespaceWord = Pick<RepositoryLookup<never>, "namespaceWord">;

/** The fields that name a repository, and those of the request. */
export function repositoryFields({ namespaceWord }: NamespaceWord, fields: readonly string[]): readonly string[] {
  return [namespaceWord, NAMESPACE, "repository", ...fields];
}

export function readNamespace({ namespaceWord }: NamespaceWord, body: Fields): string {
  return readOptionalText(body, NAMESPACE) ?? requireText(body, namespaceWord);
}

/** @throws Error that lists the known repositories */
export function requireRepository<Repository>(lookup: RepositoryLookup<Repository>, body: Fields): Repository {
  const [namespace, slug] = [readNamespace(lookup, body), requireText(body, "repository")];
  const repository = lookup.find(namespace, slug);
  if (repository !== undefined) return repository;
  const known = lookup.repositoriesIn(namespace) ?? [];
  throw new Error(
    known.length === 0
      ? `No ${lookup.namespaceWord} "${namespace}" with repositories exists. Known: ${lookup.namespaces().join(", ")}.`
      : `${namespace} has no repository "${slug}". Known: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}.`,
  );
}
