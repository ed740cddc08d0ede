// The seed of the emulated Bitbucket Cloud: its types and its parser.
import type { Level } from "../../core/access-level";
import { createSeedParser } from "../../core/seed-parser";
import type { CredentialType } from "./credentials";
import { findContradictions } from "./seed-rules";
import { BITBUCKET_CLOUD_SEED_SCHEMA } from "./seed-schema";

export { BITBUCKET_CLOUD_SEED_SCHEMA };

export interface BitbucketCloudSeed {
  readonly workspaces: readonly SeedWorkspace[];
  readonly credentials?: readonly SeedCredential[];
}

export interface SeedWorkspace {
  readonly slug: string;
  /** In braces; derived from the slug by default. */
  readonly uuid?: string;
  readonly name?: string;
  readonly projects?: readonly { readonly key: string; readonly name: string }[];
  readonly repositories?: readonly SeedRepository[];
  readonly hooks?: readonly SeedHook[];
}

export interface SeedRepository {
  readonly slug: string;
  readonly uuid?: string;
  readonly name?: string;
  /** Key of a project of the workspace. */
  readonly project?: string | undefined;
  /** Null for an empty repository; defaults to "main". */
  readonly mainBranch?: string | null;
  /** Defaults to true. */
  readonly private?: boolean;
  readonly hooks?: readonly SeedHook[];
}

export interface SeedHook {
  readonly url: string;
  readonly uuid?: string;
  readonly description?: string;
  readonly active?: boolean;
  readonly events: readonly string[];
  readonly secret?: string;
  readonly skipCertVerification?: boolean;
}

export interface SeedCredential {
  readonly kind: CredentialType;
  /** Required for an API token. */
  readonly email?: string;
  /** The user of an app password, or the key of an OAuth consumer. */
  readonly username?: string;
  readonly displayName?: string;
  /** The token, the password, or the consumer's secret. */
  readonly token: string;
  readonly scopes: readonly string[];
  /** The credential is invalid from this time on, by the sandbox's clock. */
  readonly expires?: string;
  /**
   * Keyed by `workspace/repository`, or by `workspace/*` for all repositories of a workspace. Admin access to `workspace/*` makes the credential an
   * owner of the workspace.
   */
  readonly access: Readonly<Record<string, Level>>;
}

/** @throws Error that lists each problem with its JSON path */
export const parseBitbucketCloudSeed = createSeedParser<BitbucketCloudSeed>(
  "The seed of Bitbucket Cloud",
  BITBUCKET_CLOUD_SEED_SCHEMA,
  findContradictions,
);
