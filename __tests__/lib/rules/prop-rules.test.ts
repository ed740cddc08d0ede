/** The rules between props: each with an app that breaks it, and all of them together. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Lazy, TerraformStack, Token } from "cdktf";
import {
  BitbucketCloudIntegration,
  BitliftProvider,
  CloudRepository,
  Credential,
  RepositoryWebhook,
  Space,
  type BitbucketCloudIntegrationProps,
  type BitliftProviderProps,
  type ISpace,
} from "../../../lib";
import { PROP_RULES } from "../../../lib/rules/prop-rules";
import { CREDENTIAL, complaintOf, stackWith } from "../synthesis";

const SECRET = "ATATT3xFfGF0-not-a-real-token";
const unknownText = () => Lazy.stringValue({ produce: () => "known later" });
const integration = (stack: TerraformStack, id: string, props: Partial<BitbucketCloudIntegrationProps> = {}) =>
  new BitbucketCloudIntegration(stack, id, { name: id, credential: CREDENTIAL, ...props });
/** What a program without types can pass. */
const untyped = (value: unknown): never => value as never;

type Build = (stack: TerraformStack) => void;

const BROKEN: readonly [code: string, what: string, build: Build, message: RegExp][] = [
  [
    "secret-literal",
    "a token as text",
    (stack) => integration(stack, "a", { credential: untyped({ email: "a@b.c", apiToken: SECRET }) }),
    /bitbucket\/a: [\s\S]*credential\.apiToken is a plain string/,
  ],
  [
    "secret-literal",
    "a reference of Terraform's as token",
    (stack) => integration(stack, "a", { credential: untyped({ email: "a@b.c", apiToken: unknownText() }) }),
    /credential\.apiToken is a token of Terraform/,
  ],
  [
    "secret-literal",
    "the token where the name of its variable belongs",
    (stack) => integration(stack, "a", { credential: { email: "a@b.c", apiToken: Credential.fromEnvironment(SECRET) } }),
    /not taken for the name of a variable\. It may be the secret itself/,
  ],
  [
    "secret-literal",
    "a key's secret in the provider block",
    (stack) => provider(stack, { spacelift: { endpoint: "https://acme.app.spacelift.io", apiKeyId: "01", apiKeySecret: untyped(SECRET) } }),
    /spacelift\.apiKeySecret is a plain string/,
  ],
  [
    "secret-literal",
    "an access token in the provider block",
    (stack) => provider(stack, { bitbucketCloud: { accessToken: untyped(SECRET) } }),
    /bitbucketCloud\.accessToken is a plain string/,
  ],
  [
    "value-missing",
    "the value of a variable that is not set, where its name belongs",
    (stack) => integration(stack, "a", { credential: { email: "a@b.c", apiToken: Credential.fromEnvironment(untyped(undefined)) } }),
    /bitbucket\/a: [\s\S]*credential\.apiToken is Credential\.fromEnvironment[\s\S]*not process\.env/,
  ],
  [
    "value-missing",
    "an empty name of a variable in the provider block",
    (stack) => provider(stack, { bitbucketCloud: { accessToken: Credential.fromEnvironment("") } }),
    /bitbucketCloud\.accessToken is Credential\.fromEnvironment[\s\S]*without the name of a variable/,
  ],
  [
    "credential-form",
    "a credential that is left out",
    (stack) => integration(stack, "a", { credential: untyped(undefined) }),
    /No credential is given/,
  ],
  ["credential-form", "no credential", (stack) => integration(stack, "a", { credential: untyped({}) }), /No credential is given/],
  [
    "credential-form",
    "two credentials",
    (stack) =>
      integration(stack, "a", { credential: untyped({ ...CREDENTIAL, username: "bot", appPassword: Credential.fromEnvironment("APP") }) }),
    /The credential has email, apiToken, username, appPassword/,
  ],
  [
    "credential-form",
    "half a credential",
    (stack) => integration(stack, "a", { credential: untyped({ email: "a@b.c" }) }),
    /The credential has email\./,
  ],
  [
    "token-not-allowed",
    "an unknown isDefault",
    (stack) => integration(stack, "a", { isDefault: untyped(Token.asAny({})) }),
    /isDefault is known only after apply/,
  ],
  [
    "token-not-allowed",
    "an unknown inheritEntities",
    (stack) => new Space(stack, "a", { name: "a", inheritEntities: untyped(Token.asAny({})) }),
    /inheritEntities is known only after apply/,
  ],
  [
    "value-missing",
    "an integration without a name",
    (stack) => integration(stack, "a", { name: " " }),
    /bitbucket\/a: [\s\S]*name is empty/,
  ],
  ["value-missing", "a Space without a name", (stack) => new Space(stack, "a", { name: "" }), /name is empty/],
  [
    "value-not-allowed",
    "an unknown vcsChecks",
    (stack) => integration(stack, "a", { vcsChecks: untyped("SOME") }),
    /vcsChecks is "SOME"[\s\S]*INDIVIDUAL, AGGREGATED, ALL/,
  ],
  [
    "value-not-allowed",
    "an unknown replacementOrder",
    (stack) => integration(stack, "a", { replacementOrder: untyped("first") }),
    /replacementOrder is "first"/,
  ],
  [
    "default-outside-root",
    "a default integration in a declared Space",
    (stack) => integration(stack, "a", { isDefault: true, space: new Space(stack, "s", { name: "s" }) }),
    /space is a Space of this app/,
  ],
  [
    "default-outside-root",
    "a default integration in an imported Space",
    (stack) => integration(stack, "a", { isDefault: true, space: Space.fromSpaceId("payments-01") }),
    /space is "payments-01"/,
  ],
  [
    "duplicate-default",
    "two default integrations",
    (stack) => ["a", "b"].forEach((id) => integration(stack, id, { isDefault: true })),
    /bitbucket\/b: [\s\S]*bitbucket\/a is the default integration/,
  ],
  [
    "duplicate-integration-name",
    "two names that differ in case and spaces",
    (stack) => {
      integration(stack, "a", { name: "Bitbucket for Payments" });
      integration(stack, "b", { name: "bitbucket  for payments" });
    },
    /bitbucket\/b: [\s\S]*are one name to Spacelift/,
  ],
  [
    "duplicate-repository",
    "a repository added twice",
    (stack) => integration(stack, "a").addRepositories(["acme/infrastructure", "acme/Infrastructure"]),
    /bitbucket\/a: [\s\S]*acme\/Infrastructure was added to this integration before/,
  ],
  [
    "duplicate-repository",
    "a repository added, and given a webhook beside",
    (stack) => {
      const one = integration(stack, "a");
      one.addRepository("acme/infrastructure");
      new RepositoryWebhook(stack, "again", { integration: one, repository: CloudRepository.parse("acme/infrastructure") });
    },
    /bitbucket\/again: [\s\S]*bitbucket\/a\/acme--infrastructure puts a webhook for bitbucket\/a into acme\/infrastructure already/,
  ],
  [
    "duplicate-space-name",
    "two Spaces of one name under root",
    (stack) => ["a", "b"].forEach((id) => new Space(stack, id, { name: "Payments" })),
    /bitbucket\/b: [\s\S]*bitbucket\/a has the name "Payments" under the same parent/,
  ],
  [
    "space-cycle",
    "a Space below itself",
    (stack) => {
      const upper = { spaceId: "upper", parentSpace: undefined as ISpace | undefined, inheritsEntities: true };
      upper.parentSpace = new Space(stack, "lower", { name: "lower", parent: upper, inheritEntities: true });
    },
    /bitbucket\/lower: [\s\S]*lies below itself/,
  ],
  [
    "integration-not-available",
    "a stack in a Space that may not use the integration",
    (stack) => {
      const one = integration(stack, "a", { space: new Space(stack, "s", { name: "s" }) });
      one.addRepository("acme/infrastructure");
      one.stackSource({ repository: "acme/infrastructure", space: new Space(stack, "other", { name: "other" }) });
    },
    /reads acme\/infrastructure may not use this integration/,
  ],
  [
    "source-without-webhook",
    "a stack on a repository without a webhook",
    (stack) => integration(stack, "a").stackSource({ repository: "acme/infrastructure" }),
    /no webhook tells Spacelift[\s\S]*addRepository\("acme\/infrastructure"\)/,
  ],
];

