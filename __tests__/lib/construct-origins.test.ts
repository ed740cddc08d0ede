/** The frames that the synthesis records for the review, and that it records nothing unless the variable is set. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { BitbucketCloudIntegration, BitliftProvider, Space, bindings } from "../../lib";
import { CREDENTIAL } from "./synthesis";

const VARIABLE = "BITLIFT_CONSTRUCT_ORIGINS";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "origins-"));
  writeFileSync(join(folder, "plugin"), "#!/usr/bin/env node\n");
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What a program would do; each object is made in a function of its own, whose name is then in the frame. */
const MADE = {
  space: (stack: TerraformStack) => new Space(stack, "platform", { name: "Platform" }),
  integration: (stack: TerraformStack) => new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL }),
  webhook: (integration: BitbucketCloudIntegration) => integration.addRepository("acme/billing"),
  webhooks: (integration: BitbucketCloudIntegration) => integration.addRepositories(["acme/one", "acme/two"]),
  set: (integration: BitbucketCloudIntegration) => integration.addRepositoriesOf("labs"),
  binding: (stack: TerraformStack) => new bindings.space.Space(stack, "raw", { name: "Raw" }),
};

function synthesize(value: string | undefined): { readonly configuration: string; readonly origins: string } {
  const { [VARIABLE]: _, ...inherited } = process.env;
  jest.replaceProperty(process, "env", { ...inherited, ...(value === undefined ? {} : { [VARIABLE]: value }) });
  const app = new App({ outdir: join(folder, "out") });
  const stack = new TerraformStack(app, "main");
  new BitliftProvider(stack, "bitlift", { pluginPath: join(folder, "plugin") });
  MADE.space(stack);
  const integration = MADE.integration(stack);
  MADE.webhook(integration);
  MADE.webhooks(integration);
  MADE.set(integration);
  MADE.binding(stack);
  app.synth();
  const inStack = (name: string) => join(folder, "out/stacks/main", name);
  return { configuration: readFileSync(inStack("cdk.tf.json"), "utf8"), origins: inStack("bitlift-origins.json") };
}

it("the first file in the frames of each resource is the program, also for webhooks that an integration makes", () => {
  const { origins } = synthesize("1");
  const recorded = JSON.parse(readFileSync(origins, "utf8")) as Readonly<Record<string, readonly string[]>>;
  const first = (path: string) => recorded[path]?.find((frame) => frame.includes(".ts:"));
  const made = (name: keyof typeof MADE) =>
    expect.stringMatching(new RegExp(`^at .*\\b${name}\\b.* \\(.*construct-origins\\.test\\.ts:\\d+:\\d+\\)$`));
  expect(Object.fromEntries(Object.keys(recorded).map((path) => [path, first(path)]))).toEqual({
    "main/platform/Resource": made("space"),
    "main/payments/Resource": made("integration"),
    "main/payments/acme--billing/Resource": made("webhook"),
    "main/payments/acme--one/Resource": made("webhooks"),
    "main/payments/acme--two/Resource": made("webhooks"),
    "main/payments/labs/Resource": made("set"),
    "main/raw": made("binding"),
  });
  expect(Object.values(recorded).flat().join("\n")).not.toMatch(/node_modules|node:|lib\/bindings/);
});

it("records nothing without the variable, and never changes the configuration", () => {
  const capture = jest.spyOn(Error, "captureStackTrace");
  const { configuration, origins } = synthesize(undefined);
  expect(existsSync(origins)).toBe(false);
  const callers = capture.mock.calls.map(([, caller]) => (caller as { name?: string } | undefined)?.name);
  expect(callers).not.toContain("recordOrigin");
  expect(synthesize("1").configuration).toBe(configuration);
});

it("leaves the length of the program's own stack traces alone", () => {
  const limit = Error.stackTraceLimit;
  synthesize("1");
  expect(Error.stackTraceLimit).toBe(limit);
});
