/** Which creates may look up their repository while they are planned, and how the others are counted. */
import { LookLimit } from "../../webhook/look-limit";

async function allowedOf(limit: LookLimit, names: readonly string[]): Promise<readonly string[]> {
  const answers = await Promise.all(names.map(async (name) => ((await limit.allows(name)) ? [name] : [])));
  return answers.flat().sort();
}

it.each<[string, number, readonly string[], readonly string[]]>([
  ["all within the limit", 3, ["c", "a", "b"], ["a", "b", "c"]],
  ["the lowest names of those that wait", 2, ["d", "b", "a", "c"], ["a", "b"]],
  ["a repository with several webhooks once", 2, ["a", "a", "b", "c"], ["a", "a", "b"]],
  ["none if the limit is 0", 0, ["a"], []],
])("allows %s", async (_case, limit, names, allowed) => {
  expect(await allowedOf(new LookLimit(limit), names)).toEqual(allowed);
});

it("counts over the whole plan, and answers at once when nothing is left", async () => {
  const limit = new LookLimit(3);
  expect(await allowedOf(limit, ["m", "n"])).toEqual(["m", "n"]);
  expect(await allowedOf(limit, ["b", "a"])).toEqual(["a"]);
  expect(await allowedOf(limit, ["0"])).toEqual([]);
});

it("reports the number of refused creates once, after the others have arrived", async () => {
  const limit = new LookLimit(0);
  let settle: () => void = () => undefined;
  const first = limit.countRefused(() => new Promise<void>((resolve) => (settle = resolve)));
  const others = [1, 2].map(() => limit.countRefused(() => Promise.resolve()));
  settle();
  expect([await first, ...(await Promise.all(others))]).toEqual([3, undefined, undefined]);
});
