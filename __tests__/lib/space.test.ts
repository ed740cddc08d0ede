/** Spaces in the synthesized configuration. */
import { Space } from "../../lib";
import { onlyResource, resources, synthesize } from "./synthesis";

const TYPE = "bitlift_space";

it("writes the given name, and the defaults for parent and inheritance", () => {
  expect(
    onlyResource(
      synthesize((stack) => new Space(stack, "payments", { name: "Payments" })),
      TYPE,
    ),
  ).toEqual({
    name: "Payments",
    parent_space_id: "root",
    inherit_entities: false,
  });
});

it("writes description and labels", () => {
  const props = { name: "Payments", description: "Of the team.", labels: ["a", "b"] };
  expect(
    onlyResource(
      synthesize((stack) => new Space(stack, "payments", props)),
      TYPE,
    ),
  ).toMatchObject({ description: "Of the team.", labels: ["a", "b"] });
});

it("references the parent Space", () => {
  const configuration = synthesize((stack) => {
    const parent = new Space(stack, "payments", { name: "Payments" });
    new Space(stack, "production", { name: "Production", parent, inheritEntities: true });
  });
  const [address] = Object.keys(configuration.resource[TYPE] ?? {}).filter((name) => name.startsWith("payments"));
  expect(resources(configuration, TYPE)).toContainEqual({
    name: "Production",
    parent_space_id: `\${${TYPE}.${address}.id}`,
    inherit_entities: true,
  });
});

it("references a Space that is managed elsewhere by its ID, without a resource for it", () => {
  const configuration = synthesize(
    (stack) => new Space(stack, "production", { name: "Production", parent: Space.fromSpaceId("payments-01") }),
  );
  expect(onlyResource(configuration, TYPE)).toMatchObject({ parent_space_id: "payments-01" });
});

it("returns the root Space for its ID", () => {
  expect(Space.fromSpaceId("root")).toBe(Space.ROOT);
});

it("imports an existing Space", () => {
  const configuration = synthesize((stack) => new Space(stack, "payments", { name: "Payments" }).importFrom("payments-01"));
  expect(configuration.import).toEqual([{ id: "payments-01", to: expect.stringMatching(/^bitlift_space\.payments_/) }]);
});
