/** Published backing across stacks, with aliases, lifecycles and imports, and stacks of Spacelift's own provider with wrong arguments. */
import { TerraformStack, Testing } from "cdktf";
import {
  BACKING_CONTEXT,
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  Credential,
  DatacenterRepository,
  RepositoryWebhook,
  Space,
  SpaceliftModule,
  SpaceliftStack,
  type BitbucketDatacenterIntegrationProps,
} from "../../lib";
import { HOST, TRIGGER_TYPE } from "../../lib/host";
import { SpaceliftProvider } from "../../lib/providers/spacelift/provider";
import { SERVER, onlyResource, synthesizedStack, validationMessageOf } from "./synthesis";
import { thrownBy } from "./thrown";

const published = () => new TerraformStack(Testing.app({ context: { [BACKING_CONTEXT]: "published" } }), "bitbucket");

function ledger(stack: TerraformStack, props: Partial<BitbucketDatacenterIntegrationProps> = {}): BitbucketDatacenterIntegration {
  const accessToken = Credential.fromVariable(stack, "ledger_token");
  return new BitbucketDatacenterIntegration(stack, "ledger", { ...SERVER, name: "Ledger", accessToken, ...props });
}

const SOURCE = { repository: "PAY/ledger", branch: "main" };

it("a webhook in another stack has no trigger, because the engine finds none there", () => {
  const app = Testing.app({ context: { [BACKING_CONTEXT]: "published" } });
  const [stack, other] = [new TerraformStack(app, "bitbucket"), new TerraformStack(app, "other")];
  new RepositoryWebhook(other, "webhook", { integration: ledger(stack), repository: DatacenterRepository.parse("PAY/ledger") });
  stack.prepareStack();
  other.prepareStack();
  const webhook = onlyResource(synthesizedStack(other), "bitbucketserver_repository_webhook");
  expect(webhook["lifecycle"]).not.toHaveProperty("replace_triggered_by");
});

it("a block with an alias that the app declares itself replaces the one with the login", () => {
  const stack = published();
  new SpaceliftProvider(stack, "spacelift", { alias: "eu", apiKeyId: "own" });
  ledger(stack, { provider: new BitliftProvider(stack, "bitlift", { alias: "eu" }) });
  expect(synthesizedStack(stack).provider["spacelift"]).toEqual([{ alias: "eu", api_key_id: "own" }]);
});

describe("an integration that ignores changes", () => {
  const trigger = HOST === "cdktf" ? "null_resource" : "terraform_data";
  const [name, isDefault] =
    HOST === "cdktf" ? ['triggers["name"]', 'triggers["is_default"]'] : ["triggers_replace.name", "triggers_replace.is_default"];

  it.each([
    ["of its name", ["name"], [name]],
    ["of everything", "all", [name, isDefault]],
    ["of its labels", ["labels"], undefined],
  ] as const)("%s is not replaced by them", (_title, ignoreChanges, expected) => {
    const stack = published();
    ledger(stack, { lifecycle: { ignoreChanges: ignoreChanges === "all" ? "all" : [...ignoreChanges] } });
    const { lifecycle = {} } = onlyResource(synthesizedStack(stack), trigger) as { lifecycle?: { ignore_changes?: unknown } };
    expect(lifecycle.ignore_changes).toEqual(expected);
  });
});

describe("an integration with a former address", () => {
  const type = "spacelift_bitbucket_datacenter_integration";

  it.each([
    ["", ""],
    ["module.old.", '["eu"]'],
  ])("moves together with its trigger, because OpenTofu replaces an integration whose trigger is new: %s…%s", (module, index) => {
    const stack = published();
    const integration = ledger(stack);
    integration.moveFrom(`${module}${type}.books_0123ABCD${index}`);
    const { moved, resource } = synthesizedStack(stack) as ReturnType<typeof synthesizedStack> & { readonly moved: readonly object[] };
    const [name = ""] = Object.keys(resource[type] ?? {});
    expect(Object.keys(resource[TRIGGER_TYPE] ?? {})).toEqual([`${name}_Identity`]);
    expect(moved).toEqual(
      expect.arrayContaining([
        { from: `${module}${type}.books_0123ABCD${index}`, to: `${type}.${name}` },
        { from: `${module}${TRIGGER_TYPE}.books_0123ABCD_Identity${index}`, to: `${TRIGGER_TYPE}.${name}_Identity` },
      ]),
    );
    expect(moved).toHaveLength(2);
  });
});

