/** The findings of an app are kept for all its stacks, until the app declares something more. */
import { TerraformStack, Testing } from "cdktf";
import { BitliftProvider, Space, type ISpace } from "../../lib";

const findingsOf = (stack: TerraformStack) => stack.node.validate();

function stackIn(app = Testing.app(), id = "stack"): TerraformStack {
  const stack = new TerraformStack(app, id);
  new BitliftProvider(stack, "bitlift");
  return stack;
}

it("each stack reports the findings of all stacks", () => {
  const app = Testing.app();
  const stacks = ["first", "second"].map((id) => stackIn(app, id));
  for (const stack of stacks) new Space(stack, "a", { name: "\u0007" });
  const [first, second] = stacks.map(findingsOf);
  expect(first).toHaveLength(2);
  expect(second).toEqual(first);
});

it("a stack looks again when the app declares something more", () => {
  const stack = stackIn();
  new Space(stack, "a", { name: "A" });
  expect(findingsOf(stack)).toEqual([]);
  new Space(stack, "b", { name: "A" });
  expect(findingsOf(stack).join()).toContain("duplicate-space-name");
  new Space(stack, "c", { name: "C", parent: "b" as unknown as ISpace });
  expect(findingsOf(stack).join()).toContain("value-not-allowed");
});
