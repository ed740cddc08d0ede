/** Rules about webhooks: one in each repository for each integration, nothing of the other product, and no source without one. */
import { PRODUCT_TITLES } from "../../packages/domain";
import type { Declarations } from "../declarations";
import { repetitions, type Finding } from "./finding";
import type { NamespaceWebhooks } from "../namespace-webhooks";
import { PRODUCTS } from "../products";
import type { IRepository } from "../repository";

export function* repeatedRepositories({ webhooks, namespaces, repeats }: Declarations): Generator<Finding> {
  const once = "Declare it once. A repository needs one webhook for each integration, however many stacks read it.";
  for (const { integration, name, fix = once } of repeats) {
    yield { construct: integration, why: `${name} was added to this integration before.`, fix };
  }
  for (const [first, construct] of repetitions(
    webhooks.filter(({ repository }) => repository.path !== undefined),
    ({ repository, integration }) => `${integration.node.path} ${repository.path ?? ""}`,
  )) {
    yield {
      construct,
      why: `${first.node.path} puts a webhook for ${construct.integration.node.path} into ${named(construct.repository)} already.`,
      fix: once,
    };
  }
  const whole = namespaces.filter(({ props }) => props.project === undefined && props.query === undefined && props.role === undefined);
  for (const construct of webhooks) {
    const { repository, integration } = construct;
    const each = whole.find((one) => one.integration === integration && one.covers(repository));
    if (each === undefined) continue;
    yield {
      construct,
      why: `${each.node.path} puts a webhook for ${integration.node.path} into each repository of ${each.namespace}, and so into ${named(repository)}.`,
      fix: `Leave out one of the two: this declaration, or the repository there, with except: ["${repository.slug}"].`,
    };
  }
  for (const [index, construct] of namespaces.entries()) {
    const isWhole = whole.includes(construct);
    const each = whole.find((one) => overlap(one, construct, isWhole) && (!isWhole || namespaces.indexOf(one) < index));
    if (each === undefined) continue;
    yield {
      construct,
      why: `${each.node.path} puts a webhook for ${construct.integration.node.path} into each repository of ${each.namespace}, and so into those of this set.`,
      fix: "Leave out one of the two, or give both a query or a role that keeps them apart.",
    };
  }
}

/** Whether a set without a filter shares repositories with another one for certain: what one excepts may be what the other is for. */
function overlap(whole: NamespaceWebhooks, other: NamespaceWebhooks, otherIsWhole: boolean): boolean {
  const all = (set: NamespaceWebhooks) => (set.props.except ?? []).length === 0;
  return (
    whole !== other &&
    whole.integration === other.integration &&
    whole.namespace.toLowerCase() === other.namespace.toLowerCase() &&
    (all(whole) || (otherIsWhole && all(other)))
  );
}

/** Options, events and repositories of the product that the integration does not read. */
export function* strangersToTheProduct({ webhooks, namespaces }: Declarations): Generator<Finding> {
  for (const construct of [...webhooks, ...namespaces]) {
    const { product } = construct.integration;
    const other = product === "cloud" ? "datacenter" : "cloud";
    const isOf = `of ${PRODUCT_TITLES[other]}, and this is a webhook in ${PRODUCT_TITLES[product]}.`;
    const option = PRODUCTS[other].certificateOption;
    if (construct.props[option] !== undefined) {
      yield { construct, why: `${option} is an option ${isOf}`, fix: `Use ${PRODUCTS[product].certificateOption}.` };
    }
    for (const event of construct.props.additionalEvents ?? []) {
      if (event.product !== other) continue;
      yield { construct, why: `${event.key} is an event ${isOf}`, fix: `Use WebhookEvent.${product}.` };
    }
  }
  for (const construct of webhooks) {
    const { integration, repository } = construct;
    if (repository.product === integration.product) continue;
    const home = PRODUCT_TITLES[repository.product];
    yield {
      construct,
      why: `${named(repository)} is a repository of ${home}, and the integration reads ${PRODUCT_TITLES[integration.product]}.`,
      fix: `Add it to an integration for ${home}.`,
    };
  }
  for (const construct of namespaces) {
    if (construct.integration.product !== "datacenter" || construct.props.project === undefined) continue;
    yield {
      construct,
      why: "project is a filter of Bitbucket Cloud, and this is a project of Bitbucket Data Center already.",
      fix: "Leave project out.",
    };
  }
}

export function* silentSources({ sources, webhooks, namespaces }: Declarations): Generator<Finding> {
  const fed = new Set(webhooks.map(({ integration, repository }) => `${integration.node.path} ${named(repository).toLowerCase()}`));
  for (const { integration, repository } of sources) {
    if (repository.path === undefined || fed.has(`${integration.node.path} ${repository.path}`)) continue;
    if (namespaces.some((one) => one.integration === integration && one.covers(repository))) continue;
    yield {
      construct: integration,
      why: `A stack or module reads ${named(repository)} through this integration, and no webhook tells Spacelift of pushes to it.`,
      fix: `Call addRepository("${named(repository)}") on the integration.`,
    };
  }
}

function named(repository: IRepository): string {
  return `${repository.namespace}/${repository.slug}`;
}
