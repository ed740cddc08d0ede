/** Rules: a webhook has the events of the product that its integration reads, and a set its filters. */
import { BITBUCKET_CLOUD_EVENTS } from "../bitbucket-cloud-events";
import { BITBUCKET_DATACENTER_EVENTS } from "../bitbucket-datacenter-events";
import { REPOSITORY_ROLES } from "../repository-roles";
import { PRODUCT_TITLES, type BitbucketProduct } from "../spacelift";
import type { Violation } from "./violation";

/** The published events of each product. */
export const EVENTS_OF: Readonly<Record<BitbucketProduct, readonly string[]>> = {
  cloud: BITBUCKET_CLOUD_EVENTS,
  datacenter: BITBUCKET_DATACENTER_EVENTS,
};

/** What the rules know about the events of a webhook or a set. */
export interface SubscriptionFacts<S> {
  readonly subject: S;
  /** The product that the integration reads. */
  readonly product: BitbucketProduct;
  /** Undefined in place of an event that is not known. */
  readonly events: readonly (EventFacts | undefined)[];
}

export interface EventFacts {
  readonly key: string;
  /** The product that has the event. Undefined for an event that no list contains. */
  readonly product: BitbucketProduct | undefined;
}

/** What the rules know about the filters of a set. */
export interface FilterFacts<S> {
  readonly subject: S;
  readonly product: BitbucketProduct;
  /** Undefined if it is not set. */
  readonly project: string | undefined;
  /** Undefined if it is not set, or not known. */
  readonly role: string | undefined;
}

export function otherProduct(product: BitbucketProduct): BitbucketProduct {
  return product === "cloud" ? "datacenter" : "cloud";
}

/** The product that has an event; of both, the given one. Undefined for an event that no list contains. */
export function productOfEvent(key: string, preferred: BitbucketProduct): BitbucketProduct | undefined {
  return [preferred, otherProduct(preferred)].find((product) => EVENTS_OF[product].includes(key));
}

/** A webhook subscribes to events of its own product. */
export function* eventsOfOtherProduct<S>(subscriptions: Iterable<SubscriptionFacts<S>>): Generator<Violation<S>> {
  for (const { subject, product, events } of subscriptions) {
    const other = otherProduct(product);
    for (const [index, event] of events.entries()) {
      if (event?.product !== other) continue;
      yield {
        code: "value-not-allowed",
        subject,
        setting: "additionalEvents",
        index,
        cause: ({ eventsOf }) => ({
          why: `${event.key} is an event of ${PRODUCT_TITLES[other]}, but the webhook is in ${PRODUCT_TITLES[product]}.`,
          fix: `Remove it, or use an event of ${eventsOf(product)}.`,
        }),
      };
    }
  }
}

/** Only a workspace can be filtered by project. */
export function* projectsInProjects<S>(sets: Iterable<FilterFacts<S>>): Generator<Violation<S>> {
  for (const { subject, product, project } of sets) {
    if (product !== "datacenter" || project === undefined) continue;
    yield {
      code: "value-not-allowed",
      subject,
      setting: "project",
      cause: () => ({
        why: `project filters a workspace of ${PRODUCT_TITLES.cloud}, but this is already a project of ${PRODUCT_TITLES.datacenter}.`,
        fix: "Remove project.",
      }),
    };
  }
}

/** The products have different roles. */
export function* rolesOfOtherProduct<S>(sets: Iterable<FilterFacts<S>>): Generator<Violation<S>> {
  for (const { subject, product, role } of sets) {
    const roles: readonly string[] = REPOSITORY_ROLES[product];
    if (role === undefined || roles.includes(role)) continue;
    yield {
      code: "value-not-allowed",
      subject,
      setting: "role",
      cause: ({ quote }) => ({
        why: `role is ${quote(role)}, which ${PRODUCT_TITLES[product]} does not have.`,
        fix: `Use one of: ${roles.join(", ")}.`,
      }),
    };
  }
}
