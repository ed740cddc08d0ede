/** Plans a webhook: its title, its events, whether its ID is known, and what the apply will find. */
import { bracedUuid } from "../../domain";
import { UNKNOWN } from "../../terraform-plugin";
import type { RepositoryRef } from "../../clients";
import type { PlanContext } from "../resource-handlers";
import { declaredTwice } from "./adoption";
import { lookBeforeWrite } from "./look-before-write";
import { findByName } from "./renamed-repository";
import { isNamedByUuid, rejectUuid } from "./repository-uuid";
import type { DraftWebhook, ProductFacts, StoredWebhook, WebhookViews } from "./webhook-adapter";
import { allEvents, defaultTitle, toRepository } from "./webhook-input";
import { recordReplaced, repositoryIdIn } from "./webhook-private-state";

type Context = PlanContext<WebhookViews>;

/** The same webhook for both products. */
interface Models {
  readonly draft: DraftWebhook;
  readonly prior: StoredWebhook | null;
  /** Plans a change of the arguments that name the repository in place. Undefined on a product that names repositories in one way only. */
  readonly keepRepository: (() => void) | undefined;
}

/** If another webhook already has the new URL, the apply adopts it, and the ID changes. */
export function hasNewUrl({ prior, draft }: Context): boolean {
  return prior !== null && draft.webhook_url !== prior.webhook_url;
}

/** @param toModels called when the draft is complete */
export async function planWebhook(facts: ProductFacts, context: Context, toModels: () => Models): Promise<void> {
  const { config, draft, changed, api, report } = context;
  const { integration_id: integrationId, additional_events: additionalEvents } = draft;
  if (config.title === null) draft.title = integrationId === UNKNOWN ? UNKNOWN : defaultTitle(integrationId);
  // If one element is unknown, so is the whole set: the element may be an event that is required anyway.
  const isKnown = additionalEvents !== UNKNOWN && !additionalEvents.some((event: unknown) => event === UNKNOWN);
  draft.events = isKnown ? allEvents(facts, additionalEvents) : UNKNOWN;
  const models = toModels();
  const target = knownRepository(models.draft);
  if (target !== undefined) await planInRepository(facts, context, target, models);
  if (!changed || draft.events === UNKNOWN) return;
  // A failure to reach the server does not fail the plan: the apply checks again and reports the reason.
  const events = draft.events;
  const unsupported = await api.look(facts.product, () => facts.checkServer?.(api, events)).catch(() => undefined);
  if (unsupported !== undefined) report.add(unsupported);
}

function knownRepository({ namespace, repository }: DraftWebhook): RepositoryRef | undefined {
  return namespace === UNKNOWN || repository === UNKNOWN ? undefined : { namespace, repository };
}

async function planInRepository(facts: ProductFacts, context: Context, target: RepositoryRef, models: Models): Promise<void> {
  const { draft, prior } = models;
  const { api, report, log, applying } = context;
  if (prior !== null) {
    const keeps = !context.replacing || (await keepsRepository(facts, context, target, prior, models.keepRepository));
    api.knownWebhooks.planned.manage(facts.product, prior.id);
    // The create half of a replacement is planned separately.
    if (!keeps) return;
    if (!applying) reportDeclaredTwice(facts, context, target, models);
    if (hasNewUrl(context) && !applying) await lookBeforeWrite(facts, { target, draft, prior, isReplacement: false }, context);
    return;
  }
  const isReplacement = recordReplaced(context.privateState, context.replacedPrivateState);
  // The apply itself looks again. An error from a plan during an apply could leave a replaced object behind.
  if (applying) return;
  const rejected = await rejectUuid(facts, target, api, log);
  if (rejected !== undefined) {
    report.add(rejected);
    return;
  }
  if (!isReplacement && reportDeclaredTwice(facts, context, target, models)) return;
  await lookBeforeWrite(facts, { target, draft, prior, isReplacement }, context);
}

/** If the state names a repository by its UUID, and the configuration names it by its slugs, it is the same repository: the change is made in place. */
async function keepsRepository(
  facts: ProductFacts,
  context: Context,
  target: RepositoryRef,
  prior: StoredWebhook,
  keepRepository: Models["keepRepository"],
): Promise<boolean> {
  const { api, log, privateState, applying, draft } = context;
  const former = toRepository(prior);
  if (keepRepository === undefined || !isNamedByUuid(former) || isNamedByUuid(target)) return false;
  // During an apply, the engine plans an update again only if the plan contained one.
  if (!applying) {
    const id = repositoryIdIn(privateState) ?? bracedUuid(former.repository);
    const found = await findByName(api, facts.product, target, log);
    if (id === undefined || found?.id !== id) return false;
  }
  keepRepository();
  return draft.integration_id === prior.integration_id || prior.integration_id === null;
}

/** Reported at the second of the two addresses. */
function reportDeclaredTwice(
  { product }: ProductFacts,
  { api, report }: Context,
  target: RepositoryRef,
  { draft, prior }: Models,
): boolean {
  const { webhook_url: url } = draft;
  const { planned } = api.knownWebhooks;
  const byUrl = url === UNKNOWN ? undefined : planned.declare(product, target, url);
  const byId = prior === null || prior.id === null ? undefined : planned.keep(product, prior.id, target);
  const other = byId ?? byUrl;
  if (other === undefined) return false;
  report.add(declaredTwice(target, url === UNKNOWN ? (prior?.webhook_url ?? "") : url, other));
  return true;
}
