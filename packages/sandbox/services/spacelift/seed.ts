// The seed of the emulated Spacelift: its types and its parser.
import { createSeedParser } from "../../core/seed-parser";
import { findContradictions } from "./seed-rules";
import { SPACELIFT_SEED_SCHEMA } from "./seed-schema";
import type { BitbucketProvider, Roles, VcsChecks, VcsProvider } from "./state";

export { SPACELIFT_SEED_SCHEMA };

export interface SpaceliftSeed {
  readonly accounts: readonly SeedAccount[];
}

export interface SeedAccount {
  /** The path prefix: `http://127.0.0.1:P/<name>/graphql`. */
  readonly name: string;
  /** Part of webhook addresses. Default: derived from the name. */
  readonly ulid?: string;
  readonly keys: readonly SeedKey[];
  /** Tokens such as runs have. The sandbox issues a token unless `token` contains it. */
  readonly tokens?: readonly { readonly id?: string; readonly token?: string; readonly roles: Roles; readonly subject?: string }[];
  /** `root` always exists. */
  readonly spaces?: readonly SeedSpace[];
  readonly integrations?: readonly SeedIntegration[];
  readonly stacks?: readonly SeedConsumer[];
  readonly modules?: readonly (SeedConsumer & { readonly terraformProvider?: string })[];
  /** VCS agent pools, the targets of `private://<name>`. */
  readonly agentPools?: readonly { readonly id?: string; readonly name: string; readonly description?: string }[];
}

export interface SeedKey {
  readonly id: string;
  readonly name?: string;
  readonly secret: string;
  /** Admin on `root`. */
  readonly admin?: boolean;
  readonly roles?: Roles;
}

export interface SeedSpace {
  readonly id: string;
  readonly name: string;
  readonly parentSpace?: string;
  readonly inheritEntities?: boolean;
  readonly description?: string;
  readonly labels?: readonly string[];
}

export interface SeedIntegration {
  readonly provider: BitbucketProvider;
  readonly name: string;
  readonly isDefault?: boolean;
  readonly space?: string;
  readonly email?: string;
  readonly username?: string;
  /** An API token, app password or access token. */
  readonly credential?: string;
  readonly webhookSecret?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly vcsChecks?: VcsChecks;
  readonly useGitCheckout?: boolean;
  readonly apiHost?: string;
  readonly userFacingHost?: string;
}

export interface SeedConsumer {
  readonly id: string;
  readonly name: string;
  readonly space?: string;
  readonly provider: VcsProvider;
  readonly namespace: string;
  readonly repository: string;
  readonly branch?: string;
  readonly labels?: readonly string[];
  /** Default: the default integration, if one exists. An integration that does not exist leaves the stack or module detached. */
  readonly vcsIntegrationId?: string;
}

/** @throws Error that lists each problem with its JSON path */
export const parseSeed = createSeedParser<SpaceliftSeed>("The seed of Spacelift", SPACELIFT_SEED_SCHEMA, findContradictions);
