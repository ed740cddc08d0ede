/** The attributes that the webhooks of both products have. */
import { computed, defaulted, optional, optionalComputed, required } from "../../terraform-plugin";

/** For arguments that are one part of the repository's address: the products ignore case there. */
export const ADDRESS_PART = { requiresReplace: true, caseInsensitive: true, check: checkAddressPart };

/** Declared after the workspace or project. */
export const CONNECTION_ATTRIBUTES = {
  repository: required.string("Slug of the repository, without the workspace or project.", ADDRESS_PART),
  integration_id: required.string("ID of the integration that receives the deliveries.", { requiresReplace: true }),
  webhook_url: required.string("URL to which Bitbucket sends deliveries: the `webhook_url` of the integration."),
  secret_fingerprint: optional.string(
    "Fingerprint of the secret that must sign deliveries: the `webhook_secret_fingerprint` of the integration.",
  ),
  title: optionalComputed.string("Title of the webhook on Bitbucket's settings page. Defaults to `Spacelift (<integration_id>)`."),
};

/** @param publishedEvents the keys that the product documents; another key is a warning */
export function eventAttributes(publishedEvents: readonly string[]) {
  return {
    additional_events: defaulted([]).set(
      "string",
      "Events to subscribe to in addition to those that Spacelift needs. They never replace the required events.",
      { known: publishedEvents },
    ),
    events: computed.set("string", "All events that the webhook subscribes to."),
    active: defaulted(true).boolean("Whether Bitbucket sends deliveries."),
  };
}

/** Declared after the option for the certificate of the receiver. */
export const ADOPTION_ATTRIBUTES = {
  adopt_existing: defaulted(true).boolean(
    "Whether to adopt an existing webhook with the same URL. If `false`, an existing webhook with the same URL is an error.",
  ),
};

export type SharedAttributes = typeof CONNECTION_ATTRIBUTES & ReturnType<typeof eventAttributes> & typeof ADOPTION_ATTRIBUTES;

function checkAddressPart(value: string): string | undefined {
  if (value.trim() === "") return "The value is empty.";
  return /[/\\\s]/.test(value) || value === "." || value === ".."
    ? "The value must be one part of the repository's address, without slashes or spaces."
    : undefined;
}
