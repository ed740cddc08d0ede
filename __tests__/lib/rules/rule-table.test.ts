/** The rules: an app that violates each of them, and an app with several stacks. */
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
import { RULES } from "../../../lib/rules/rule-table";
import { CREDENTIAL, validationMessageOf, stackWith } from "../synthesis";

const SECRET = "ATATT3xFfGF0-not-a-real-token";
const unknownText = () => Lazy.stringValue({ produce: () => "known later" });
const integration = (stack: TerraformStack, id: string, props: Partial<BitbucketCloudIntegrationProps> = {}) =>
  new BitbucketCloudIntegration(stack, id, { name: id, credential: CREDENTIAL, ...props });
/** A value that an untyped program can pass. */
const untyped = (value: unknown): never => value as never;

type Build = (stack: TerraformStack) => void;

const INVALID_APPS: readonly [code: string, title: string, build: Build, message: RegExp][] = [
  [
    "spacelift-credentials-conflict",
    "a token and half of a key for Spacelift",
    (stack) =>
      provider(stack, {
        spacelift: untyped({ endpoint: "https://s.example", apiToken: Credential.fromEnvironment("T") }),
      }),
    /spacelift mixes props of different logins: endpoint \| apiToken/,
  ],
  [
    "bitbucket-credentials-conflict",
    "two logins to Bitbucket Cloud",
    (stack) =>
      provider(stack, {
        bitbucketCloud: untyped({
          accessToken: Credential.fromEnvironment("T"),
          email: "a@b.c",
          apiToken: Credential.fromEnvironment("U"),
        }),
      }),
    /bitbucketCloud mixes props of different logins: accessToken \| email, apiToken[\s\S]*Keep the props of only one login: accessToken; email with apiToken/,
  ],
  [
    "backing-unsupported",
    "an integration that the published providers cannot create",
    (stack) => integration(stack, "a", { backing: "published" }),
    /cannot create an integration for Bitbucket Cloud/,
  ],
  [
    "secret-literal",
    "a token as text",
    (stack) => integration(stack, "a", { credential: untyped({ email: "a@b.c", apiToken: SECRET }) }),
    /bitbucket\/a: [\s\S]*credential\.apiToken is a plain string/,
  ],
  [
    "secret-literal",
    "a Terraform reference as the token",
    (stack) => integration(stack, "a", { credential: untyped({ email: "a@b.c", apiToken: unknownText() }) }),
    /credential\.apiToken is a Terraform token/,
  ],
  [
    "secret-literal",
    "the token instead of the name of its variable",
    (stack) => integration(stack, "a", { credential: { email: "a@b.c", apiToken: Credential.fromEnvironment(SECRET) } }),
    /does not look like the name of a variable\. It may be the secret itself/,
  ],
  [
    "secret-literal",
    "the secret of an API key in the provider block",
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
    "the value of an unset variable instead of its name",
    (stack) => integration(stack, "a", { credential: { email: "a@b.c", apiToken: Credential.fromEnvironment(untyped(undefined)) } }),
    /bitbucket\/a: [\s\S]*credential\.apiToken is Credential\.fromEnvironment[\s\S]*process\.env\.PLATFORM_TOKEN is the value, not the name/,
  ],
  [
    "value-missing",
    "an empty variable name in the provider block",
    (stack) => provider(stack, { bitbucketCloud: { accessToken: Credential.fromEnvironment("") } }),
    /bitbucketCloud\.accessToken is Credential\.fromEnvironment[\s\S]*without the name of a variable/,
  ],
  [
    "credential-form",
    "an omitted credential",
    (stack) => integration(stack, "a", { credential: untyped(undefined) }),
    /The credential is missing/,
  ],
  ["credential-form", "an empty credential", (stack) => integration(stack, "a", { credential: untyped({}) }), /The credential is missing/],
  [
    "credential-form",
    "two credentials",
    (stack) =>
      integration(stack, "a", { credential: untyped({ ...CREDENTIAL, username: "bot", appPassword: Credential.fromEnvironment("APP") }) }),
    /The credential consists of email, apiToken, username, appPassword/,
  ],
  [
    "credential-form",
    "an incomplete credential",
    (stack) => integration(stack, "a", { credential: untyped({ email: "a@b.c" }) }),
    /The credential consists of email\./,
  ],
  [
    "token-not-allowed",
    "isDefault as a token",
    (stack) => integration(stack, "a", { isDefault: untyped(Token.asAny({})) }),
    /isDefault is known only after apply/,
  ],
  [
    "token-not-allowed",
    "inheritEntities as a token",
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
    "an unsupported vcsChecks",
    (stack) => integration(stack, "a", { vcsChecks: untyped("SOME") }),
    /vcsChecks is "SOME"[\s\S]*INDIVIDUAL, AGGREGATED, ALL/,
  ],
  [
    "value-not-allowed",
    "an unsupported replacementOrder",
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
    "a default integration in a Space that is managed elsewhere",
    (stack) => integration(stack, "a", { isDefault: true, space: Space.fromSpaceId("payments-01") }),
    /space is "payments-01"/,
  ],
  [
    "duplicate-default",
    "two default integrations",
    (stack) => ["a", "b"].forEach((id) => integration(stack, id, { isDefault: true })),
    /bitbucket\/b: [\s\S]*bitbucket\/a is already the default integration/,
  ],
  [
    "duplicate-integration-name",
    "two names that differ in case and spaces",
    (stack) => {
      integration(stack, "a", { name: "Bitbucket for Payments" });
      integration(stack, "b", { name: "bitbucket  for payments" });
    },
    /bitbucket\/b: [\s\S]*result in the same ID/,
  ],
  [
    "duplicate-repository",
    "a repository added twice",
    (stack) => integration(stack, "a").addRepositories(["acme/infrastructure", "acme/Infrastructure"]),
    /bitbucket\/a: [\s\S]*"acme\/Infrastructure" was already added to bitbucket\/a \(bitbucket\/a\/acme--infrastructure\)/,
  ],
  [
    "duplicate-repository",
    "a repository that is added and has a separate webhook",
    (stack) => {
      const payments = integration(stack, "a");
      payments.addRepository("acme/infrastructure");
      new RepositoryWebhook(stack, "again", { integration: payments, repository: CloudRepository.parse("acme/infrastructure") });
    },
    /bitbucket\/again: [\s\S]*"acme\/infrastructure" was already added to bitbucket\/a \(bitbucket\/a\/acme--infrastructure\)/,
  ],
  [
    "duplicate-space-name",
    "two Spaces of the same name under root",
    (stack) => ["a", "b"].forEach((id) => new Space(stack, id, { name: "Payments" })),
    /bitbucket\/b: [\s\S]*bitbucket\/a has the same name "Payments" and the same parent/,
  ],
  [
    "space-cycle",
    "a Space that is its own ancestor",
    (stack) => {
      const upper = { spaceId: "upper", parentSpace: undefined as ISpace | undefined, inheritsEntities: true };
      upper.parentSpace = new Space(stack, "lower", { name: "lower", parent: upper, inheritEntities: true });
    },
    /bitbucket\/lower: [\s\S]*is its own ancestor: bitbucket\/lower > "upper" > bitbucket\/lower\./,
  ],
  [
    "integration-not-available",
    "a stack in a Space in which the integration is not available",
    (stack) => {
      const payments = integration(stack, "a", { space: new Space(stack, "s", { name: "s" }) });
      payments.addRepository("acme/infrastructure");
      payments.stackSource({ repository: "acme/infrastructure", space: new Space(stack, "other", { name: "other" }) });
    },
    /in the Space bitbucket\/other reads acme\/infrastructure, but the integration is in the Space bitbucket\/s, [\s\S]*Set space of the integration to bitbucket\/other\./,
  ],
  [
    "source-without-webhook",
    "a stack that reads a repository without a webhook",
    (stack) => integration(stack, "a").stackSource({ repository: "acme/infrastructure" }),
    /no webhook notifies Spacelift[\s\S]*addRepository\("acme\/infrastructure"\)/,
  ],
  [
    "source-without-webhook",
    "the same through an integration that is managed elsewhere",
    (stack) => BitbucketCloudIntegration.fromDefault(stack, "a").stackSource({ repository: "acme/infrastructure" }),
    /bitbucket\/a: [\s\S]*no webhook notifies Spacelift/,
  ],
  [
    "duplicate-repository",
    "a repository that is added twice to an integration that is managed elsewhere",
    (stack) => BitbucketCloudIntegration.fromDefault(stack, "a").addRepositories(["acme/infrastructure", "acme/infrastructure"]),
    /bitbucket\/a: [\s\S]*"acme\/infrastructure" was already added to bitbucket\/a/,
  ],
];

