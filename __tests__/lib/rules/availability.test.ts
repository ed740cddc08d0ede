/** Availability of integrations in Spaces. */
import { Testing, TerraformStack } from "cdktf";
import { BitbucketCloudIntegration, Space, type Availability, type ISpace } from "../../../lib";
import { CREDENTIAL } from "../synthesis";

const stack = new TerraformStack(Testing.app(), "spaces");
const space = (id: string, parent: ISpace | undefined, inheritEntities: boolean) =>
  new Space(stack, id, { name: id, inheritEntities, parent });

const top = space("top", undefined, true);
const child = space("child", top, true);
const grandchild = space("grandchild", child, true);
const closed = space("closed", top, false);
const belowClosed = space("below-closed", closed, true);
const other = space("other", undefined, false);
const imported = Space.fromSpaceId("imported-01");
const sameImported = Space.fromSpaceId("imported-01");
const belowImported = space("below-imported", imported, true);
const closedBelowImported = space("closed-below-imported", imported, false);

it.each<[string, ISpace, ISpace, Availability]>([
  ["its own Space", top, top, "yes"],
  ["a child Space that inherits", top, child, "yes"],
  ["a grandchild Space, if both inherit", top, grandchild, "yes"],
  ["a child Space that does not inherit", top, closed, "no"],
  ["a child of a Space that does not inherit", top, belowClosed, "no"],
  ["the parent Space", child, top, "no"],
  ["a sibling Space", top, other, "no"],
  ["a Space that inherits, from root", Space.ROOT, grandchild, "yes"],
  ["a Space that does not inherit, from root", Space.ROOT, other, "no"],
  ["root, from root", Space.ROOT, Space.ROOT, "yes"],
  ["root, from a Space", top, Space.ROOT, "no"],
  ["a Space managed elsewhere, from a declared Space", top, imported, "unknown"],
  ["a Space managed elsewhere, from root", Space.ROOT, imported, "unknown"],
  ["the same Space managed elsewhere", imported, sameImported, "yes"],
  ["a child of a Space managed elsewhere, from that Space", imported, belowImported, "yes"],
  ["a child of a Space managed elsewhere, from root", Space.ROOT, belowImported, "unknown"],
  ["a child that does not inherit of a Space managed elsewhere, from root", Space.ROOT, closedBelowImported, "no"],
  ["an unrelated Space that does not inherit, from a Space managed elsewhere", imported, other, "unknown"],
])("determines the availability of an integration in %s", (title, integrationSpace, consumerSpace, expected) => {
  const integration = new BitbucketCloudIntegration(stack, title, { name: title, credential: CREDENTIAL, space: integrationSpace });
  expect(integration.isAvailableTo(consumerSpace)).toBe(expected);
});

it.each([top, other, imported, Space.ROOT])("makes a default integration available in every Space (%#)", (consumerSpace) => {
  const integration = new BitbucketCloudIntegration(stack, `default-${consumerSpace.spaceId}`, {
    name: "d",
    credential: CREDENTIAL,
    isDefault: true,
  });
  expect(integration.isAvailableTo(consumerSpace)).toBe("yes");
});

it("does not know the availability of an integration that is managed elsewhere, unless it is the default integration", () => {
  expect(BitbucketCloudIntegration.fromIntegrationId(stack, "existing", "x").isAvailableTo(top)).toBe("unknown");
  expect(BitbucketCloudIntegration.fromDefault(stack, "existing-default").isAvailableTo(top)).toBe("yes");
});