function provider(stack: TerraformStack, props: BitliftProviderProps): void {
  new BitliftProvider(stack, "second", { alias: "second", ...props });
}

/** The provider of a second account: it logs in elsewhere. */
function otherAccount(stack: TerraformStack): BitliftProvider {
  const spacelift = {
    endpoint: "https://other.app.spacelift.io",
    apiKeyId: "01",
    apiKeySecret: Credential.fromEnvironment("OTHER_SECRET"),
  };
  return new BitliftProvider(stack, "other", { alias: "other", spacelift });
}

it.each(BROKEN)("%s: refuses %s", (code, _, build, message) => {
  const complaint = complaintOf(stackWith(build));
  expect(complaint).toMatch(message);
  expect(complaint).toContain(`(${code})`);
  expect(complaint?.match(/\([a-z-]+\)$/gm)).toHaveLength(1);
  expect(complaint).not.toContain(SECRET);
});

it("has a broken app for every rule", () => {
  expect([...new Set(BROKEN.map(([code]) => code))].sort()).toEqual([...new Set(PROP_RULES.map(({ code }) => code))].sort());
});

const SOUND: readonly [what: string, build: Build][] = [
  [
    "one default integration for each account",
    (stack) => {
      integration(stack, "a", { isDefault: true });
      integration(stack, "b", { isDefault: true, provider: otherAccount(stack) });
    },
  ],
  [
    "one name in two accounts",
    (stack) => {
      integration(stack, "a", { name: "Payments" });
      integration(stack, "b", { name: "Payments", provider: otherAccount(stack) });
    },
  ],
  [
    "one repository that feeds two integrations",
    (stack) => ["a", "b"].forEach((id) => integration(stack, id).addRepository("acme/infrastructure")),
  ],
  [
    "Spaces of one name under two parents, and in two accounts",
    (stack) => {
      const parent = new Space(stack, "a", { name: "Payments" });
      new Space(stack, "b", { name: "Payments", parent });
      new Space(stack, "c", { name: "Payments", provider: otherAccount(stack) });
    },
  ],
  ["Spaces whose names are known later", (stack) => ["a", "b"].forEach((id) => new Space(stack, id, { name: unknownText() }))],
  ["names that are known later", (stack) => ["a", "b"].forEach((id) => integration(stack, id, { name: unknownText() }))],
  ["a default integration in root, by name", (stack) => integration(stack, "a", { isDefault: true, space: Space.fromSpaceId("root") })],
  [
    "a stack in an imported Space",
    (stack) => {
      const one = integration(stack, "a", { space: new Space(stack, "s", { name: "s" }) });
      one.addRepository("acme/infrastructure");
      one.stackSource({ repository: "acme/infrastructure", space: Space.fromSpaceId("imported-01") });
    },
  ],
  [
    "a source that is declared before its webhook",
    (stack) => {
      const one = integration(stack, "a");
      one.stackSource({ repository: "acme/infrastructure" });
      one.addRepository("acme/infrastructure");
    },
  ],
  [
    "secrets from variables in the provider block",
    (stack) =>
      provider(stack, {
        spacelift: {
          endpoint: "https://acme.app.spacelift.io",
          apiKeyId: "01",
          apiKeySecret: Credential.fromVariable(stack, "key_secret"),
        },
        bitbucketCloud: { accessToken: Credential.fromVariable(stack, "access_token") },
      }),
  ],
];

