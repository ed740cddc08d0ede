/** Rules: an integration has one webhook per repository, whether it is declared individually or as part of a set. */
import type { IRepository } from "../repository";
import type { Declarations, NamespaceWebhooksDeclaration } from "./declarations";
import { duplicates, type Finding } from "./finding";

const DECLARE_ONCE =
  "Declare it once. A repository needs one webhook per integration, regardless of the number of stacks that read the repository.";

/** The app adds a repository or set to an integration twice. */
export function* repeatedAdditions({ repeatedAdditions: additions }: Declarations): Generator<Finding> {
  for (const { integration, subject, fix = DECLARE_ONCE } of additions) {
    yield { construct: integration, why: `${subject} was already added to this integration.`, fix };
  }
}

/** Two webhook constructs name the same repository. */
export function* duplicateWebhooks({ webhooks }: Declarations): Generator<Finding> {
  const known = webhooks.filter(({ repository }) => repository.path !== undefined);
  for (const [first, construct] of duplicates(
    known,
    ({ integration, repository }) => `${integration.node.path} ${repository.path ?? ""}`,
  )) {
    yield {
      construct,
      why: `${first.node.path} already adds a webhook for ${construct.integration.node.path} to ${nameOf(construct.repository)}.`,
      fix: DECLARE_ONCE,
    };
  }
}

/** A webhook names a repository that a set includes. */
export function* webhooksInSets({ webhooks, namespaceWebhooks }: Declarations): Generator<Finding> {
  const certain = namespaceWebhooks.filter(selectsByName);
  for (const construct of webhooks) {
    const { repository, integration } = construct;
    const set = certain.find((candidate) => candidate.integration === integration && candidate.covers(repository));
    if (set === undefined) continue;
    yield {
      construct,
      why: `${set.node.path} adds a webhook for ${integration.node.path} to ${selectionOf(set)} of ${set.namespace}, which includes ${nameOf(repository)}.`,
      fix: `Remove this declaration, or exclude the repository from the set with except: ["${repository.slug}"].`,
    };
  }
}

/** Two sets of a workspace or project include the same repositories. */
export function* overlappingSets({ namespaceWebhooks }: Declarations): Generator<Finding> {
  for (const [index, construct] of namespaceWebhooks.entries()) {
    // Of two unfiltered sets, the later one is reported.
    const candidates = isUnfiltered(construct) ? namespaceWebhooks.slice(0, index) : namespaceWebhooks;
    const set = candidates.find((candidate) => isUnfiltered(candidate) && overlaps(candidate, construct));
    if (set === undefined) continue;
    yield {
      construct,
      why: `${set.node.path} adds a webhook for ${construct.integration.node.path} to every repository of ${set.namespace}, which includes those of this set.`,
      fix: "Remove one of the two, or set match, a query or a role on both so that they do not overlap.",
    };
  }
}

/** Whether a set certainly shares repositories with an unfiltered set. Its exceptions may be exactly the repositories of the other set. */
function overlaps(unfiltered: NamespaceWebhooksDeclaration, set: NamespaceWebhooksDeclaration): boolean {
  return (
    unfiltered !== set &&
    unfiltered.integration === set.integration &&
    unfiltered.namespace.toLowerCase() === set.namespace.toLowerCase() &&
    (!hasExceptions(unfiltered) || (isUnfiltered(set) && !hasExceptions(set)))
  );
}

function isUnfiltered(set: NamespaceWebhooksDeclaration): boolean {
  return selectsByName(set) && set.props.match === undefined;
}

/** Whether the name of a repository is enough to know whether the set includes it. */
function selectsByName({ props: { project, query, role } }: NamespaceWebhooksDeclaration): boolean {
  return project === undefined && query === undefined && role === undefined;
}

function selectionOf({ props: { match } }: NamespaceWebhooksDeclaration): string {
  return match === undefined ? "every repository" : `every repository that matches ${JSON.stringify(match)}`;
}

function hasExceptions({ props: { except = [] } }: NamespaceWebhooksDeclaration): boolean {
  return except.length > 0;
}

function nameOf({ namespace, slug }: IRepository): string {
  return `${namespace}/${slug}`;
}
