// The control paths that both products of Bitbucket have in one shape: pushes, pull requests, and the deliveries that they set off.
import { CONTROL_PATH } from "./control";
import { optionalCommit, type Fields, parseFields, requireOneOf, optionalText, requireText, optionalWholeNumber } from "./control-fields";
import type { Deliveries, Subscription } from "./deliveries";
import type { Route, SandboxResponse, SandboxRequest } from "./service";
import { PULL_REQUEST_ACTIONS, type Activity } from "./activity";
import type { WithBranches } from "./pull-request";

/** In place of the product's own word, so that one caller can drive both: a workspace's slug on Cloud, a project's key on Data Center. */
const NAMESPACE = "namespace";

export interface ActivityControl<Repository extends WithBranches, Hook extends Subscription> {
  readonly activity: Activity<Repository>;
  readonly deliveries: Deliveries<Repository, Hook>;
  readonly lookup: RepositoryLookup<Repository>;
}

/** How the product's repositories are named in control requests. */
export interface RepositoryLookup<Repository> {
  /** "workspace" or "project". */
  readonly namespaceWord: string;
  /** Undefined when there is none. */
  find(namespace: string, repository: string): Repository | undefined;
  /** Names for complaints; undefined when there is no such namespace. */
  repositoriesIn(namespace: string): readonly string[] | undefined;
  namespaces(): readonly string[];
}

export function createActivityRoutes<Repository extends WithBranches, Hook extends Subscription>(
  control: ActivityControl<Repository, Hook>,
): readonly Route[] {
  const { activity, deliveries, lookup: places } = control;
  const fields = (request: SandboxRequest, more: readonly string[]): Fields => parseFields(request, repositoryFields(places, more));
  return [
    createControlRoute("POST", "push", async (request) => {
      const body = fields(request, ["branch", "commit", "message"]);
      const order = { branch: requireText(body, "branch"), commit: optionalCommit(body), message: optionalText(body, "message") };
      return activity.push(requireRepository(places, body), order);
    }),
    createControlRoute("POST", "pull-request", async (request) => {
      const body = fields(request, ["id", "action", "source", "target", "title", "description", "commit", "message"]);
      return activity.pullRequest(requireRepository(places, body), {
        action: requireOneOf(body, "action", PULL_REQUEST_ACTIONS),
        id: optionalWholeNumber(body, "id"),
        source: optionalText(body, "source"),
        target: optionalText(body, "target"),
        title: optionalText(body, "title"),
        description: optionalText(body, "description"),
        commit: optionalCommit(body),
        message: optionalText(body, "message"),
      });
    }),
    createControlRoute("GET", "deliveries", () => deliveries.list()),
    createControlRoute("DELETE", "deliveries", () => {
      deliveries.clear();
      return {};
    }),
  ];
}

export function createControlRoute(method: string, name: string, handle: (request: SandboxRequest) => unknown): Route {
  return {
    method,
    pattern: `${CONTROL_PATH}/${name}`,
    operation: `${CONTROL_PATH}/${name}`,
    handle: async (request): Promise<SandboxResponse> => ({ status: 200, body: await handle(request) }),
  };
}

export function repositoryFields(
  { namespaceWord: word }: Pick<RepositoryLookup<never>, "namespaceWord">,
  more: readonly string[],
): readonly string[] {
  return [word, NAMESPACE, "repository", ...more];
}

export function readNamespace({ namespaceWord: word }: Pick<RepositoryLookup<never>, "namespaceWord">, body: Fields): string {
  return optionalText(body, NAMESPACE) ?? requireText(body, word);
}

/** @throws Error that lists what there is */
export function requireRepository<Repository>(places: RepositoryLookup<Repository>, body: Fields): Repository {
  const [namespace, slug] = [readNamespace(places, body), requireText(body, "repository")];
  const found = places.find(namespace, slug);
  if (found !== undefined) return found;
  const known = places.repositoriesIn(namespace) ?? [];
  throw new Error(
    known.length === 0
      ? `There is no ${places.namespaceWord} "${namespace}" with repositories. There are: ${places.namespaces().join(", ")}.`
      : `${namespace} has no repository "${slug}". It has: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}.`,
  );
}
