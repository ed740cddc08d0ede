/** What SDK v2 plans for each combination of configuration, default and stored value. */
import {
  computed,
  optional,
  optionalComputed,
  required,
  UNKNOWN,
  writeOnly,
  type Attributes,
  type Value,
} from "../../../../packages/terraform-plugin";
import { sdkPlan, type PlanRules } from "../../runtime/sdk-plan";

const attributes: Attributes = {
  name: required.string("A."),
  text: optional.string("B."),
  flag: optional.boolean("C."),
  list: optional.list("string", "K."),
  labels: optionalComputed.set("string", "D."),
  note: optionalComputed.string("E."),
  id: computed.string("F."),
  token: writeOnly.string("G."),
  source: { ...optional.objects({ id: optional.string("H."), is_default: computed.boolean("I.") }, "J."), asBlocks: { maximum: 1 } },
};
const NONE: PlanRules = { defaults: {} };
const DEFAULT: PlanRules = { defaults: { flag: true } };

it.each<[string, PlanRules, string, Value, Value | undefined, Value]>([
  ["a create plans a default", DEFAULT, "flag", null, undefined, true],
  ["a written value wins over a default", DEFAULT, "flag", false, undefined, false],
  ["without a default, a create plans null", NONE, "text", null, undefined, null],
  ["a removed value becomes its default", DEFAULT, "flag", null, false, true],
  ["a removed value becomes null", NONE, "text", null, "old", null],
  ["a removed list becomes an empty one", NONE, "list", null, ["a"], []],
  ["an unset value equals a stored empty text", NONE, "text", null, "", ""],
  ["an unset value equals a stored false", NONE, "flag", null, false, false],
  ["an empty text replaces a text", NONE, "text", "", "old", ""],
  ["the server decides about an unset value of a create", NONE, "note", null, undefined, UNKNOWN],
  ["the server's value stays", NONE, "note", null, "server", "server"],
  ["an empty text does not replace the server's value", NONE, "note", "", "server", "server"],
  ["an empty set replaces the server's value", NONE, "labels", [], ["a"], []],
  ["a computed value is unknown in a create", NONE, "id", null, undefined, UNKNOWN],
  ["a computed value stays in an update", NONE, "id", null, "1", "1"],
  ["a write-only value is not planned", NONE, "token", "secret", undefined, null],
  [
    "blocks without a stored counterpart are filled after a create",
    NONE,
    "source",
    [{ id: "a" }],
    undefined,
    [{ id: "a", is_default: UNKNOWN }],
  ],
  ["the computed values of a block stay", NONE, "source", [{ id: "b" }], [{ id: "a", is_default: true }], [{ id: "b", is_default: true }]],
  ["a new block of an update has no computed values yet", NONE, "source", [{ id: "b" }], [], [{ id: "b", is_default: null }]],
])("%s", (_rule, rules, name, config, prior, expected) => {
  const planned = sdkPlan(attributes, rules, { name: "n", [name]: config }, prior === undefined ? null : { name: "n", [name]: prior });
  expect(planned[name]).toEqual(expected);
});

it("a rule of the provider suppresses a difference of an update, not of a create", () => {
  const rules: PlanRules = {
    defaults: {},
    suppress: (planned, { prior }) => {
      planned["text"] = prior["text"] ?? null;
    },
  };
  expect(sdkPlan(attributes, rules, { text: "new" }, { text: "old" })["text"]).toBe("old");
  expect(sdkPlan(attributes, rules, { text: "new" }, null)["text"]).toBe("new");
});
