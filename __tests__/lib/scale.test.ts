/** The cost of synthesis is linear in the number of webhooks. Measured in calls, because times on a busy machine are unreliable. */
import { Testing, type TerraformStack } from "cdktf";
import { BitbucketDatacenterIntegration, Credential } from "../../lib";
import { validationMessageOf, resources, PRODUCT_CASES, SERVER, stackWith, type Synthesized } from "./synthesis";

const CASES = [
  ...PRODUCT_CASES.map(({ product, webhookType, createIntegration }) => ({ title: product, webhookType, createIntegration })),
  {
    title: "datacenter with published backing",
    webhookType: "bitbucketserver_repository_webhook",
    createIntegration: (stack: TerraformStack, id: string) => {
      const accessToken = Credential.fromVariable(stack, "token");
      return new BitbucketDatacenterIntegration(stack, id, { ...SERVER, name: "Payments", backing: "published", accessToken });
    },
  },
];

describe.each(CASES)("on $title", ({ webhookType, createIntegration }) => {
  const build = (webhooks: number) =>
    stackWith((stack) => {
      const integration = createIntegration(stack, "payments");
      for (let index = 0; index < webhooks; index++) integration.addRepository(`acme/repository-${index}`);
    });

  it("captures no stack trace per webhook, because stack traces dominate the time of synthesis", () => {
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

  it("accepts a thousand webhooks and gives each its own address", () => {
    const stack = build(1000);
    expect(resources(JSON.parse(Testing.synth(stack)) as Synthesized, webhookType)).toHaveLength(1000);
    expect(validationMessageOf(stack)).toBeUndefined();
  });
});
