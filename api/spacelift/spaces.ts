/** Spaces. */

export interface Space {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Null for the root Space. */
  readonly parentSpaceId: string | null;
  readonly inheritEntities: boolean;
  readonly labels: readonly string[];
}

export interface SpaceInput {
  readonly name: string;
  readonly description: string;
  readonly parentSpaceId: string;
  readonly inheritEntities: boolean;
  readonly labels: readonly string[];
}

export declare class Spaces {
  list(options?: { readonly fresh?: boolean }): Promise<readonly Space[]>;
  get(id: string): Promise<Space | null>;
  find(id: string, parentSpaceId?: string | null): Promise<{ readonly state: "found"; readonly space: Space } | { readonly state: "gone" }>;
  create(input: SpaceInput): Promise<Space>;
  update(id: string, input: SpaceInput): Promise<Space>;
  remove(id: string): Promise<void>;
}
