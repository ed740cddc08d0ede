/** State files that no engine wrote. */
import { emptyState, objectIn, withObjects } from "../state-file";

const ADDRESS = "terraform.local/bitlift/bitlift";

it("an added object can be read, with its private state and dependencies", () => {
  const object = { type: "a_b", name: "one", attributes: { id: "1" }, private: "e30=", dependencies: ["a_c.two"] };
  const state = withObjects(emptyState("1.11.4"), ADDRESS, [object, { type: "a_b", name: "two", attributes: { id: "2" } }]);
  expect(objectIn(state, "a_b", "one")).toEqual(object);
  expect(objectIn(state, "a_b", "two")).toEqual({ type: "a_b", name: "two", attributes: { id: "2" } });
  expect(state.resources[0]).toMatchObject({ mode: "managed", provider: `provider["${ADDRESS}"]` });
  expect(state).toMatchObject({ version: 4, terraform_version: "1.11.4", serial: 2 });
});

it("a missing object is an error that names it", () => {
  expect(() => objectIn(emptyState("1.11.4"), "a_b", "one")).toThrow("The state has no a_b.one.");
});
