/** `data "bitlift_bitbucket_cloud_repositories"`. */
import { optional } from "../../terraform-plugin";
import { repositoriesData } from "./repositories-data";

export const bitbucketCloudRepositoriesData = repositoriesData({
  product: "cloud",
  description:
    "With `for_each`, or an iterator of CDKTF, every repository of a project gets a webhook: also one that is made later, with the next apply.",
  namespace: { name: "workspace", text: "Workspace slug." },
  filters: {
    project: optional.string("Only repositories of the project with this key.", {
      // Bitbucket would answer with no repository at all, and their webhooks would go.
      check: (key: string) => (key.trim() === "" ? "It is empty, and no project has such a key." : undefined),
    }),
    query: optional.string('Only repositories that match, in Bitbucket\'s filter language: `name ~ "terraform"`.'),
  },
  queryOf({ project, query }) {
    const parts = [
      ...(typeof project === "string" ? [`project.key = ${JSON.stringify(project)}`] : []),
      ...(typeof query === "string" && query.trim() !== "" ? [typeof project === "string" ? `(${query})` : query] : []),
    ];
    return parts.length === 0 ? null : parts.join(" AND ");
  },
  roles: ["member", "contributor", "admin", "owner"],
  id: { name: "uuid", text: "Its UUID, in braces." },
});
