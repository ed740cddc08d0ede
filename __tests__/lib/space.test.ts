/** Spaces in the synthesised configuration. */
import { Space } from "../../lib";
import { only, resources, synthesised } from "./synthesis";

const TYPE = "bitlift_space";

it("writes a Space with what was given, and root and no inheritance otherwise", () => {
  expect(
    only(
      synthesised((stack) => new Space(stack, "payments", { name: "Payments" })),
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
    only(
      synthesised((stack) => new Space(stack, "payments", props)),
      TYPE,
    ),
  ).toMatchObject({ description: "Of the team.", labels: ["a", "b"] });
});

it("wires a Space to the one above by reference", () => {
  const made = synthesised((stack) => {
    const parent = new Space(stack, "payments", { name: "Payments" });
    new Space(stack, "production", { name: "Production", parent, inheritEntities: true });
  });
  const [address] = Object.keys(made.resource[TYPE] ?? {}).filter((name) => name.startsWith("payments"));
  expect(resources(made, TYPE)).toContainEqual({
    name: "Production",
    parent_space_id: `\${${TYPE}.${address}.id}`,
    inherit_entities: true,
  });
});

it("takes a Space that somebody else manages by its id, without writing anything for it", () => {
  const made = synthesised((stack) => new Space(stack, "production", { name: "Production", parent: Space.fromSpaceId("payments-01") }));
  expect(only(made, TYPE)).toMatchObject({ parent_space_id: "payments-01" });
});

it("knows root by its id", () => {
  expect(Space.fromSpaceId("root")).toBe(Space.ROOT);
});

it("imports a Space that exists", () => {
  const made = synthesised((stack) => new Space(stack, "payments", { name: "Payments" }).importFrom("payments-01"));
  expect(made.import).toEqual([{ id: "payments-01", to: expect.stringMatching(/^bitlift_space\.payments_/) }]);
});
