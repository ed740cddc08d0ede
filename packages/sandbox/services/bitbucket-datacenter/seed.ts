// The seed of the emulated Bitbucket Data Center: its types and its parser.
import type { Level } from "../../core/access-level";
import { createSeedParser } from "../../core/seed-parser";
import type { TokenPermission } from "./credentials";
import { findContradictions } from "./seed-rules";
import { BITBUCKET_DATACENTER_SEED_SCHEMA } from "./seed-schema";

export { BITBUCKET_DATACENTER_SEED_SCHEMA };

export interface BitbucketDatacenterSeed {
  /** The path of the server below its origin, such as "/bitbucket"; empty by default. It cannot change while the sandbox runs. */
  readonly contextPath?: string | undefined;
  readonly projects: readonly SeedProject[];
  readonly users?: readonly SeedUser[];
  readonly tokens?: readonly SeedToken[];
}

export interface SeedProject {
  readonly key: string;
  readonly name?: string;
  readonly description?: string;
  /** Defaults to false. */
  readonly public?: boolean;
  readonly repositories?: readonly SeedRepository[];
  readonly hooks?: readonly SeedHook[];
}

export interface SeedRepository {
  readonly slug: string;
  readonly name?: string;
  readonly description?: string;
  /** Null for an empty repository; defaults to "main". */
  readonly defaultBranch?: string | null;
  readonly public?: boolean;
  readonly archived?: boolean;
  readonly hooks?: readonly SeedHook[];
}

export interface SeedHook {
  readonly url: string;
  readonly name?: string;
  readonly active?: boolean;
  readonly events: readonly string[];
  /** `configuration.secret`. */
  readonly secret?: string;
  /** Further keys of `configuration`. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly sslVerificationRequired?: boolean;
}

export interface SeedUser {
  /** In lower case; also the slug of the personal project. */
  readonly name: string;
  readonly displayName?: string;
  readonly emailAddress?: string;
  /** Without a password, only tokens of the user work. */
  readonly password?: string;
  /** Defaults to true. */
  readonly licensed?: boolean;
  readonly global?: "ADMIN" | "PROJECT_CREATE";
  /** Keyed by project key for all its repositories, or by `KEY/slug`. */
  readonly access?: Readonly<Record<string, Level>>;
  /** In the personal project `~name`. */
  readonly repositories?: readonly SeedRepository[];
}

/** An access token of exactly one user, project, or repository. */
export interface SeedToken {
  readonly token: string;
  readonly name?: string;
  readonly user?: string;
  readonly project?: string;
  /** `KEY/slug`. */
  readonly repository?: string;
  readonly permissions: readonly TokenPermission[];
  /** The token is invalid from this time on, by the sandbox's clock. */
  readonly expires?: string;
}

/** @throws Error that lists each problem with its JSON path */
export const parseBitbucketDatacenterSeed = createSeedParser<BitbucketDatacenterSeed>(
  "The seed of Bitbucket Data Center",
  BITBUCKET_DATACENTER_SEED_SCHEMA,
  findContradictions,
);
