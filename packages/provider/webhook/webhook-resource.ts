/** What the webhook resources of both products share: the operations, the description, and the diagnostics. */
import type { DiagnosticCode } from "../../domain";
import { gone } from "../../terraform-plugin";
import type { Handlers } from "../resource-handlers";
import { warnOfUndeclaredSecret } from "./imported-webhook";
import { deleteWebhook, planWebhookDelete } from "./delete-webhook";
import { hasNewUrl, planWebhook } from "./plan-webhook";
import { readWebhook } from "./read-webhook";
import type { WebhookAdapter, WebhookViews } from "./webhook-adapter";
import { createWebhook, updateWebhook } from "./write-webhook";

/** The handlers of a product's resource, from its adapter. */
export function webhookHandlers<V extends WebhookViews>(adapter: WebhookAdapter<V>): Handlers<V> {
  const { toModel, toDraftModel, toPlannedModel, toStored, toState, resetId } = adapter;
  return {
    async plan(context) {
      if (hasNewUrl(context)) resetId(context.draft);
      await planWebhook(adapter, context, () => ({
        draft: toDraftModel(context.draft),
        prior: context.prior === null ? null : toModel(context.prior),
        keepRepository:
          adapter.keepRepository &&
          (() => {
            adapter.keepRepository?.(context);
          }),
      }));
      await warnOfUndeclaredSecret(adapter.product, context);
    },
    planDelete: (context) => planWebhookDelete(adapter, toModel(context.prior), context),
    async create(context) {
      return toState(context.plan, await createWebhook(adapter, toPlannedModel(context.plan), context));
    },
    async read(context) {
      const read = await readWebhook(adapter, toModel(context.state), context);
      if (read === gone) return gone;
      return read === "unreadable" ? context.state : toStored(context.state, read);
    },
    async update(context) {
      const { prior, plan } = context;
      return toState(plan, await updateWebhook(adapter, toModel(prior), toPlannedModel(plan), context));
    },
    delete: (context) => deleteWebhook(adapter, toModel(context.prior), context),
  };
}

/** For the reference page. @param productText sentences about this product only, after a space */
export function webhookDescription(requiredEvents: readonly string[], productText = ""): string {
  return (
    "A repository has one webhook per URL: before creating a webhook, the provider looks up the URL, and adopts a webhook that already has it. The plan says so, and what the adoption changes; `look_before_create` of the provider limits these lookups. The webhook always subscribes to the events that Spacelift needs: " +
    `${requiredEvents.map((event) => `\`${event}\``).join(", ")}. ` +
    "The provider sends the secret from Spacelift to Bitbucket when it applies the webhook, and stores it nowhere else." +
    productText
  );
}

export const WEBHOOK_RAISES: readonly DiagnosticCode[] = [
  "webhook-secret-missing",
  "webhook-secret-changed",
  "webhook-will-be-adopted",
  "webhook-adopted",
  "webhook-exists",
  "webhook-duplicates",
  "webhook-declared-twice",
  "webhook-delete-skipped",
  "webhook-removal",
  "webhook-not-found",
  "webhooks-not-checked",
  "creates-not-checked",
  "webhook-not-unique",
  "import-incomplete",
  "repository-not-found",
  "repository-renamed",
  "integration-not-found",
  "integration-usage-unknown",
];
