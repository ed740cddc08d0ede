/** Webhooks of a Bitbucket project: they fire for every repository in it. The provider does not change them. */
import { warning } from "../../domain";
import type { Report } from "../../terraform-plugin";
import type { RepositoryRef, Webhook } from "../../clients";
import type { Clients } from "../configuration/clients";

/** Warns of webhooks with the same URL, which deliver every event a second time. */
export function reportProjectWebhooks(webhooks: readonly Webhook[], target: RepositoryRef, url: string, report: Report): void {
  const duplicates = webhooks.filter((webhook) => webhook.scope === "project" && webhook.active && webhook.url === url);
  if (duplicates.length === 0) return;
  const named = duplicates.map(({ title, id }) => `"${title}" ${id}`).join(", ");
  report.add(
    warning("webhook-of-project", {
      why: `The project ${target.namespace} itself has a webhook for ${url}: ${named}. It also fires for ${target.repository}, so each event is delivered twice.`,
      fix: "Delete the webhook of the project in Bitbucket, or remove the repositories of this project from the configuration.",
    }),
  );
}

/** Reported once, for the first repository: the cause is usually the version of the server. */
export function warnOfUncheckedProject(api: Clients, target: RepositoryRef, report: Report): void {
  if (!api.reports.isFirst("webhook-of-project-not-checked")) return;
  report.add(
    warning("webhook-of-project-not-checked", {
      why: `Bitbucket does not show this login which webhooks of a project fire for its repositories, so the provider could not check whether ${target.namespace} has one for the same URL.`,
      fix: "Check the webhooks of the project in Bitbucket: one with this URL would deliver each event twice. Servers from 8.0 on show them to administrators of the repository.",
    }),
  );
}
