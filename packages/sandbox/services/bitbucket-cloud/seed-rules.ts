// Rules of a Bitbucket Cloud seed that its JSON Schema cannot express: unique names, and references that must exist.
import { findDuplicates } from "../../core/seed-validation";
import type { BitbucketCloudSeed, SeedCredential, SeedWorkspace } from "./seed";

export function findContradictions(seed: BitbucketCloudSeed): readonly string[] {
  const credentials = seed.credentials ?? [];
  const addresses = new Set(seed.workspaces.flatMap(listAddresses));
  return [
    ...findDuplicates(
      seed.workspaces.map(({ slug }) => slug),
      (index) => `$.workspaces[${index}].slug`,
      "a workspace's slug is unique",
    ),
    ...seed.workspaces.flatMap((workspace, index) => checkRepositories(workspace, `$.workspaces[${index}]`)),
    ...findDuplicates(
      credentials.map(({ kind, token }) => (kind === "access-token" || kind === "api-token" ? token : undefined)),
      (index) => `$.credentials[${index}].token`,
      "a token is unique",
    ),
    ...credentials.flatMap((credential, index) => checkCredential(credential, `$.credentials[${index}]`, addresses)),
  ];
}

function listAddresses({ slug, repositories = [] }: SeedWorkspace): readonly string[] {
  return [`${slug}/*`, ...repositories.map((repository) => `${slug}/${repository.slug}`)];
}

function checkRepositories({ projects = [], repositories = [] }: SeedWorkspace, path: string): readonly string[] {
  const keys = projects.map(({ key }) => key);
  const slugs = new Set<string>();
  return repositories.flatMap(({ slug, project }, index) => {
    const problems: string[] = [];
    if (slugs.has(slug)) problems.push(`${path}.repositories[${index}].slug is used twice: a repository's slug is unique in its workspace`);
    slugs.add(slug);
    if (project !== undefined && !keys.includes(project)) {
      const known = keys.length === 0 ? "it has none" : keys.join(", ");
      problems.push(`${path}.repositories[${index}].project must be the key of a project of the workspace: ${known}`);
    }
    return problems;
  });
}

function checkCredential(credential: SeedCredential, path: string, addresses: ReadonlySet<string>): readonly string[] {
  const { kind, email, username, access } = credential;
  const problems: string[] = [];
  if (kind === "api-token" && email === undefined)
    problems.push(`${path} needs "email", because Bitbucket accepts an API token only with its email`);
  if (kind === "app-password" && username === undefined)
    problems.push(`${path} needs "username", because Bitbucket accepts an app password only with its user name`);
  if (kind === "oauth-consumer" && username === undefined) problems.push(`${path} needs "username", the consumer's key`);
  for (const address of Object.keys(access)) {
    if (addresses.has(address)) continue;
    problems.push(`${path}.access names "${address}", which is not a workspace/* or workspace/repository of this seed`);
  }
  return problems;
}