it.each(SOUND)("accepts %s", (_, build) => {
  expect(complaintOf(stackWith(build))).toBeUndefined();
});

describe("over a whole app", () => {
  let outdir: string;
  beforeEach(() => (outdir = mkdtempSync(join(tmpdir(), "rules-"))));
  afterEach(() => rmSync(outdir, { recursive: true }));

  it("reports everything at once, from all stacks, and writes no file", () => {
    const app = new App({ outdir });
    const plain = new TerraformStack(app, "plain");
    for (const id of ["one", "two"]) {
      const stack = new TerraformStack(app, id);
      new BitliftProvider(stack, "bitlift", { pluginPath: join(outdir, "plugin") });
      integration(stack, "a", { vcsChecks: untyped("SOME") });
    }
    new TerraformStack(app, "last");
    writeFileSync(join(outdir, "plugin"), "");
    expect(() => app.synth()).toThrow(/one\/a: [\s\S]*vcsChecks[\s\S]*two\/a: [\s\S]*vcsChecks/);
    expect(existsSync(join(outdir, "stacks"))).toBe(true);
    expect(readdirSync(join(outdir, "stacks"), { recursive: true }).filter((name) => String(name).endsWith(".json"))).toEqual([]);
    expect(plain.node.path).toBe("plain");
  });

  it("names the construct, the cause and the next step", () => {
    expect(complaintOf(stackWith((stack) => ["a", "b"].forEach((id) => integration(stack, id, { isDefault: true }))))).toContain(
      [
        "bitbucket/b: Error: A default integration already exists",
        "  bitbucket/a is the default integration of this account for Bitbucket Cloud already. Spacelift allows one.",
        "  Make one of the two a Space-level integration with isDefault: false, or give it the provider of another account.",
        "  (duplicate-default)",
      ].join("\n"),
    );
  });
});

it("writes no literal even where validation is skipped", () => {
  const stack = stackWith((scope) => {
    integration(scope, "a", { credential: untyped({ email: "a@b.c", apiToken: SECRET }) });
    integration(scope, "b", { credential: { email: "a@b.c", apiToken: Credential.fromEnvironment(SECRET) } });
    integration(scope, "c", { credential: untyped({ username: "bot", appPassword: SECRET }) });
    provider(scope, {
      spacelift: { endpoint: "https://acme.app.spacelift.io", apiKeyId: "01", apiKeySecret: untyped(SECRET) },
      bitbucketCloud: { accessToken: untyped(SECRET) },
    });
  });
  expect(JSON.stringify(stack.toTerraform())).not.toContain(SECRET);
});
