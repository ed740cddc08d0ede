/** Rules for the schemas of every resource and data source. */
import { nestedAttributes, type Attributes, type AttributeType } from "../../terraform-plugin";
import { bitlift } from "../provider";

/** Paths of the attributes for which `matches` is true. */
function pathsIn(attributes: Attributes, matches: (type: AttributeType, presence: string) => boolean, path = ""): readonly string[] {
  return Object.entries(attributes).flatMap(([name, { type, presence }]) => [
    ...(matches(type, presence) ? [`${path}${name}`] : []),
    ...pathsIn(nestedAttributes(type) ?? {}, matches, `${path}${name}.`),
  ]);
}

const declarations = [...bitlift.resources, ...bitlift.dataSources].map(
  ({ type, attributes }) => [type, attributes as Attributes] as const,
);

// An ID is text even if its digits form a number. Engines before 1.12 also treat some numbers in a state as changed when nothing has changed.
it.each(declarations)("%s contains no numbers", (_type, attributes) => {
  expect(pathsIn(attributes, (type) => type.shape === "number" || ("element" in type && type.element.shape === "number"))).toEqual([]);
});

it.each(bitlift.resources.map(({ type, attributes }) => [type, attributes as Attributes] as const))(
  "%s computes no set: engines compare lists many times faster",
  (_type, attributes) => {
    expect(pathsIn(attributes, ({ shape }, presence) => shape === "set" && presence === "computed")).toEqual([]);
  },
);
