/** The guard against a faulty file. */
import { guardRemovals } from "../../deployment/removals";
import { change, plan } from "./planned-changes";

const spaces = Array.from({ length: 6 }, (_, index) =>
  change({ address: `bitlift_space.s${index}`, action: "delete", label: `S${index}` }),
);

it("accepts exactly the number", () => {
  const plans = [plan(spaces, { bitlift_space: 8 })];
  expect(() => guardRemovals(0.25, plans, 6)).not.toThrow();
  for (const accepted of [undefined, 5, 7]) expect(() => guardRemovals(0.25, plans, accepted)).toThrow("delete 6 of 8 bitlift_space");
});
