// The seed of the emulated Bitbucket Data Center: its shape, and what its JSON Schema cannot say.
import type { Level } from "../../core/access-level";
import { findDuplicates } from "../../core/seed-validation";
import { createSeedError, createSeedValidator } from "../../core/seed-validation";
import type { TokenPermission } from "./credentials";
import { BITBUCKET_DATACENTER_SEED_SCHEMA } from "./seed-schema";

export { BITBUCKET_DATACENTER_SEED_SCHEMA };

export interface BitbucketDatacenterSeed {
  /** Where the server lives below its origin: "/bitbucket"; nothing unless given. It cannot change while the sandbox runs. */
  readonly contextPath?: string;
  readonly projects: readonly SeedProject[];
  readonly users?: readonly SeedUser[];
  readonly tokens?: readonly SeedToken[];
}

export interface SeedProject {
  readonly key: string;
  readonly name?: string;
  readonly description?: string;
  /** False unless given. */
  readonly public?: boolean;
  readonly repositories?: readonly SeedRepository[];
  readonly hooks?: readonly SeedHook[];
}

export interface SeedRepository {
  readonly slug: string;
  readonly name?: string;
  readonly description?: string;
  /** Null for an empty repository; "main" unless given. */
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
  /** Lower case; also the slug of the personal project. */
  readonly name: string;
  readonly displayName?: string;
  readonly emailAddress?: string;
  /** Without one only tokens of the user work. */
  readonly password?: string;
  /** True unless given. */
  readonly licensed?: boolean;
  readonly global?: "ADMIN" | "PROJECT_CREATE";
  /** By project key, for all its repositories, or by `KEY/slug`. */
  readonly access?: Readonly<Record<string, Level>>;
  /** Of the personal project `~name`. */
  readonly repositories?: readonly SeedRepository[];
}

/** An access token of exactly one: a user, a project, a repository. */
export interface SeedToken {
  readonly token: string;
  readonly name?: string;
  readonly user?: string;
  readonly project?: string;
  /** `KEY/slug`. */
  readonly repository?: string;
  readonly permissions: readonly TokenPermission[];
  /** From then on it is refused, by the sandbox's clock. */
  readonly expires?: string;
}

const WHAT = "The seed of Bitbucket Data Center";
const checkSchema = createSeedValidator(BITBUCKET_DATACENTER_SEED_SCHEMA);

/** @throws Error that names each mistake by its JSON path */
export function parseBitbucketDatacenterSeed(data: unknown): BitbucketDatacenterSeed {
  const mistakes = checkSchema(data);
  if (mistakes.length > 0) throw createSeedError(WHAT, mistakes);
  const seed = data as BitbucketDatacenterSeed; // The schema has just said so.
  const more = findContradictions(seed);
  if (more.length > 0) throw createSeedError(WHAT, more);
  return seed;
}

function findContradictions(seed: BitbucketDatacenterSeed): readonly string[] {
  const users = seed.users ?? [];
  const tokens = seed.tokens ?? [];
  const groups = [
    ...seed.projects.map(({ key, repositories }, index) => ({ key, repositories, path: `$.projects[${index}]` })),
    ...users.map(({ name, repositories }, index) => ({ key: `~${name}`, repositories, path: `$.users[${index}]` })),
  ];
  const slugs = groups.map(({ repositories = [] }) => repositories.map(({ slug }) => slug));
  const places = new Set(groups.flatMap(({ key }, at) => [key, ...(slugs[at] ?? []).map((slug) => `${key}/${slug}`)].map(upperKey)));
  const missing = (place: string | undefined): boolean => place !== undefined && !places.has(upperKey(place));
  const no = (path: string, place: string): string => `${path} names "${place}", which is no project or repository of this seed`;
  return [
    ...findDuplicates(
      seed.projects.map(({ key }) => key),
      (index) => `$.projects[${index}].key`,
      "a project's key is unique",
    ),
    ...findDuplicates(
      seed.projects.map(({ key, name = key }) => name.toLowerCase()),
      (index) => `$.projects[${index}].name`,
      "a project's name, which is its key unless given, is unique in any case",
    ),
    ...findDuplicates(
      users.map(({ name }) => name),
      (index) => `$.users[${index}].name`,
      "a user's name is unique",
    ),
    ...findDuplicates(
      tokens.map(({ token }) => token),
      (index) => `$.tokens[${index}].token`,
      "a token is unique",
    ),
    ...groups.flatMap(({ path }, at) =>
      findDuplicates(slugs[at] ?? [], (index) => `${path}.repositories[${index}].slug`, "a repository's slug is unique in its project"),
    ),
    ...users.flatMap(({ access = {} }, index) =>
      Object.keys(access)
        .filter(missing)
        .map((place) => no(`$.users[${index}].access`, place)),
    ),
    ...tokens.flatMap((token, index) => {
      const path = `$.tokens[${index}]`;
      const { user, project, repository, expires } = token;
      if (expires !== undefined && Number.isNaN(Date.parse(expires))) return [`${path}.expires is no time that there is`];
      const owners = [user, project, repository].filter((owner) => owner !== undefined);
      if (owners.length !== 1) return [`${path} needs one of "user", "project" and "repository", and has ${owners.length}`];
      if (user !== undefined)
        return users.some(({ name }) => name === user) ? [] : [`${path}.user names "${user}", which is no user of this seed`];
      const place = project ?? repository ?? "";
      return missing(place) ? [no(path, place)] : [];
    }),
  ];
}

function upperKey(place: string): string {
  const [key = "", ...slug] = place.split("/");
  return [key.toUpperCase(), ...slug].join("/");
}
