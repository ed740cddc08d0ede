/** What a construct throws, as a person sees it where nobody catches it. */
import { inspect } from "node:util";
import { DatacenterRepository } from "../../lib";

it("a refusal that nobody catches is printed once, with what to do and where it was thrown", () => {
  let thrown: unknown;
  try {
    DatacenterRepository.parse("networking");
  } catch (refused) {
    thrown = refused;
  }
  const printed = inspect(thrown);
  expect(printed).toMatch(/"networking" does not name[\s\S]*Write <PROJECT>\/<repository>[\s\S]*\(value-not-allowed\)\n +at /);
  expect(printed.split("does not name")).toHaveLength(2);
  expect(printed).not.toContain("diagnostic:");
});
