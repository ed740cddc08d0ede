/** What counts as a removal, and when there are too many. */
import { removalsOver, type RemovalPlan } from "../../rules/removals";

type Change = RemovalPlan["changes"][number];

const plan = (changes: readonly Change[], stateCounts: Readonly<Record<string, number>> = {}): RemovalPlan => ({
  changes,
  stateCounts: new Map(Object.entries(stateCounts)),
});
const change = (fields: Partial<Change>): Change => ({
  type: "bitlift_space",
  action: undefined,
  label: undefined,
  isDeposed: false,
  ...fields,
});

const spaces = (action: string | undefined, count: number, fields: Partial<Change> = {}) =>
  Array.from({ length: count }, (_, index) => change({ action, label: `S${index}`, ...fields }));

it.each<[string, number, number, number, boolean]>([
  ["five of twenty is exactly a quarter", 5, 20, 0.25, false],
  ["six of twenty is more", 6, 20, 0.25, true],
  ["four of four are too few to block", 4, 4, 0.25, false],
  ["five of five are all", 5, 5, 0.25, true],
  ["the file may allow all", 5, 5, 1, false],
  ["the file may allow none", 5, 1000, 0, true],
])("%s", (_case, removed, existing, most, blocks) => {
  const over = removalsOver(most, [plan(spaces("delete", removed), { bitlift_space: existing })]);
  expect(over).toEqual(blocks ? [{ type: "bitlift_space", removed, existing }] : []);
});

it.each<[string, readonly Change[]]>([
  ["replaced", spaces("replace", 9)],
  ["removed from the state without being deleted", spaces("forget", 9)],
  ["moved", spaces("update", 9, { action: undefined })],
  ["left behind by an earlier replacement", spaces("delete", 9, { isDeposed: true })],
])("objects that are %s do not count", (_case, changes) => {
  expect(removalsOver(0, [plan(changes, { bitlift_space: 9 })])).toEqual([]);
});

it("objects that another part makes again do not count", () => {
  const plans = [plan(spaces("delete", 9), { bitlift_space: 9 }), plan(spaces("create", 8))];
  expect(removalsOver(0, plans)).toEqual([]);
});

it("sums over all parts, and counts types apart", () => {
  const webhooks = Array.from({ length: 5 }, () => change({ type: "bitlift_bitbucket_cloud_webhook", action: "delete" }));
  const plans = [
    plan([...spaces("delete", 3), ...webhooks], { bitlift_space: 10, bitlift_bitbucket_cloud_webhook: 100 }),
    plan(spaces("delete", 3), { bitlift_space: 10 }),
  ];
  expect(removalsOver(0.25, plans)).toEqual([{ type: "bitlift_space", removed: 6, existing: 20 }]);
});
