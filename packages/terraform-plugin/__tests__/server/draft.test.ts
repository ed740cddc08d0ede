/** Which changes replace a resource. */
import { optional, required, UNKNOWN } from "../..";
import type { ObjectValue } from "../../schema/value";
import { replacedPaths } from "../../server/draft";

const attributes = {
  exact: required.string("E.", { requiresReplace: true }),
  caseless: required.string("C.", { requiresReplace: true, caseInsensitive: true }),
  free: optional.string("F."),
};
const state = { exact: "PLAT", caseless: "PLAT", free: "a" };

it.each<[string, ObjectValue, readonly (readonly string[])[]]>([
  ["nothing", {}, []],
  ["what is free", { free: "b" }, []],
  ["another spelling of what the remote system takes exactly", { exact: "plat" }, [["exact"]]],
  ["another spelling of what it does not", { caseless: "plat" }, []],
  ["another value of it", { caseless: "PAY" }, [["caseless"]]],
  ["a value of it that is decided later", { caseless: UNKNOWN }, [["caseless"]]],
])("a change of %s", (_name, changes, replaced) => {
  expect(replacedPaths(attributes, state, { ...state, ...changes })).toEqual(replaced);
});
