/** What counts as a removal, and when there are too many. */
import type { IdentifiedObject, RemovalChange } from "../../rules/removal-changes";
import { removalsOver, type RemovalPlan } from "../../rules/removals";

const SPACE = "bitlift_space";
const INTEGRATION = "bitlift_bitbucket_cloud_integration";
const WEBHOOK = "bitlift_bitbucket_cloud_webhook";

const plan = (changes: readonly RemovalChange[], stateCounts: Readonly<Record<string, number>> = {}): RemovalPlan => ({
  changes,
  stateCounts: new Map(Object.entries(stateCounts)),
});
let number = 0;
const change = (
  type: string,
  action: RemovalChange["action"],
  object?: IdentifiedObject,
  address = `${type}.x${number++}`,
): RemovalChange => ({
  address,
  type,
  action,
  before: action === "create" ? undefined : object,
  after: action === "delete" ? undefined : object,
});

const six = [1, 2, 3, 4, 5, 6];
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const spaceIn = (owner: IdentifiedObject["owner"], name = "Production", id?: string): IdentifiedObject => ({ id, name, owner });
const inSpace = (id: string) => ({ type: SPACE, id });
const spaces = (action: RemovalChange["action"], count: number) =>
  times(count).map((index) => change(SPACE, action, spaceIn(inSpace("root"), `S${index}`)));
const removed = (...plans: readonly RemovalPlan[]) => removalsOver(0, plans).map((over) => [over.type, over.removed]);

it.each<[string, number, number, number, boolean]>([
  ["five of twenty is exactly a quarter", 5, 20, 0.25, false],
  ["six of twenty is more", 6, 20, 0.25, true],
  ["four of four are too few to block", 4, 4, 0.25, false],
  ["five of five are all", 5, 5, 0.25, true],
  ["the file may allow all", 5, 5, 1, false],
  ["the file may allow none", 5, 1000, 0, true],
])("%s", (_case, count, existing, most, blocks) => {
  const over = removalsOver(most, [plan(spaces("delete", count), { [SPACE]: existing })]);
  expect(over).toEqual(blocks ? [{ type: SPACE, removed: count, existing }] : []);
});

it("replaced objects do not count", () => {
  expect(removed(plan(spaces("replace", 9)))).toEqual([]);
});

it("objects that another part makes again do not count", () => {
  expect(removed(plan(spaces("delete", 9)), plan(spaces("create", 8)))).toEqual([]);
});

it("sums over all parts, and counts types apart", () => {
  const webhooks = times(5).map(() => change(WEBHOOK, "delete"));
  const plans = [plan([...spaces("delete", 3), ...webhooks], { [SPACE]: 10, [WEBHOOK]: 100 }), plan(spaces("delete", 3), { [SPACE]: 10 })];
  expect(removalsOver(0.25, plans)).toEqual([{ type: SPACE, removed: 6, existing: 20 }]);
});

it("Spaces with one name in several parents are different ones", () => {
  const deletions = six.map((index) => change(SPACE, "delete", spaceIn(inSpace(`t${index}`))));
  const other = change(SPACE, "create", spaceIn(inSpace("root")));
  expect(removed(plan([...deletions, other]))).toEqual([[SPACE, 6]]);
  const again = six.map((index) => change(SPACE, "create", spaceIn(inSpace(`t${index}`))));
  expect(removed(plan(deletions), plan(again))).toEqual([]);
});

it("each create makes up for one delete only", () => {
  const deletions = six.map(() => change(SPACE, "delete", spaceIn(inSpace("t"))));
  expect(removed(plan([...deletions, change(SPACE, "create", spaceIn(inSpace("t")))]))).toEqual([[SPACE, 5]]);
});

describe("an owner that the same plans make again", () => {
  const formerSpaces = six.flatMap((index) => [
    change(SPACE, "delete", spaceIn(inSpace("root"), `Team ${index}`, `t${index}`)),
    change(SPACE, "delete", spaceIn(inSpace(`t${index}`))),
  ]);
  const newSpaces = six.flatMap((index) => [
    change(SPACE, "create", spaceIn(inSpace("root"), `Team ${index}`), `${SPACE}.n${index}`),
    change(SPACE, "create", spaceIn({ type: SPACE, addresses: [`${SPACE}.n${index}.id`, `${SPACE}.n${index}`] })),
  ]);

  it("a tree of Spaces that moves to another part does not count", () => {
    expect(removed(plan(formerSpaces), plan(newSpaces))).toEqual([]);
  });

  it("counts if the plan does not show what the new Space is in", () => {
    const unknown = six.map((index) => change(SPACE, "create", spaceIn({ type: SPACE, addresses: [`${SPACE}.z${index}`] })));
    expect(removed(plan(formerSpaces), plan(unknown))).toEqual([[SPACE, 12]]);
  });

  const integration = (name: string, id?: string): IdentifiedObject => ({ id, name, owner: undefined });
  const webhook = (index: number, owner: IdentifiedObject["owner"]): IdentifiedObject => ({ id: undefined, name: `acme/r${index}`, owner });
  const byId = { type: INTEGRATION, id: "payments" };
  const byAddress = { type: INTEGRATION, addresses: [`${INTEGRATION}.p`] };
  const deletedWebhooks = six.map((index) => change(WEBHOOK, "delete", webhook(index, byId)));
  const createdWebhooks = six.map((index) => change(WEBHOOK, "create", webhook(index, byAddress)));

  it("webhooks of an integration that moves to another part do not count", () => {
    const from = plan([...deletedWebhooks, change(INTEGRATION, "delete", integration("payments", "payments"))]);
    const to = plan([...createdWebhooks, change(INTEGRATION, "create", integration("payments"), `${INTEGRATION}.p`)]);
    expect(removed(from, to)).toEqual([]);
  });

  it("webhooks of an integration that is replaced do not count, even if they get new addresses", () => {
    const replaced = {
      ...change(INTEGRATION, "replace", integration("pay"), `${INTEGRATION}.p`),
      before: integration("payments", "payments"),
    };
    expect(removed(plan([...deletedWebhooks, ...createdWebhooks, replaced]))).toEqual([]);
  });

  it("webhooks count if another integration gets the same repositories", () => {
    const created = six.map((index) => change(WEBHOOK, "create", webhook(index, { type: INTEGRATION, id: "networking" })));
    expect(removed(plan([...deletedWebhooks, ...created]))).toEqual([[WEBHOOK, 6]]);
    const another = change(INTEGRATION, "create", integration("networking"), `${INTEGRATION}.p`);
    expect(removed(plan([...deletedWebhooks, ...createdWebhooks, another]))).toEqual([[WEBHOOK, 6]]);
  });
});

it("objects that nothing identifies always count", () => {
  expect(removed(plan([...times(5).map(() => change("x_y", "delete")), ...times(5).map(() => change("x_y", "create"))]))).toEqual([
    ["x_y", 5],
  ]);
});
