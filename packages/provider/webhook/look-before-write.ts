/** Looks up webhooks in Bitbucket while a create or a new URL is planned, and reports what the apply will find. Another object of the same apply may change that, so these are warnings. Only a rejected login is an error. */
import { failedAs, Problem } from "../../diagnostics";
import { PRODUCT_TITLES, warning } from "../../domain";
import { UNKNOWN, type Unknown } from "../../terraform-plugin";
import type { RepositoryRef, Webhook } from "../../clients";
import type { PlanContext } from "../resource-handlers";
import { failureMessage } from "../failure-message";
import { reportRejectedLogin } from "../rejected-login";
import { adoptionAnnouncement, adoptionNotAllowed, declaredTwice, duplicatesWarning, type WantedWebhook } from "./adoption";
import { reportProjectWebhooks } from "./project-webhooks";
import { repositoryName } from "./renamed-repository";
import type { DraftWebhook, ProductFacts, StoredWebhook, WebhookViews } from "./webhook-adapter";
import { reportWorkspaceWebhooks } from "./workspace-webhooks";

/** A webhook whose repository is known. */
export interface PlannedWrite {
  readonly target: RepositoryRef;
  readonly draft: DraftWebhook;
  /** The webhook in the state; null for a create. */
  readonly prior: StoredWebhook | null;
  /** Whether it replaces another object, which has the same webhook in its state. */
  readonly isReplacement: boolean;
}

type Context = PlanContext<WebhookViews>;

export async function lookBeforeWrite(facts: ProductFacts, write: PlannedWrite, context: Context): Promise<void> {
  const { target, draft } = write;
  const listed = await listWithinLimit(facts, target, context);
  const { webhook_url: url } = draft;
  if (listed === undefined || url === UNKNOWN) return;
  reportProjectWebhooks(listed, target, url, context.report);
  await reportWorkspaceWebhooks(facts.product, target, url, context);
  const existing = listed.filter(({ id, scope, url: found }) => scope === "repository" && found === url && id !== write.prior?.id);
  if (existing.length > 0) await reportExisting(facts, write, existing, { ...toWanted(draft), url }, context);
}

/** Undefined if the limit does not allow the lookup, or if the lookup failed, which is reported. */
async function listWithinLimit(
  { product }: ProductFacts,
  target: RepositoryRef,
  context: Context,
): Promise<readonly Webhook[] | undefined> {
  const { api, report, settled, log } = context;
  try {
    const { webhooks } = api.bitbucket(product);
    if (webhooks.isListed(target) || (await api.knownWebhooks.lookLimit.allows(repositoryName(target).toLowerCase())))
      return await api.look(product, () => webhooks.list(target));
  } catch (failure) {
    if (failedAs(failure, "canceled")) throw failure;
    if (reportRejectedLogin(product, failure, context)) return undefined;
    if (failedAs(failure, "gone")) report.add(repositoryMissing(failure));
    // A failure without a kind is about the configuration of the provider, which other diagnostics report.
    else if (failure instanceof Problem && failure.kind !== undefined && api.reports.isFirst(`webhooks-not-checked ${product}`))
      report.add(lookFailed(product, failure));
    else log.debug("could not look up existing webhooks", { repository: repositoryName(target), reason: failureMessage(failure) });
    return undefined;
  }
  const refused = await api.knownWebhooks.lookLimit.countRefused(settled);
  // An apply looks up every repository.
  if (refused !== undefined && !context.applying) report.add(createsNotChecked(api.knownWebhooks.lookLimit.limit, refused));
  return undefined;
}

async function reportExisting(
  { product }: ProductFacts,
  { target, draft, prior, isReplacement }: PlannedWrite,
  existing: readonly Webhook[],
  wanted: WantedWebhook,
  { api, report, settled }: Context,
): Promise<void> {
  const { planned } = api.knownWebhooks;
  // The address that has the webhook in its state may be read or planned only after this call.
  if (!existing.some(({ id }) => planned.keptBy(product, id) !== undefined)) await settled();
  const managed = existing.find(({ id }) => planned.isManaged(product, id));
  if (managed !== undefined) {
    // This configuration already manages the webhook of an address that the plan removes or replaces, so its adoption needs no warning.
    const other = isReplacement ? undefined : planned.keptBy(product, managed.id);
    if (other !== undefined) report.add(declaredTwice(target, wanted.url, other));
    return;
  }
  const [found, ...others] = existing;
  if (found === undefined) return;
  if (draft.adopt_existing === false) {
    report.add(warning("webhook-exists", adoptionNotAllowed(target, wanted.url, found)));
    return;
  }
  report.add(adoptionAnnouncement(target, found, wanted, prior?.id ?? null));
  if (others.length > 0) report.add(duplicatesWarning(target, wanted.url, others));
}

function toWanted({ title, active, events, verify_certificate, secret_fingerprint }: DraftWebhook): Omit<WantedWebhook, "url"> {
  return {
    title: known(title) ?? undefined,
    active: known(active),
    events: known(events) ?? undefined,
    verifyCertificate: known(verify_certificate),
    secretFingerprint: known(secret_fingerprint),
  };
}

function known<T>(value: T | Unknown): T | undefined {
  return value === UNKNOWN ? undefined : value;
}

function repositoryMissing(failure: Problem) {
  const { why, fix, at } = failure.diagnostic;
  return warning("repository-not-found", {
    why: `${why} Unless that changes, the apply cannot create the webhook.`,
    fix: `${fix} If another resource creates the repository, reference that resource or add depends_on.`,
    at: at.length > 0 ? at : ["repository"],
  });
}

type Product = ProductFacts["product"];

/** Reported once: the cause is usually the login or the server. */
function lookFailed(product: Product, failure: Problem) {
  const { why, fix } = failure.diagnostic;
  return warning("webhooks-not-checked", {
    why: `This plan could not check whether ${PRODUCT_TITLES[product]} already has webhooks that it is about to create. ${why}`,
    fix: `The apply checks again before it creates anything, and fails if the cause remains. ${fix}`,
  });
}

function createsNotChecked(limit: number, refused: number) {
  // An engine that plans one object at a time has not sent the others yet.
  const unchecked =
    refused === 1
      ? "whether the repository of this webhook, and of any that is planned after it, exists, or whether it already has a webhook with the same URL"
      : `whether the repositories of at least ${refused} webhooks exist, or whether they already have a webhook with the same URL`;
  const looked = limit === 0 ? "look_before_create is 0" : `look_before_create allows ${limit} repositories per plan`;
  return warning("creates-not-checked", {
    why: `${looked}, so this plan did not check ${unchecked}.`,
    fix:
      "No action is required: the apply checks before it creates, and reports what it adopts. To check more of them during the plan, increase look_before_create (BITLIFT_LOOK_BEFORE_CREATE). " +
      "Each repository takes one request per plan; Bitbucket Cloud allows 1,000 an hour.",
  });
}
