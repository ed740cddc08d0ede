/** The data source `bitlift_bitbucket_datacenter_repositories`: for a webhook in every repository of a project. */
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

export const bitbucketDatacenterRepositoriesData = dataSource({
  type: "bitbucket_datacenter_repositories",
  summary: repositoriesSummary("datacenter", "project"),
  description:
    "Archived repositories are excluded. With `for_each` or a CDKTF iterator, every repository of a project gets a webhook. Repositories that are created later get one with the next apply.",
  attributes: {
    project: required.string("Key of the project, or `~<user>` for the personal repositories of a user."),
    query: optional.string("Text that the name of a repository must contain."),
    role: roleAttribute(REPOSITORY_ROLES.datacenter),
    repositories: computed.objects(
      { ...NAME_ATTRIBUTES, id: computed.string("ID of the repository, a whole number."), ...DETAIL_ATTRIBUTES },
      REPOSITORIES_TEXT,
    ),
  },
  raises: REPOSITORIES_RAISES,
  async read({ config, api }) {
    const [query, role] = [knownText(config.query), knownText(config.role)];
    const project = knownText(config.project) ?? "";
    const listed = await listRepositories(api, "datacenter", { namespace: project, query: nullIfBlank(query), role });
    const repositories = listed.map((repository) => {
      const { slug, name, id } = repository;
      return { slug, name, id, ...toDetails(repository) };
    });
    return { project, query, role, repositories };
  },
});
