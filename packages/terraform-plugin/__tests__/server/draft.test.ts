/** Which changes replace a resource. */
import { optional, required, UNKNOWN } from "../..";
import type { ObjectValue } from "../../schema/value";
import { pathsRequiringReplace } from "../../server/draft";

const attributes = {
  exact: required.string("E.", { requiresReplace: true }),
  caseInsensitive: required.string("C.", { requiresReplace: true, caseInsensitive: true }),
  free: optional.string("F."),
};
const state = { exact: "PLAT", caseInsensitive: "PLAT", free: "a" };

it.each<[string, ObjectValue, readonly (readonly string[])[]]>([
  ["nothing", {}, []],
  ["an attribute without `requiresReplace`", { free: "b" }, []],
  ["the case of a case-sensitive attribute", { exact: "plat" }, [["exact"]]],
  ["the case of a case-insensitive attribute", { caseInsensitive: "plat" }, []],
  ["the value of a case-insensitive attribute", { caseInsensitive: "PAY" }, [["caseInsensitive"]]],
  ["a case-insensitive attribute to an unknown value", { caseInsensitive: UNKNOWN }, [["caseInsensitive"]]],
])("a change of %s", (_name, changes, expected) => {
  expect(pathsRequiringReplace(attributes, state, { ...state, ...changes })).toEqual(expected);
});
