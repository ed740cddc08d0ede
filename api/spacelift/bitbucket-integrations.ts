/** Bitbucket integrations. */

export interface IntegrationListing {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly spaceId: string | null;
}

export interface CloudIntegration {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly spaceId: string | null;
  readonly labels: readonly string[];
  readonly description: string;
  readonly vcsChecks: string;
  readonly useGitCheckout: boolean | null;
  readonly username: string | null;
  readonly email: string | null;
  readonly webhookUrl: string | null;
  readonly webhookSecretFingerprint: string | null;
}

export interface CloudIntegrationInput {
  readonly name: string;
  readonly isDefault: boolean;
  readonly spaceId: string;
  readonly labels: readonly string[];
  readonly description: string;
  readonly vcsChecks: string;
  /** Null: Spacelift decides. */
  readonly useGitCheckout: boolean | null;
}

/** A null token keeps the stored one; only an update may have it. */
export type CloudCredential =
  | { readonly generation: "v2"; readonly email: string; readonly apiToken: string | null }
  | { readonly generation: "v1"; readonly username: string; readonly appPassword: string | null };

export type FoundIntegration =
  | { readonly state: "found"; readonly integration: CloudIntegration }
  | { readonly state: "hidden"; readonly listing: IntegrationListing; readonly spaceId: string | null }
  | { readonly state: "gone" };

export declare class Integrations {
  list(options?: { readonly fresh?: boolean }): Promise<readonly IntegrationListing[]>;
  find(id: string, knownSpaceId: string | null): Promise<FoundIntegration>;
  findByName(name: string, options?: { readonly fresh?: boolean }): Promise<Exclude<FoundIntegration, { state: "gone" }> | null>;
  findDefault(options?: { readonly fresh?: boolean }): Promise<IntegrationListing | null>;
  create(
    input: CloudIntegrationInput,
    credential: CloudCredential,
  ): Promise<{ readonly integration: CloudIntegration; readonly gaps: readonly string[] }>;
  update(id: string, input: CloudIntegrationInput, credential: CloudCredential): Promise<CloudIntegration>;
  remove(id: string): Promise<void>;
  regenerateSecret(id: string): Promise<CloudIntegration>;
  webhookSecret(id: string, expectedFingerprint: string | null): Promise<string | null>;
  supports(generation: CloudCredential["generation"]): Promise<boolean>;
}
