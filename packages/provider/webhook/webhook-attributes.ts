/** The attributes that the webhooks of both products have. */
import type { Cause } from "../../diagnostics";
import { isFingerprint, lineFault, parsedUrl } from "../../domain";
import { computed, defaulted, optional, optionalComputed, required } from "../../terraform-plugin";

/** For arguments that are one segment of the repository's path, in which the products ignore case. */
export const PATH_SEGMENT = { requiresReplace: true, caseInsensitive: true, check: checkPathSegment };

/** Declared after the workspace or project. */
export const CONNECTION_ATTRIBUTES = {
  repository: required.string("Slug of the repository, without the workspace or project.", PATH_SEGMENT),
  integration_id: required.string("ID of the integration that receives the deliveries.", {
    requiresReplace: true,
    check: checkIntegrationId,
  }),
  webhook_url: required.string("URL to which Bitbucket sends deliveries: the `webhook_url` of the integration.", {
    check: checkWebhookUrl,
  }),
  secret_fingerprint: optional.string(
    "Fingerprint of the secret that must sign deliveries: the `webhook_secret_fingerprint` of the integration.",
    { check: checkFingerprint },
  ),
  title: optionalComputed.string("Title of the webhook on Bitbucket's settings page. Defaults to `Spacelift (<integration_id>)`.", {
    check: (title: string) => lineFault("The title", title),
  }),
};

/** @param publishedEvents the keys that the product documents; any other key leads to a warning */
export function eventAttributes(publishedEvents: readonly string[]) {
  return {
    additional_events: defaulted([]).set(
      "string",
      "Events to subscribe to in addition to those that Spacelift needs. They never replace the required events.",
      { known: publishedEvents },
    ),
    // A sorted list: engines compare a set many times more slowly, and a plan compares the events of every webhook.
    events: computed.list("string", "All events that the webhook subscribes to, sorted."),
    active: defaulted(true).boolean("Whether Bitbucket sends deliveries."),
  };
}

/** Declared after the argument about the certificate of the receiver. */
export const ADOPTION_ATTRIBUTES = {
  adopt_existing: defaulted(true).boolean(
    "Whether to adopt an existing webhook with the same URL. If `false`, an existing webhook with the same URL is an error.",
  ),
};

export type SharedAttributes = typeof CONNECTION_ATTRIBUTES & ReturnType<typeof eventAttributes> & typeof ADOPTION_ATTRIBUTES;

const PATH_SEGMENT_FIX =
  "Write only this part of the repository's address. The workspace or project and the repository are separate arguments, without slashes or spaces.";

function checkPathSegment(value: string): Cause | undefined {
  if (value.trim() === "") return { why: "The value is empty.", fix: PATH_SEGMENT_FIX };
  const isSegment = !/[/\\\s\p{Cc}]/u.test(value) && value !== "." && value !== "..";
  return isSegment ? undefined : { why: `${JSON.stringify(value)} is not one segment of the repository's path.`, fix: PATH_SEGMENT_FIX };
}

function checkIntegrationId(id: string): Cause | undefined {
  return id.trim() === "" ? { why: "The ID is empty.", fix: "Set integration_id to the id of the integration." } : undefined;
}

function checkWebhookUrl(url: string): Cause | undefined {
  if (/^https?:\/\//i.test(url) && parsedUrl(url) !== undefined) return undefined;
  return { why: `${JSON.stringify(url)} is not an HTTP or HTTPS address.`, fix: "Set webhook_url to the webhook_url of the integration." };
}

/** The message does not include the value, which may be the secret itself. */
function checkFingerprint(text: string): Cause | undefined {
  if (isFingerprint(text)) return undefined;
  return {
    why: "The value is not a fingerprint, which is sha256: and 16 hexadecimal digits.",
    fix: "Set secret_fingerprint to the webhook_secret_fingerprint of the integration. The provider reads the secret itself from Spacelift.",
  };
}
