/** The attributes that the webhooks of both products have. */
import { lineFault } from "../../domain";
import { computed, defaulted, optional, optionalComputed, required } from "../../terraform-plugin";

/** For arguments that are one segment of the repository's path, in which the products ignore case. */
export const PATH_SEGMENT = { requiresReplace: true, caseInsensitive: true, check: checkPathSegment };

/** Declared after the workspace or project. */
export const CONNECTION_ATTRIBUTES = {
  repository: required.string("Slug of the repository, without the workspace or project.", PATH_SEGMENT),
  integration_id: required.string("ID of the integration that receives the deliveries.", { requiresReplace: true }),
  webhook_url: required.string("URL to which Bitbucket sends deliveries: the `webhook_url` of the integration."),
  secret_fingerprint: optional.string(
    "Fingerprint of the secret that must sign deliveries: the `webhook_secret_fingerprint` of the integration.",
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

function checkPathSegment(value: string): string | undefined {
  if (value.trim() === "") return "The value is empty.";
  return /[/\\\s]/.test(value) || value === "." || value === ".."
    ? "The value must be one segment of the repository's path, without slashes or spaces."
    : undefined;
}