function provider(stack: TerraformStack, props: BitliftProviderProps): void {
  new BitliftProvider(stack, "second", { alias: "second", ...props });
}

/** A provider that logs in to another Spacelift account. */
function otherAccount(stack: TerraformStack): BitliftProvider {
  const spacelift = {
    endpoint: "https://other.app.spacelift.io",
    apiKeyId: "01",
    apiKeySecret: Credential.fromEnvironment("OTHER_SECRET"),
  };
  return new BitliftProvider(stack, "other", { alias: "other", spacelift });
}

it.each(INVALID_APPS)("%s: rejects %s", (code, _title, build, pattern) => {
  const message = validationMessageOf(stackWith(build));
  expect(message).toMatch(pattern);
  expect(message).toContain(`(${code})`);
  expect(message?.match(/\([a-z-]+\)$/gm)).toHaveLength(1);
  expect(message).not.toContain(SECRET);
});

it("has an invalid app for every code of the rules", () => {
  const codes = new Set(INVALID_APPS.map(([code]) => code));
  expect(RULES.filter(({ code }) => !codes.has(code))).toEqual([]);
});

const VALID_APPS: readonly [title: string, build: Build][] = [
  [
    "one default integration per account",
    (stack) => {
      integration(stack, "a", { isDefault: true });
      integration(stack, "b", { isDefault: true, provider: otherAccount(stack) });
    },
  ],
  [
    "the same name in two accounts",
    (stack) => {
      integration(stack, "a", { name: "Payments" });
      integration(stack, "b", { name: "Payments", provider: otherAccount(stack) });
    },
  ],
  [
    "a repository that delivers to two integrations",
    (stack) => ["a", "b"].forEach((id) => integration(stack, id).addRepository("acme/infrastructure")),
  ],
  [
    "Spaces of the same name under two parents and in two accounts",
    (stack) => {
      const parent = new Space(stack, "a", { name: "Payments" });
      new Space(stack, "b", { name: "Payments", parent });
      new Space(stack, "c", { name: "Payments", provider: otherAccount(stack) });
    },
  ],
  ["Spaces whose names are unknown at synthesis", (stack) => ["a", "b"].forEach((id) => new Space(stack, id, { name: unknownText() }))],
  ["names that are unknown at synthesis", (stack) => ["a", "b"].forEach((id) => integration(stack, id, { name: unknownText() }))],
  [
    "a default integration in root, given by its ID",
    (stack) => integration(stack, "a", { isDefault: true, space: Space.fromSpaceId("root") }),
  ],
  [
    "a stack in a Space that is managed elsewhere",
    (stack) => {
      const payments = integration(stack, "a", { space: new Space(stack, "s", { name: "s" }) });
      payments.addRepository("acme/infrastructure");
      payments.stackSource({ repository: "acme/infrastructure", space: Space.fromSpaceId("imported-01") });
    },
  ],
  [
    "a stack source that is declared before its webhook",
    (stack) => {
      const payments = integration(stack, "a");
      payments.stackSource({ repository: "acme/infrastructure" });
      payments.addRepository("acme/infrastructure");
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

it.each(VALID_APPS)("accepts %s", (_title, build) => {
  expect(validationMessageOf(stackWith(build))).toBeUndefined();
});

describe("validation of an app", () => {
  let outdir: string;
  beforeEach(() => (outdir = mkdtempSync(join(tmpdir(), "rules-"))));
  afterEach(() => rmSync(outdir, { recursive: true }));

  it("reports the findings of all stacks at once and writes no file", () => {
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

  it("reports the construct, the cause and the fix", () => {
    expect(validationMessageOf(stackWith((stack) => ["a", "b"].forEach((id) => integration(stack, id, { isDefault: true }))))).toContain(
      [
        "bitbucket/b: Error: A default integration already exists",
        "  bitbucket/a is already the default integration of this account for Bitbucket Cloud. Spacelift allows one.",
        "  Set isDefault to false on one of the two, or pass the provider of another account.",
        "  (duplicate-default)",
      ].join("\n"),
    );
  });
});

it("writes no literal secret even if validation is skipped", () => {
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
