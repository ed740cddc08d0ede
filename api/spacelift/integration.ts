/** An integration as it is read and as it is written. */

/** What everybody sees who can read the integration's Space; of a default integration, everybody in the account. */
export interface IntegrationListing {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly spaceId: string | null;
}

/** All that can be read. The secret itself is not in it. */
export interface CloudIntegration {
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
  /** Of an app password. */
  readonly username: string | null;
  /** Of an API token. */
  readonly email: string | null;
  readonly webhookUrl: string | null;
  readonly webhookSecretFingerprint: string | null;
}

export interface CloudIntegrationInput {
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

/** A null token keeps the stored one; only an update may have it. */
export type CloudCredential =
  | { readonly generation: "v2"; readonly email: string; readonly apiToken: string | null }
  | { readonly generation: "v1"; readonly username: string; readonly appPassword: string | null };

export type FoundIntegration =
  | { readonly state: "found"; readonly integration: CloudIntegration }
  /** It exists, and this key may not read it. */
  | { readonly state: "hidden"; readonly listing: IntegrationListing; readonly spaceId: string | null }
  | { readonly state: "gone" };
