/** `data "bitlift_bitbucket_datacenter_repositories"`. */
import { optional } from "../../terraform-plugin";
import { repositoriesData } from "./repositories-data";

export const bitbucketDatacenterRepositoriesData = repositoriesData({
  product: "datacenter",
  description:
    "Archived repositories are left out. With `for_each`, or an iterator of CDKTF, every repository of a project gets a webhook: also one that is made later, with the next apply.",
  namespace: { name: "project", text: "Key of the project, or `~<user>` for the personal repositories of a user." },
  filters: { query: optional.string("Only repositories whose name contains this text.") },
  queryOf: ({ query }) => (typeof query === "string" && query.trim() !== "" ? query : null),
  roles: ["REPO_READ", "REPO_WRITE", "REPO_ADMIN"],
  id: { name: "id", text: "Its id: a whole number." },
});
