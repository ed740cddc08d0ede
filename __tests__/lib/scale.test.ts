/** Synthesis grows with the number of webhooks and not faster. Counted in calls, because times on a busy machine say little. */
import { Testing } from "cdktf";
import { complaintOf, resources, SIDES, stackWith, type Synthesised } from "./synthesis";

describe.each(SIDES)("on $product", ({ webhookType, declare }) => {
  const build = (webhooks: number) =>
    stackWith((stack) => {
      const integration = declare(stack, "payments");
      for (let index = 0; index < webhooks; index++) integration.addRepository(`acme/repository-${String(index)}`);
    });

  it("captures no stack trace for a webhook: that is what dominates synthesis elsewhere", () => {
    const capture = jest.spyOn(Error, "captureStackTrace");
    const traces = (webhooks: number) => {
      capture.mockClear();
      build(webhooks).toTerraform();
      return capture.mock.calls.length;
    };
    try {
      expect(traces(3)).toBeGreaterThan(0);
      expect(traces(300)).toBe(traces(3));
    } finally {
      capture.mockRestore();
    }
  });

  it("has a thousand webhooks at addresses of their own, and accepts them", () => {
    const stack = build(1000);
    expect(resources(JSON.parse(Testing.synth(stack)) as Synthesised, webhookType)).toHaveLength(1000);
    expect(complaintOf(stack)).toBeUndefined();
  });
});
