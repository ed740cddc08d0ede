/** Secrets with published backing: a line at synthesis says that they are in the state, and an app gets fingerprints only. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import {
  BACKING_CONTEXT,
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  Credential,
  Space,
  SpaceliftStack,
} from "../../lib";
import { CREDENTIAL, SERVER, synthesizedStack } from "./synthesis";

let folder: string;
let printed: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "published-"));
  printed = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function synth(...builds: readonly ((stack: TerraformStack) => unknown)[]): void {
  const app = new App({ outdir: join(folder, "out"), context: { [BACKING_CONTEXT]: "published" } });
  builds.forEach((build, index) => build(new TerraformStack(app, `stack-${index}`)));
  app.synth();
}

function ledger(stack: TerraformStack): BitbucketDatacenterIntegration {
  const accessToken = Credential.fromVariable(stack, "ledger_token");
  return new BitbucketDatacenterIntegration(stack, "ledger", { ...SERVER, name: "Ledger", accessToken });
}

const company = (stack: TerraformStack) => BitbucketCloudIntegration.fromIntegrationId(stack, "company", "company");
const NOTICE = /Warning: The published providers store secrets in the state[^]*encrypted backend[^]*\(secrets-stored-in-state\)/;

describe("synthesis says that secrets are in the state", () => {
  it.each<[string, (stack: TerraformStack) => unknown]>([
    ["an integration", ledger],
    ["an integration that is managed elsewhere", company],
    ["a webhook", (stack) => company(stack).addRepository("acme/billing")],
  ])("of an app with %s", (_title, build) => {
    synth(build);
    expect(printed).toMatch(NOTICE);
  });

  it("once for all stacks of an app", () => {
    synth(ledger, company, ledger);
    expect(printed.match(/secrets-stored-in-state\)/g)).toHaveLength(1);
  });

  it("not of an app with Spaces alone, or with Bitlift's own provider", () => {
    synth(
      (stack) => new Space(stack, "payments", { name: "Payments" }),
      (stack) => {
        new BitliftProvider(stack, "bitlift", { pluginPath: __filename });
        const integration = new BitbucketCloudIntegration(stack, "a", { name: "A", backing: "bitlift", credential: CREDENTIAL });
        integration.addRepository("acme/billing");
        new SpaceliftStack(stack, "s", { name: "S", integration, repository: "acme/billing", branch: "main" });
      },
    );
    expect(printed).not.toContain("secrets-stored-in-state");
  });
});

it.each<[string, (stack: TerraformStack) => BitbucketCloudIntegration | BitbucketDatacenterIntegration]>([
  ["managed here", ledger],
  ["managed elsewhere", company as (stack: TerraformStack) => BitbucketCloudIntegration],
])("the fingerprint of an integration that is %s has the form that Bitlift's own provider stores", (_title, create) => {
  const stack = new TerraformStack(new App({ outdir: join(folder, "out"), context: { [BACKING_CONTEXT]: "published" } }), "bitbucket");
  new TerraformOutput(stack, "fingerprint", { value: create(stack).webhookSecretFingerprint, sensitive: true });
  const { output } = synthesizedStack(stack) as unknown as { readonly output: { readonly fingerprint: { readonly value: string } } };
  expect(output.fingerprint.value).toMatch(/^\$\{join\("", \["sha256:", substr\(sha256\([\w.]+\.webhook_secret\), 0, 16\)\]\)\}$/);
});
