// The control paths that both products of Bitbucket have in one shape: pushes, pull requests, and the deliveries that they set off.
import { CONTROL } from "./control";
import { commitIn, type Fields, fieldsOf, oneOf, optionalText, text, wholeNumber } from "./control-fields";
import type { Deliveries, Subscription } from "./delivery";
import type { Route, SandboxAnswer, SandboxRequest } from "./listen";
import { ACTIONS, type Activity, type Branching } from "./pull-requests";

/** In place of the product's own word, so that one caller can drive both: a workspace's slug on Cloud, a project's key on Data Center. */
const NAMESPACE = "namespace";

export interface ActivityControl<Repository extends Branching, Hook extends Subscription> {
  readonly activity: Activity<Repository>;
  readonly deliveries: Deliveries<Repository, Hook>;
  readonly places: Places<Repository>;
}

/** How the product's repositories are named in control requests. */
export interface Places<Repository> {
  /** "workspace" or "project". */
  readonly word: string;
  /** Undefined when there is none. */
  find(namespace: string, repository: string): Repository | undefined;
  /** Names for complaints; undefined when there is no such namespace. */
  repositoriesIn(namespace: string): readonly string[] | undefined;
  namespaces(): readonly string[];
}

export function activityRoutes<Repository extends Branching, Hook extends Subscription>(
  control: ActivityControl<Repository, Hook>,
): readonly Route[] {
  const { activity, deliveries, places } = control;
  const fields = (request: SandboxRequest, more: readonly string[]): Fields => fieldsOf(request, placeFields(places, more));
  return [
    controlRoute("POST", "push", async (request) => {
      const body = fields(request, ["branch", "commit", "message"]);
      const order = { branch: text(body, "branch"), commit: commitIn(body), message: optionalText(body, "message") };
      return activity.push(repositoryIn(places, body), order);
    }),
    controlRoute("POST", "pull-request", async (request) => {
      const body = fields(request, ["id", "action", "source", "target", "title", "description", "commit", "message"]);
      return activity.pullRequest(repositoryIn(places, body), {
        action: oneOf(body, "action", ACTIONS),
        id: wholeNumber(body, "id"),
        source: optionalText(body, "source"),
        target: optionalText(body, "target"),
        title: optionalText(body, "title"),
        description: optionalText(body, "description"),
        commit: commitIn(body),
        message: optionalText(body, "message"),
      });
    }),
    controlRoute("GET", "deliveries", () => deliveries.list()),
    controlRoute("DELETE", "deliveries", () => {
      deliveries.clear();
      return {};
    }),
  ];
}

export function controlRoute(method: string, name: string, handle: (request: SandboxRequest) => unknown): Route {
  return {
    method,
    pattern: `${CONTROL}/${name}`,
    operation: `${CONTROL}/${name}`,
    handle: async (request): Promise<SandboxAnswer> => ({ status: 200, body: await handle(request) }),
  };
}

export function placeFields({ word }: Pick<Places<never>, "word">, more: readonly string[]): readonly string[] {
  return [word, NAMESPACE, "repository", ...more];
}

export function namespaceIn({ word }: Pick<Places<never>, "word">, body: Fields): string {
  return optionalText(body, NAMESPACE) ?? text(body, word);
}

/** @throws Error that lists what there is */
export function repositoryIn<Repository>(places: Places<Repository>, body: Fields): Repository {
  const [namespace, slug] = [namespaceIn(places, body), text(body, "repository")];
  const found = places.find(namespace, slug);
  if (found !== undefined) return found;
  const known = places.repositoriesIn(namespace) ?? [];
  throw new Error(
    known.length === 0
      ? `There is no ${places.word} "${namespace}" with repositories. There are: ${places.namespaces().join(", ")}.`
      : `${namespace} has no repository "${slug}". It has: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}.`,
  );
}
