/** The repositories of a benchmark, which exist in the sandbox from its start. */
import { DEFAULT_SEED, type Seed } from "../../packages/sandbox";
import { CLOUD, DATACENTER } from "../harness";

/** Slugs of the repositories, in the workspace and in the project of the default seed. */
export function repositoryNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `bench-${index}`);
}

/** The default seed with these additional repositories. */
export function seedWith(count: number): Seed {
  const { "bitbucket-cloud": cloud, "bitbucket-datacenter": datacenter } = DEFAULT_SEED;
  const slugs = repositoryNames(count).map((slug) => ({ slug }));
  return {
    "bitbucket-cloud": {
      ...cloud,
      workspaces: cloud.workspaces.map((workspace) =>
        workspace.slug === CLOUD.namespace ? { ...workspace, repositories: [...(workspace.repositories ?? []), ...slugs] } : workspace,
      ),
    },
    "bitbucket-datacenter": {
      ...datacenter,
      projects: datacenter.projects.map((project) =>
        project.key === DATACENTER.namespace ? { ...project, repositories: [...(project.repositories ?? []), ...slugs] } : project,
      ),
    },
  };
}
