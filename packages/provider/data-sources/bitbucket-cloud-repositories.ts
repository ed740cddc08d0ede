/** The data source `bitlift_bitbucket_cloud_repositories`: for a webhook in every repository of a workspace or project. */
import { REPOSITORY_ROLES } from "../../domain";
import { computed, optional, required } from "../../terraform-plugin";
import { dataSource } from "../configuration/clients";
import {
  DETAIL_ATTRIBUTES,
  toDetails,
  listRepositories,
  NAME_ATTRIBUTES,
  nullIfBlank,
  REPOSITORIES_RAISES,
  REPOSITORIES_TEXT,
  repositoriesSummary,
  roleAttribute,
} from "./repositories";
import { knownText } from "./known-text";

const EMPTY_PROJECT = {
  why: "The project key is empty. No project has an empty key.",
  fix: "Set the key of a project, or remove project (or set it to null) to list the repositories of all projects.",
};

export const bitbucketCloudRepositoriesData = dataSource({
  type: "bitbucket_cloud_repositories",
  summary: repositoriesSummary("cloud", "workspace"),
  description:
    "With `for_each` or a CDKTF iterator, every repository of a project gets a webhook. Repositories that are created later get one with the next apply.",
  attributes: {
    workspace: required.string("Workspace slug."),
    project: optional.string("Key of a project. The list contains only repositories of this project.", {
      // Bitbucket would respond with an empty list, and all webhooks would be deleted.
      check: (key: string) => (key.trim() === "" ? EMPTY_PROJECT : undefined),
    }),
    query: optional.string('Filter in Bitbucket\'s query language, such as `name ~ "terraform"`.'),
    role: roleAttribute(REPOSITORY_ROLES.cloud),
    repositories: computed.objects(
      { ...NAME_ATTRIBUTES, uuid: computed.string("UUID of the repository, in braces."), ...DETAIL_ATTRIBUTES },
      REPOSITORIES_TEXT,
    ),
  },
  raises: REPOSITORIES_RAISES,
  async read({ config, api }) {
    const [project, query, role] = [knownText(config.project), knownText(config.query), knownText(config.role)];
    const workspace = knownText(config.workspace) ?? "";
    const listed = await listRepositories(api, "cloud", { namespace: workspace, query: toFilter(project, nullIfBlank(query)), role });
    const repositories = listed.map((repository) => {
      const { slug, name, id } = repository;
      return { slug, name, uuid: id, ...toDetails(repository) };
    });
    return { workspace, project, query, role, repositories };
  },
});

/** The filter in Bitbucket's query language. */
function toFilter(project: string | null, query: string | null): string | null {
  if (project === null) return query;
  const projectFilter = `project.key = ${JSON.stringify(project)}`;
  return query === null ? projectFilter : `${projectFilter} AND (${query})`;
}
