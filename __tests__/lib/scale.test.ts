/** Synthesis grows with the number of webhooks and not faster. Counted in calls, because times on a busy machine say little. */
import { Testing } from "cdktf";
import { BitbucketCloudIntegration } from "../../lib";
import { complaintOf, CREDENTIAL, resources, stackWith, type Synthesised } from "./synthesis";

const TYPE = "bitlift_bitbucket_cloud_webhook";

function build(webhooks: number) {
  return stackWith((stack) => {
    const integration = new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL });
    for (let index = 0; index < webhooks; index++) integration.addRepository(`acme/repository-${String(index)}`);
  });
}

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
  expect(resources(JSON.parse(Testing.synth(stack)) as Synthesised, TYPE)).toHaveLength(1000);
  expect(complaintOf(stack)).toBeUndefined();
});
