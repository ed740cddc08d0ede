/** Parsing of repositories. */
import { BitbucketCloudIntegration, BitbucketDatacenterIntegration, CloudRepository, DatacenterRepository } from "../../lib";
import { CREDENTIAL, SERVER, stackWith, validationMessageOf } from "./synthesis";

it.each<[string, CloudRepository | DatacenterRepository, object]>([
  [
    "Bitbucket Cloud",
    CloudRepository.parse("acme-workspace/Infra.Tools_2"),
    { product: "cloud", namespace: "acme-workspace", slug: "Infra.Tools_2", path: "acme-workspace/infra.tools_2" },
  ],
  [
    "Bitbucket Data Center",
    DatacenterRepository.parse("PLAT/infrastructure"),
    { product: "datacenter", namespace: "PLAT", slug: "infrastructure", path: "plat/infrastructure" },
  ],
  [
    "a user in Bitbucket Data Center",
    DatacenterRepository.parse("~j.doe/dotfiles"),
    { product: "datacenter", namespace: "~j.doe", slug: "dotfiles", path: "~j.doe/dotfiles" },
  ],
])("keeps the spelling of a repository of %s, with a path in lower case", (_, repository, expected) => {
  expect(repository).toEqual(expected);
});

const INVALID = ["infrastructure", "acme/", "/infrastructure", "acme/infra/structure", "acme/infra structure", ""];

it.each([...INVALID, "~acme/infrastructure"])("%j is rejected as a repository of Bitbucket Cloud, with the expected format", (text) => {
  expect(() => CloudRepository.parse(text)).toThrow(/does not name a Bitbucket Cloud repository[\s\S]*<workspace>\/<repository>/);
});

it.each([...INVALID, "~/dotfiles", "https://bitbucket.acme.example/projects/PLAT/repos/infrastructure"])(
  "%j is rejected as a repository of Bitbucket Data Center, with the expected format",
  (text) => {
    expect(() => DatacenterRepository.parse(text)).toThrow(
      /does not name a Bitbucket Data Center repository[\s\S]*<PROJECT>\/<repository>/,
    );
  },
);

it.each(["", "PLAT/infrastructure", "~", "my project"])("%j is rejected as a workspace and as a project", (text) => {
  const stack = stackWith((scope) => {
    new BitbucketCloudIntegration(scope, "a", { name: "a", credential: CREDENTIAL }).addRepositoriesOf(text);
    new BitbucketDatacenterIntegration(scope, "b", { name: "b", ...SERVER }).addRepositoriesOf(text);
  });
  const message = validationMessageOf(stack);
  expect(message).toMatch(/bitbucket\/a: [\s\S]*does not name a workspace of Bitbucket Cloud[\s\S]*value-not-allowed/);
  expect(message).toMatch(/bitbucket\/b: [\s\S]*does not name a project of Bitbucket Data Center[\s\S]*value-not-allowed/);
});
