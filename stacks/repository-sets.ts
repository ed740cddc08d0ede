/** Sets of repositories in one integration: each repository of a workspace or a project, or those that a filter leaves. */
import type { Configuration, RepositoriesConfiguration } from "./configuration";

/** Id of a set's construct, by which its Terraform address is known. A key cannot name a construct that is there for something else. */
export function setId({ key, workspace, project }: RepositoriesConfiguration): string {
  return key === undefined ? (workspace ?? project ?? "").toLowerCase() : `set-${key}`;
}

/** Sets of one workspace or project, which only a key tells apart. */
export function setMistakes({ integrations = {} }: Configuration): readonly string[] {
  return Object.entries(integrations).flatMap(([integration, { repositories = [] }]) => {
    const places = new Map<string, string>();
    return repositories.flatMap((entry, index) => {
      if (typeof entry === "string" || "repository" in entry) return [];
      const place = `integrations.${integration}.repositories[${index}]`;
      const first = places.get(setId(entry));
      if (first !== undefined) return [`${place} has ${namesOf(entry)} of ${first}. ${FIX}`];
      places.set(setId(entry), place);
      return [];
    });
  });
}

const FIX = 'Declare it once; or give this one a "key" of its own, and both a query or a role that keeps them apart.';

function namesOf({ key, workspace }: RepositoriesConfiguration): string {
  if (key !== undefined) return `the key "${key}"`;
  return workspace === undefined ? "the project" : "the workspace";
}