describe("an imported webhook", () => {
  it("on Bitbucket Data Center is named by its title", () => {
    const stack = published();
    ledger(stack).addRepository("PAY/ledger").importFrom("PAY/ledger/Spacelift of Ledger");
    expect(synthesizedStack(stack).import).toEqual([expect.objectContaining({ id: "PAY/ledger/Spacelift of Ledger" })]);
  });

  it.each([
    ["Data Center", "PAY/ledger", 'the title of the webhook, such as "PAY/billing/Spacelift"'],
    ["Cloud", "acme/ledger", "the ID of the webhook"],
  ])("on Bitbucket %s cannot be found by its repository alone", (product, id, fix) => {
    const stack = published();
    const integration = product === "Cloud" ? BitbucketCloudIntegration.fromDefault(stack, "company") : ledger(stack);
    integration.addRepository(id).importFrom(id);
    expect(validationMessageOf(stack)).toContain(fix);
  });
});

describe("a stack of Spacelift's own provider", () => {
  it("is in the account of its integration", () => {
    const stack = published();
    const integration = ledger(stack, { provider: new BitliftProvider(stack, "bitlift", { alias: "eu" }) });
    integration.addRepository("PAY/ledger");
    new SpaceliftStack(stack, "ledger-stack", { ...SOURCE, integration, name: "Ledger" });
    new SpaceliftModule(stack, "ledger-module", { ...SOURCE, integration, space: Space.ROOT });
    const synthesized = synthesizedStack(stack);
    expect(onlyResource(synthesized, "spacelift_stack")["provider"]).toBe("spacelift.eu");
    expect(onlyResource(synthesized, "spacelift_module")["provider"]).toBe("spacelift.eu");
  });

  it.each([
    ["no props", () => undefined, "The props of a stack or module are undefined."],
    ["a text as props", () => "Ledger", 'The props of a stack or module are the text "Ledger".'],
    [
      "an integration of another app",
      () => ({ ...SOURCE, integration: ledger(published()) }),
      "The integration of a stack or module is bitbucket/ledger of another app",
    ],
    [
      "a Space of another app",
      (stack: TerraformStack) => ({ ...SOURCE, integration: ledger(stack), space: new Space(published(), "team", { name: "Team" }) }),
      "The space of a stack or module is bitbucket/team of another app",
    ],
    ["no integration", () => SOURCE, "The integration of a stack or module is undefined."],
    [
      "a provider of this package",
      (stack: TerraformStack) => ({ ...SOURCE, integration: ledger(stack), provider: new BitliftProvider(stack, "bitlift") }),
      "The provider of a stack or module is",
    ],
  ])("refuses %s", (_title, props, message) => {
    for (const Class of [SpaceliftStack, SpaceliftModule]) {
      const stack = published();
      const thrown = thrownBy(() => new Class(stack, "production", props(stack) as never));
      expect((thrown as Error).message).toContain(message);
      expect((thrown as Error).message).toContain("(value-not-allowed)");
    }
  });
});

describe("HCL output", () => {
  beforeEach(() => {
    process.env["SYNTH_HCL_OUTPUT"] = "true";
  });
  afterEach(() => {
    delete process.env["SYNTH_HCL_OUTPUT"];
  });

  it.each<[string, (stack: TerraformStack) => unknown]>([
    ["with an integration", (stack) => ledger(stack)],
    ["with an integration that is managed elsewhere", (stack) => BitbucketCloudIntegration.fromIntegrationId(stack, "company", "company")],
  ])("%s is refused, because engines read the rules in JSON only", (_title, build) => {
    const stack = published();
    build(stack);
    expect(validationMessageOf(stack)).toMatch(/The synthesis writes HCL[\s\S]*without --hcl[\s\S]*\(backing-unsupported\)/);
  });

  it("of Spaces alone is not refused", () => {
    const stack = published();
    new Space(stack, "payments", { name: "Payments" });
    expect(validationMessageOf(stack)).toBeUndefined();
  });
});
