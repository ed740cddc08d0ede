/** Who may use an integration: the inheritance rule as a table. */
import { Testing, TerraformStack } from "cdktf";
import { BitbucketCloudIntegration, Space, type Availability, type ISpace } from "../../../lib";
import { CREDENTIAL } from "../synthesis";

const stack = new TerraformStack(Testing.app(), "spaces");
const space = (id: string, parent: ISpace | undefined, inheritEntities: boolean) =>
  new Space(stack, id, { name: id, inheritEntities, ...(parent !== undefined && { parent }) });

const a = space("a", undefined, true);
const ab = space("ab", a, true);
const abc = space("abc", ab, true);
const closed = space("closed", a, false);
const belowClosed = space("below-closed", closed, true);
const other = space("other", undefined, false);
const imported = Space.fromSpaceId("imported-01");
const sameImported = Space.fromSpaceId("imported-01");
const belowImported = space("below-imported", imported, true);
const closedBelowImported = space("closed-below-imported", imported, false);

it.each<[string, ISpace, ISpace, Availability]>([
  ["its own Space", a, a, "yes"],
  ["a Space below that inherits", a, ab, "yes"],
  ["a Space two below, both inheriting", a, abc, "yes"],
  ["a Space below that does not inherit", a, closed, "no"],
  ["a Space below one that does not inherit", a, belowClosed, "no"],
  ["the Space above", ab, a, "no"],
  ["a Space beside it", a, other, "no"],
  ["a Space that inherits, from root", Space.ROOT, abc, "yes"],
  ["a Space that does not inherit, from root", Space.ROOT, other, "no"],
  ["root, from root", Space.ROOT, Space.ROOT, "yes"],
  ["root, from a Space", a, Space.ROOT, "no"],
  ["an imported Space, from a declared one", a, imported, "unknown"],
  ["an imported Space, from root", Space.ROOT, imported, "unknown"],
  ["the same imported Space", imported, sameImported, "yes"],
  ["a Space that inherits from an imported one", imported, belowImported, "yes"],
  ["a Space that inherits from an imported one, from root", Space.ROOT, belowImported, "unknown"],
  ["a Space below an imported one that does not inherit, from root", Space.ROOT, closedBelowImported, "no"],
  ["a Space that does not inherit, from an imported one", imported, other, "unknown"],
])("tells whether an integration serves %s", (title, home, user, expected) => {
  const integration = new BitbucketCloudIntegration(stack, title, { name: title, credential: CREDENTIAL, space: home });
  expect(integration.isAvailableTo(user)).toBe(expected);
});

it.each([a, other, imported, Space.ROOT])("serves every Space by default (%#)", (user) => {
  const integration = new BitbucketCloudIntegration(stack, `default-${String(Math.random())}`, {
    name: "d",
    credential: CREDENTIAL,
    isDefault: true,
  });
  expect(integration.isAvailableTo(user)).toBe("yes");
});

it("does not know whom an integration serves that somebody else manages, unless it is the default", () => {
  expect(BitbucketCloudIntegration.fromIntegrationId(stack, "existing", "x").isAvailableTo(a)).toBe("unknown");
  expect(BitbucketCloudIntegration.fromDefault(stack, "existing-default").isAvailableTo(a)).toBe("yes");
});
