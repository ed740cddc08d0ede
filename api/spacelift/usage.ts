/** Who uses what: stacks and modules with their source. */

export interface User {
  readonly kind: "stack" | "module";
  readonly id: string;
  readonly name: string;
  readonly spaceId: string | null;
  readonly namespace: string | null;
  readonly repository: string;
  readonly branch: string | null;
  readonly integrationId: string | null;
  readonly provider: string;
  readonly detached: boolean;
}

export interface IntegrationUsage {
  readonly stacks: readonly User[];
  readonly modules: readonly User[];
  /** Null when it cannot be told. */
  readonly complete: boolean | null;
  /** Ids of Spaces that exist and that the key cannot see. */
  readonly unseen: readonly string[];
}

export declare class Usage {
  of(integration: { readonly provider: string; readonly id: string }, options?: { readonly fresh?: boolean }): Promise<IntegrationUsage>;
  onRepository(provider: string, namespace: string, repository: string): Promise<readonly User[]>;
  inSpace(spaceId: string): Promise<readonly User[]>;
}
