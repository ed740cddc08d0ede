/** Sets of repositories: every repository of a workspace or project, or those that the filters select. */
import type { Configuration, RepositorySetConfiguration } from "./configuration-model";

/** The construct ID of a set. Its Terraform addresses derive from it. The prefix prevents a clash with the ID of another construct. */
export function setId({ key, workspace, project = "" }: RepositorySetConfiguration): string {
  return key === undefined ? (workspace ?? project).toLowerCase() : `set-${key}`;
}

/** Finds sets of one integration that have the same construct ID. */
export function setProblems({ integrations = {} }: Configuration): readonly string[] {
  return Object.entries(integrations).flatMap(([integrationKey, { repositories = [] }]) => {
    const pathById = new Map<string, string>();
    return repositories.flatMap((entry, index) => {
      if (typeof entry === "string" || "repository" in entry) return [];
      const path = `integrations.${integrationKey}.repositories[${index}]`;
      const first = pathById.get(setId(entry));
      if (first !== undefined) return [`${path} has the same ${describeId(entry)} as ${first}. ${FIX}`];
      pathById.set(setId(entry), path);
      return [];
    });
  });
}

const FIX = 'Declare it once, or set a different "key" here and a query or role on both so that they do not overlap.';

function describeId({ key, workspace }: RepositorySetConfiguration): string {
  if (key !== undefined) return `key "${key}"`;
  return workspace === undefined ? "project" : "workspace";
}
