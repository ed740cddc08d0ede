/** An integration as it is read and as it is written. */
import type { Generation } from "./integration-products";

/** What everybody sees who can read the integration's Space; of a default integration, everybody in the account. */
export interface IntegrationListing {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly spaceId: string | null;
}

/** All that can be read. The secret itself is not in it. */
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
  /** What only its product has, by Spacelift's field names (IntegrationProduct.own); null where unset, absent where the server does not know the field. */
  readonly own: Readonly<Record<string, string | null>>;
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
  /** Null: Spacelift decides, or keeps what it has. */
  readonly useGitCheckout: boolean | null;
}

/** What Spacelift reads code with, and where. */
export interface IntegrationAccess {
  readonly generation: Generation;
  /** Logins and hosts, by Spacelift's field names. */
  readonly own: Readonly<Record<string, string>>;
  /** Null keeps the stored one; only an update may have it. */
  readonly token: string | null;
}

export type FoundIntegration =
  | { readonly state: "found"; readonly integration: Integration }
  /** It exists, and this key may not read it. */
  | { readonly state: "hidden"; readonly listing: IntegrationListing; readonly spaceId: string | null }
  | { readonly state: "gone" };
