/** What changes when an existing webhook is adopted, for the plan and for the apply. */
import type { Cause, Diagnostic } from "../../diagnostics";
import { warning } from "../../domain";
import type { RepositoryRef, Webhook } from "../../clients";
import { importAdvice, MOVE_ADVICE } from "../existing-object";
import { repositoryName } from "./renamed-repository";

/** The webhook as it is declared. Undefined values are known after apply. */
export interface WantedWebhook {
  readonly url: string;
  readonly title: string | undefined;
  readonly active: boolean | undefined;
  readonly events: readonly string[] | undefined;
  readonly verifyCertificate: boolean | undefined;
  readonly secretFingerprint: string | null | undefined;
}

export function describeWebhook({ title, id }: Webhook): string {
  return `"${title}" ${id}`;
}

/** Events of a found webhook that the configuration does not declare. */
function lostEvents(found: Webhook, { events }: WantedWebhook): readonly string[] {
  return events === undefined ? [] : found.events.filter((event) => !events.includes(event)).sort();
}

/** Phrases such as `removed events repo:fork`; empty if nothing changes. */
function corrections(found: Webhook, wanted: WantedWebhook): readonly string[] {
  const { title, active, verifyCertificate } = wanted;
  const lost = lostEvents(found, wanted);
  const gained = (wanted.events ?? []).filter((event) => !found.events.includes(event));
  const { verifiesCertificate } = found;
  return [
    lost.length > 0 && `removed events ${lost.join(", ")}`,
    gained.length > 0 && `added events ${gained.join(", ")}`,
    title !== undefined && title !== found.title && `title "${found.title}" becomes "${title}"`,
    secretCorrection(found, wanted),
    active !== undefined && active !== found.active && (active ? "switched on" : "switched off"),
    verifyCertificate !== undefined &&
      verifiesCertificate !== null &&
      verifyCertificate !== verifiesCertificate &&
      `certificate check switched ${verifyCertificate ? "on" : "off"}`,
  ].filter((phrase) => phrase !== false);
}

function pronoun(events: readonly string[]): string {
  return events.length === 1 ? "it" : "them";
}

function secretCorrection({ secret }: Webhook, { secretFingerprint }: WantedWebhook): string | false {
  if (secret.is === "unset") return "secret set (it had none)";
  if (secret.is === "set" && secret.fingerprint !== null && secret.fingerprint === secretFingerprint) return false;
  return "secret replaced by that of the integration";
}

function describeCorrections(found: Webhook, wanted: WantedWebhook): string {
  const phrases = corrections(found, wanted);
  return phrases.length === 0 ? "Nothing about it changes." : `Changes: ${phrases.join("; ")}.`;
}

const OTHER_OWNER =
  "If another address or configuration also manages the webhook, remove it from one of the two, because each takes the webhook from the other.";

/** For the plan. */
export function adoptionAnnouncement(target: RepositoryRef, found: Webhook, wanted: WantedWebhook, replaces: string | null): Diagnostic {
  const lost = lostEvents(found, wanted);
  const keep = lost.length === 0 ? "" : `To keep ${lost.join(", ")}, declare ${pronoun(lost)} in additional_events. `;
  const removed = replaces === null ? "" : ` The webhook ${replaces}, which this address has now, will be deleted.`;
  return warning("webhook-will-be-adopted", {
    why: `${repositoryName(target)} already has a webhook for ${wanted.url}: ${describeWebhook(found)}. The apply will adopt it instead of creating one. ${describeCorrections(found, wanted)}${removed}`,
    fix: `${keep}To stop the apply instead, set adopt_existing = false. ${OTHER_OWNER}`,
    at: ["webhook_url"],
  });
}

/** For the apply. */
export function adoptionNotice(target: RepositoryRef, found: Webhook, wanted: WantedWebhook): Diagnostic {
  const lost = lostEvents(found, wanted);
  const restore = lost.length === 0 ? "" : `To subscribe to ${lost.join(", ")} again, declare ${pronoun(lost)} in additional_events. `;
  return warning("webhook-adopted", {
    why: `${repositoryName(target)} already had a webhook for ${wanted.url}: ${describeWebhook(found)}. It now belongs to this configuration. ${describeCorrections(found, wanted)}`,
    fix: `${restore}${OTHER_OWNER}`,
  });
}

/** An error of the apply, and a warning of the plan. */
export function adoptionNotAllowed(target: RepositoryRef, url: string, found: Webhook): Cause {
  const repository = repositoryName(target);
  return {
    why: `${repository} already has a webhook for ${url}: ${describeWebhook(found)}. With adopt_existing = false, it is not adopted, so the apply fails.`,
    fix:
      `${importAdvice("the existing webhook", `${repository}/${found.id}`)} If it is in this state under another address, ${MOVE_ADVICE}. ` +
      "Otherwise, set adopt_existing = true, or delete the webhook in Bitbucket.",
    at: ["adopt_existing"],
  };
}

/** @param others webhooks with the same URL, apart from the one that is adopted */
export function duplicatesWarning(target: RepositoryRef, url: string, others: readonly Webhook[]): Diagnostic {
  return warning("webhook-duplicates", {
    why: `${repositoryName(target)} has other webhooks for ${url}: ${others.map(describeWebhook).join(", ")}. Each event is delivered once per webhook.`,
    fix: "Delete the others in Bitbucket.",
  });
}

/** @param other the repository as the other address names it */
export function declaredTwice(target: RepositoryRef, url: string, other: RepositoryRef): Diagnostic {
  const [name, otherName] = [repositoryName(target), repositoryName(other)];
  const spelling = name === otherName ? "" : ` as ${otherName}`;
  return warning("webhook-declared-twice", {
    why: `Another address of this configuration declares the same repository${spelling} and URL as this one (${name}, ${url}). A repository has one webhook per URL, so both addresses share it, and deleting either one deletes it for both.`,
    fix: "Remove one of the two. If that one is in the state, remove it with a removed block (destroy = false) or with state rm, so that the webhook stays in Bitbucket.",
  });
}
