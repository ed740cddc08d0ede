// Rules of a Bitbucket Data Center seed that its JSON Schema cannot express: unique names, and references that must exist.
import { findDuplicates } from "../../core/seed-validation";
import type { BitbucketDatacenterSeed, SeedRepository, SeedToken, SeedUser } from "./seed";

/** A project, or the personal project of a user. */
interface SeedGroup {
  readonly key: string;
  readonly repositories: readonly SeedRepository[];
  readonly path: string;
}

export function findContradictions(seed: BitbucketDatacenterSeed): readonly string[] {
  const { projects, users = [], tokens = [] } = seed;
  const groups = listGroups(seed);
  const addresses = new Set(groups.flatMap(listAddresses));
  return [
    ...findDuplicates(
      projects.map(({ key }) => key),
      (index) => `$.projects[${index}].key`,
      "a project's key is unique",
    ),
    ...findDuplicates(
      projects.map(({ key, name = key }) => name.toLowerCase()),
      (index) => `$.projects[${index}].name`,
      "a project's name, which defaults to its key, is unique regardless of case",
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
    ...groups.flatMap(checkSlugs),
    ...users.flatMap((user, index) => checkAccess(user, `$.users[${index}]`, addresses)),
    ...tokens.flatMap((token, index) => checkToken(token, `$.tokens[${index}]`, users, addresses)),
  ];
}

function listGroups({ projects, users = [] }: BitbucketDatacenterSeed): readonly SeedGroup[] {
  return [
    ...projects.map(({ key, repositories = [] }, index) => ({ key, repositories, path: `$.projects[${index}]` })),
    ...users.map(({ name, repositories = [] }, index) => ({ key: `~${name}`, repositories, path: `$.users[${index}]` })),
  ];
}

function listAddresses({ key, repositories }: SeedGroup): readonly string[] {
  return [key, ...repositories.map(({ slug }) => `${key}/${slug}`)].map(normalizeAddress);
}

function checkSlugs({ repositories, path }: SeedGroup): readonly string[] {
  return findDuplicates(
    repositories.map(({ slug }) => slug),
    (index) => `${path}.repositories[${index}].slug`,
    "a repository's slug is unique in its project",
  );
}

function checkAccess({ access = {} }: SeedUser, path: string, addresses: ReadonlySet<string>): readonly string[] {
  return Object.keys(access).flatMap((address) => checkAddress(address, `${path}.access`, addresses));
}

function checkToken(token: SeedToken, path: string, users: readonly SeedUser[], addresses: ReadonlySet<string>): readonly string[] {
  const { user, project, repository, expires } = token;
  if (expires !== undefined && Number.isNaN(Date.parse(expires))) return [`${path}.expires is not a valid time`];
  const owners = [user, project, repository].filter((owner) => owner !== undefined);
  if (owners.length !== 1) return [`${path} needs one of "user", "project" and "repository", and has ${owners.length}`];
  if (user === undefined) return checkAddress(project ?? repository ?? "", path, addresses);
  return users.some(({ name }) => name === user) ? [] : [`${path}.user names "${user}", which is not a user of this seed`];
}

function checkAddress(address: string, path: string, addresses: ReadonlySet<string>): readonly string[] {
  if (addresses.has(normalizeAddress(address))) return [];
  return [`${path} names "${address}", which is not a project or repository of this seed`];
}

/** Project keys are case-insensitive. */
function normalizeAddress(address: string): string {
  const [key = "", ...slug] = address.split("/");
  return [key.toUpperCase(), ...slug].join("/");
}
