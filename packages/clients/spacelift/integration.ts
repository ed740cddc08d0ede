/** An integration as it is read from Spacelift and as it is sent. */
import type { Generation } from "./integration-products";

/** What is visible to every key that can read the integration's Space; for a default integration, to every key of the account. */
export interface IntegrationListing {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly spaceId: string | null;
}

/** Everything that can be read, except the webhook secret itself. */
export interface Integration {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly spaceId: string | null;
  readonly labels: readonly string[];
  /** Markdown. */
  readonly description: string;
  /** `INDIVIDUAL`, `AGGREGATED`, `ALL`. */
  readonly vcsChecks: string;
  readonly useGitCheckout: boolean | null;
  /** By the field names in IntegrationProduct.productFields. Null if unset, absent if the server does not have the field. */
  readonly productFields: Readonly<Record<string, string | null>>;
  readonly webhookUrl: string | null;
  readonly webhookSecretFingerprint: string | null;
}

export interface IntegrationInput {
  /** Cannot be changed. */
  readonly name: string;
  /** Cannot be changed. */
  readonly isDefault: boolean;
  readonly spaceId: string;
  readonly labels: readonly string[];
  readonly description: string;
  readonly vcsChecks: string;
  /** Null: Spacelift decides on create, and keeps its value on update. */
  readonly useGitCheckout: boolean | null;
}

/** The login with which Spacelift reads code, and the server. */
export interface IntegrationAccess {
  readonly generation: Generation;
  /** Logins and hosts, by Spacelift's field names. */
  readonly productFields: Readonly<Record<string, string>>;
  /** Null keeps the token that Spacelift has stored. Not allowed on create. */
  readonly token: string | null;
}

export type FoundIntegration =
  | { readonly state: "found"; readonly integration: Integration }
  /** It exists, but the key is not permitted to read it. */
  | { readonly state: "hidden"; readonly listing: IntegrationListing; readonly spaceId: string | null }
  | { readonly state: "gone" };
