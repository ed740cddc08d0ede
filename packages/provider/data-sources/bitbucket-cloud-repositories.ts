/** The data source `bitlift_bitbucket_cloud_repositories`: for a webhook in every repository of a workspace or project. */
import { computed, optional, required } from "../../terraform-plugin";
import { dataSource } from "../configuration/clients";
import {
  DETAIL_ATTRIBUTES,
  detailsOf,
  listRepositories,
  NAME_ATTRIBUTES,
  nonBlank,
  REPOSITORIES_RAISES,
  REPOSITORIES_TEXT,
  repositoriesSummary,
  roleAttribute,
} from "./repositories";
import { resolved } from "./resolved";

export const bitbucketCloudRepositoriesData = dataSource({
  type: "bitbucket_cloud_repositories",
  summary: repositoriesSummary("cloud", "workspace"),
  description:
    "With `for_each` or a CDKTF iterator, every repository of a project gets a webhook. Repositories that are created later get one with the next apply.",
  attributes: {
    workspace: required.string("Workspace slug."),
    project: optional.string("Only repositories of the project with this key.", {
      // Bitbucket would respond with an empty list, and all webhooks would be deleted.
      check: (key: string) => (key.trim() === "" ? "The project key is empty. No project has an empty key." : undefined),
    }),
    query: optional.string('Only repositories that match, in Bitbucket\'s filter language: `name ~ "terraform"`.'),
    role: roleAttribute(["member", "contributor", "admin", "owner"]),
    repositories: computed.objects(
      { ...NAME_ATTRIBUTES, uuid: computed.string("UUID of the repository, in braces."), ...DETAIL_ATTRIBUTES },
      REPOSITORIES_TEXT,
    ),
  },
  raises: REPOSITORIES_RAISES,
  async read({ config, api }) {
    const [project, query, role] = [resolved(config.project), resolved(config.query), resolved(config.role)];
    const workspace = resolved(config.workspace) ?? "";
    const listed = await listRepositories(api, "cloud", { namespace: workspace, query: toFilter(project, nonBlank(query)), role });
    const repositories = listed.map((repository) => {
      const { slug, name, id } = repository;
      return { slug, name, uuid: id, ...detailsOf(repository) };
    });
    return { workspace, project, query, role, repositories };
  },
});

/** In Bitbucket's filter language. */
function toFilter(project: string | null, query: string | null): string | null {
  if (project === null) return query;
  const ofProject = `project.key = ${JSON.stringify(project)}`;
  return query === null ? ofProject : `${ofProject} AND (${query})`;
}
