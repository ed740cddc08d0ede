/** Rules about repositories, sets and their webhooks: the app as packages/domain checks it. */
import type { IConstruct } from "constructs";
import {
  duplicateRepositories,
  eventsOfOtherProduct,
  overlappingSets,
  projectsInProjects,
  repositoriesInSets,
  rolesOfOtherProduct,
  type FilterFacts,
  type RepositoryFacts,
  type SetFacts,
  type SubscriptionFacts,
} from "../../packages/domain";
import { findingsOf } from "./construct-words";
import type { Declarations } from "./declarations";
import type { Finding, Rule } from "./finding";
import { knownText } from "./integrations";

export const WEBHOOK_RULES: readonly Rule[] = [
  { code: "value-not-allowed", find: (app) => findingsOf(eventsOfOtherProduct(subscriptionFacts(app))) },
  { code: "value-not-allowed", find: (app) => findingsOf(projectsInProjects(filterFacts(app))) },
  { code: "value-not-allowed", find: (app) => findingsOf(rolesOfOtherProduct(filterFacts(app))) },
  { code: "duplicate-repository", find: repeatedSets },
  { code: "duplicate-repository", find: (app) => findingsOf(duplicateRepositories(repositoryFacts(app))) },
  { code: "duplicate-repository", find: (app) => findingsOf(repositoriesInSets(webhookFacts(app), setFacts(app))) },
  { code: "duplicate-repository", find: (app) => findingsOf(overlappingSets(setFacts(app))) },
];

/** The app adds the same set to an integration twice. A second set needs a construct ID, as a second set of the file needs a key. */
function* repeatedSets({ repeatedSets: sets }: Declarations): Generator<Finding> {
  for (const { integration, namespace } of sets) {
    yield {
      construct: integration,
      why: `The set of repositories of ${namespace} was already added to this integration.`,
      fix: "Declare the set once. To declare a second set, pass a constructId, and set match, a query or a role on both.",
    };
  }
}

function webhookFacts({ webhooks }: Declarations): readonly RepositoryFacts<IConstruct>[] {
  return webhooks.map((webhook) => {
    const { namespace, slug, path = webhook.node.path } = webhook.repository;
    return { subject: webhook, integration: webhook.integration, namespace, slug, identity: path };
  });
}

/** An integration to which a repository is added again returns the first webhook, so the integration itself is the subject. */
function repositoryFacts(app: Declarations): readonly RepositoryFacts<IConstruct>[] {
  const repeated = app.repeatedRepositories.map(({ integration, repository, first }) => {
    const { namespace, slug, path = first.node.path } = repository;
    return { subject: integration, integration, namespace, slug, identity: path };
  });
  return [...webhookFacts(app), ...repeated];
}

function setFacts({ namespaceWebhooks }: Declarations): readonly SetFacts<IConstruct>[] {
  return namespaceWebhooks.map((set) => {
    const { project, query, role, match, except = [] } = set.props;
    return { subject: set, integration: set.integration, namespace: set.namespace, project, query, role, match, except };
  });
}

function subscriptionFacts({ webhooks, namespaceWebhooks }: Declarations): readonly SubscriptionFacts<IConstruct>[] {
  return [...webhooks, ...namespaceWebhooks].map((webhook) => ({
    subject: webhook,
    product: webhook.integration.product,
    events: webhook.props.additionalEvents ?? [],
  }));
}

function filterFacts({ namespaceWebhooks }: Declarations): readonly FilterFacts<IConstruct>[] {
  return namespaceWebhooks.map((set) => ({
    subject: set,
    product: set.integration.product,
    project: set.props.project,
    role: knownText(set.props.role),
  }));
}
