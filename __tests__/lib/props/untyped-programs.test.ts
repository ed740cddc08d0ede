/** Programs without types: values that only an untyped program can pass, tokens in every form, and what must not vanish from the configuration. */
import { App, Fn, Lazy, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable, Token } from "cdktf";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  CloudRepository,
  Credential,
  DatacenterRepository,
  RepositoryWebhook,
  Space,
  WebhookEvent,
} from "../../../lib";
import type * as Library from "../../../lib";
import { CREDENTIAL, onlyResource, SERVER, stackWith, synthesize, validationMessageOf } from "../synthesis";

/** A value that an untyped program can pass. */
const untyped = (value: unknown): never => value as never;
const cloud = (stack: TerraformStack, id = "cloud") => new BitbucketCloudIntegration(stack, id, { name: id, credential: CREDENTIAL });
const server = (stack: TerraformStack) => new BitbucketDatacenterIntegration(stack, "server", { name: "Server", ...SERVER });
const variable = (stack: TerraformStack, id = "v") => new TerraformVariable(stack, id, { type: "string" });

describe("a token is accepted in every form:", () => {
  it.each<[string, (stack: TerraformStack) => unknown, Record<string, unknown>]>([
    ["a text", (stack) => ({ name: variable(stack).stringValue }), { name: "${var.v}" }],
    ["a value of any type", (stack) => ({ name: variable(stack).value as unknown }), { name: "${var.v}" }],
    ["a number", (stack) => ({ name: variable(stack).numberValue }), { name: "${var.v}" }],
    [
      "a local value",
      (stack) => ({ name: "n", description: new TerraformLocal(stack, "l", "x").expression as unknown }),
      { description: "${local.l}" },
    ],
    ["a list", (stack) => ({ name: "n", labels: variable(stack).listValue }), { labels: "${var.v}" }],
    ["a list of any type", (stack) => ({ name: "n", labels: variable(stack).value as unknown }), { labels: "${var.v}" }],
    ["a result of Fn.concat", () => ({ name: "n", labels: Fn.concat([["a"], ["b"]]) as unknown }), { labels: '${concat(["a"], ["b"])}' }],
    ["a result of Fn.toset", () => ({ name: "n", labels: Fn.toset(["a"]) as unknown }), { labels: '${toset(["a"])}' }],
    ["elements of a list", (stack) => ({ name: "n", labels: ["a", variable(stack).value as unknown] }), { labels: ["a", "${var.v}"] }],
    ["a lazy list", () => ({ name: "n", labels: Lazy.listValue({ produce: () => ["a"] }) }), { labels: ["a"] }],
    ["an explicit null", () => ({ name: "n", description: Token.nullValue() }), { description: null }],
  ])("%s", (_, props, expected) => {
    const configuration = synthesize((stack) => new Space(stack, "space", untyped(props(stack))));
    expect(onlyResource(configuration, "bitlift_space")).toMatchObject(expected);
  });

  it("a part of a repository, a namespace, the ID of a Space, and the address of a login", () => {
    const configuration = synthesize((stack) => {
      const value = untyped(variable(stack).value);
      new Space(stack, "space", { name: "n", parent: Space.fromSpaceId(value) });
      cloud(stack).addRepository(CloudRepository.of(value, "a"), { constructId: "a" });
      cloud(stack, "second").addRepositoriesOf(value, { constructId: "set" });
      new BitliftProvider(stack, "aliased", { alias: "aliased", bitbucketDatacenter: { url: value, username: value } });
    });
    expect(onlyResource(configuration, "bitlift_space")).toMatchObject({ parent_space_id: "${var.v}" });
    expect(onlyResource({ ...configuration, resource: configuration.data }, "bitlift_bitbucket_cloud_repositories")).toMatchObject({
      workspace: "${var.v}",
    });
    expect(configuration.provider["bitlift"]?.[1]).toMatchObject({ bitbucket_datacenter: { url: "${var.v}", username: "${var.v}" } });
  });
});

describe("props may be", () => {
  class Props {
    readonly name = "n";
    get labels() {
      return ["computed"];
    }
  }
  it.each<[string, object]>([
    ["frozen", Object.freeze({ name: "n", labels: Object.freeze(["computed"]) })],
    ["of a class with getters", new Props()],
    ["inherited", Object.create({ name: "n", labels: ["computed"] }) as object],
    ["without a prototype", Object.assign(Object.create(null) as object, { name: "n", labels: ["computed"] })],
  ])("%s", (_, props) => {
    const configuration = synthesize((stack) => new Space(stack, "space", untyped(props)));
    expect(onlyResource(configuration, "bitlift_space")).toMatchObject({ name: "n", labels: ["computed"] });
  });

  it("a credential or login of a class with getters", () => {
    class Login {
      get email() {
        return "spacelift@acme.example";
      }
      get apiToken() {
        return Credential.fromEnvironment("TOKEN");
      }
    }
    const configuration = synthesize((stack) => {
      new BitbucketCloudIntegration(stack, "i", { name: "i", credential: new Login() });
      new BitliftProvider(stack, "aliased", { alias: "aliased", bitbucketCloud: new Login() });
    });
    const expected = { email: "spacelift@acme.example", api_token_env: "TOKEN" };
    expect(onlyResource(configuration, "bitlift_bitbucket_cloud_integration")).toMatchObject(expected);
    expect(configuration.provider["bitlift"]?.[1]).toMatchObject({ bitbucket_cloud: expected });
  });
});

/** What an untyped program passes, and the finding. */
const FINDINGS: readonly (readonly [usage: string, build: (stack: TerraformStack) => unknown, message: RegExp])[] = [
  [
    "a variable instead of its value",
    (stack) => new Space(stack, "a", { name: untyped(variable(stack)) }),
    /name is the construct bitbucket\/v\.\s+Write ….stringValue/,
  ],
  [
    "a local value instead of its token",
    (stack) => new Space(stack, "a", { name: "a", labels: untyped(new TerraformLocal(stack, "l", ["x"])) }),
    /Write ….asList/,
  ],
  [
    "a list instead of a text",
    (stack) => new Space(stack, "a", { name: untyped(variable(stack).listValue) }),
    /name is a token of a list\.\s+Use Fn\.join/,
  ],
  [
    "a list in a text",
    (stack) => new Space(stack, "a", { name: `x-${variable(stack).listValue.join()}` }),
    /name is a text with a token of a list\.\s+Use Fn\.concat/,
  ],
  [
    "more elements next to those of a list",
    (stack) => new Space(stack, "a", { name: "a", labels: [...variable(stack).listValue, "b"] }),
    /labels\[0\] is a text with a token of a list\.\s+Use Fn\.concat/,
  ],
  [
    "changed elements of a list",
    (stack) => new Space(stack, "a", { name: "a", labels: variable(stack).listValue.map((label) => `x-${label}`) }),
    /labels\[0\][^]*Fn\.formatlist/,
  ],
  [
    "repositories next to those of a list",
    (stack) => cloud(stack).addRepositories([...variable(stack).listValue, "acme/b"]),
    /the repository is a token[^]*addRepositoriesOf/,
  ],
  [
    "a repository of any type",
    (stack) => cloud(stack).addRepository(untyped(variable(stack).value)),
    /the repository is a token[^]*constructId[^]*\(token-not-allowed\)/,
  ],
  [
    "a hole in a list",
    (stack) => new Space(stack, "a", { name: "a", labels: untyped(Object.assign(["a"], { 2: "c" })) }),
    /labels\[1\] is missing/,
  ],
  [
    "forEach",
    (stack) => new Space(stack, "a", untyped({ name: "a", forEach: {} })),
    /no prop forEach\.\s+Create each object in a TypeScript loop/,
  ],
  [
    "a duration without a unit",
    (stack) => new BitliftProvider(stack, "a", { alias: "a", requestTimeout: untyped(30) }),
    /requestTimeout is the number 30\.\s+Write it with a unit, such as "30s"/,
  ],
  [
    "no duration",
    (stack) => new BitliftProvider(stack, "a", { alias: "a", rateLimitMaxWait: "an hour" }),
    /rateLimitMaxWait is the text "an hour"\.\s+Pass a duration/,
  ],
  [
    "no requests",
    (stack) => new BitliftProvider(stack, "a", { alias: "a", maxConcurrentRequests: 0 }),
    /maxConcurrentRequests is the number 0\.\s+Pass a whole number of 1 or more/,
  ],
  ["not a number", (stack) => new BitliftProvider(stack, "a", { alias: "a", lookBeforeCreate: NaN }), /lookBeforeCreate is the number NaN/],
  [
    "an alias that the engine rejects",
    (stack) => new BitliftProvider(stack, "a", { alias: "my alias" }),
    /alias is the text "my alias"\.\s+Use letters/,
  ],
  [
    "a second provider without an alias",
    (stack) => new BitliftProvider(stack, "a"),
    /bitbucket\/a: [^]*bitbucket\/bitlift is already the provider without an alias[^]*Set another alias/,
  ],
  [
    "an alias twice",
    (stack) => [new BitliftProvider(stack, "a", { alias: "x" }), new BitliftProvider(stack, "b", { alias: "x" })],
    /bitbucket\/b: [^]*already has the alias x/,
  ],
  [
    "the name of a Space as its ID",
    (stack) => new Space(stack, "a", { name: "a", parent: Space.fromSpaceId("Team Space") }),
    /The ID of parent is the text "Team Space"|the ID of parent is the text "Team Space"/,
  ],
  [
    "the name of a Space",
    (stack) => new Space(stack, "a", { name: "a", parent: untyped("Team Space") }),
    /parent is the text "Team Space"\.\s+Pass the Space object if this app declares it/,
  ],
  [
    "the constant of an event as a text",
    (stack) => cloud(stack).addRepository("acme/a", { additionalEvents: untyped(["REPO_FORK"]) }),
    /Write WebhookEvent\.cloud\.REPO_FORK\./,
  ],
  [
    "the path of a repository in the exceptions",
    (stack) => cloud(stack).addRepositoriesOf("acme", { except: ["acme/b"] }),
    /except\[0\] is the text "acme\/b"\.\s+Write only the slug: "b"/,
  ],
  [
    "a repository in the exceptions",
    (stack) => cloud(stack).addRepositoriesOf("acme", { except: untyped([CloudRepository.parse("acme/b")]) }),
    /except\[0\] is a repository\.\s+Write its slug: "b"/,
  ],
  [
    "a repository without a name",
    (stack) => cloud(stack).addRepository(untyped({ product: "cloud", namespace: "", slug: "" })),
    /"\/" does not name a Bitbucket Cloud repository/,
  ],
  [
    "a repository of an unknown product",
    (stack) =>
      new RepositoryWebhook(stack, "a", { integration: cloud(stack), repository: untyped({ product: "x", namespace: "a", slug: "b" }) }),
    /repository is a repository\.\s+Pass CloudRepository/,
  ],
  [
    "several repositories in stackSource",
    (stack) => cloud(stack).stackSource({ repository: untyped(["acme/a"]) }),
    /repository is an array\.\s+Call stackSource once for each/,
  ],
  [
    "a construct ID that the integration uses itself",
    (stack) => cloud(stack).addRepository("acme/a", { constructId: "Resource" }),
    /the construct ID "Resource" is already used[^]*Pass another constructId to addRepository/,
  ],
  ["a second import", (stack) => ["a", "b"].map((id) => spaceOf(stack).importFrom(id)), /importFrom was called with "a" and then with "b"/],
  [
    "a second move",
    (stack) => ["a", "b"].map((id) => spaceOf(stack).moveFrom(`bitlift_space.${id}`)),
    /moveFrom was called with "bitlift_space\.a" and then/,
  ],
  [
    "an import ID without the webhook",
    (stack) => cloud(stack).addRepository("acme/a").importFrom("42"),
    /importId is the text "42"\.\s+Pass the repository, a slash, and the ID/,
  ],
  [
    "a UUID on Data Center",
    (stack) => server(stack).addRepository("PLAT/a").importFrom("PLAT/a/{0e0f2a1c-7c0b-4b0e-9b6a-1f2e3d4c5b6a}"),
    /importId is the text [^]*such as "PAY\/billing\/42"/,
  ],
  [
    "a name that the engine reserves",
    (stack) => Credential.fromVariable(stack, "count"),
    /does not accept "count"[^]*such as bitbucket_count/,
  ],
  [
    "an output as a dependency",
    (stack) => new Space(stack, "a", { name: "a", dependsOn: untyped([new TerraformOutput(stack, "o", { value: 1 })]) }),
    /dependsOn\[0\] is the construct bitbucket\/o/,
  ],
  [
    "a provider as a dependency",
    (stack) => new Space(stack, "a", { name: "a", dependsOn: untyped([stack.node.findChild("bitlift")]) }),
    /dependsOn\[0\] is the construct bitbucket\/bitlift\.\s+Omit it/,
  ],
  [
    "null as a condition",
    (stack) => new Space(stack, "a", { name: "a", lifecycle: { precondition: untyped([null]) } }),
    /lifecycle\.precondition\[0\] is null/,
  ],
  [
    "a condition without a message",
    (stack) => new Space(stack, "a", { name: "a", lifecycle: { postcondition: untyped([{ condition: true }]) } }),
    /lifecycle\.postcondition\[0\]\.errorMessage is missing/,
  ],
];

const spaceOf = (stack: TerraformStack) =>
  (stack.node.tryFindChild("space") as Space | undefined) ?? new Space(stack, "space", { name: "s" });

it.each(FINDINGS)("reports %s", (_, build, message) => {
  const stack = stackWith((scope) => void build(scope));
  const findings = validationMessageOf(stack);
  expect(findings).toMatch(message);
  expect(findings?.match(/\([a-z-]+\)$/gm)).toHaveLength(1);
  expect(findings).not.toContain("TfToken");
  expect(() => stack.toTerraform()).not.toThrow();
});

it("reports a construct ID for two repositories, and adds both", () => {
  const stack = stackWith((scope) => {
    const integration = cloud(scope);
    for (const name of ["acme/a", "acme/b"]) integration.addRepository(name, { constructId: "x" });
  });
  expect(validationMessageOf(stack)).toMatch(/the construct ID "x" is already used/);
  expect(
    Object.keys((stack.toTerraform() as { resource: Record<string, object> }).resource["bitlift_bitbucket_cloud_webhook"] ?? {}),
  ).toHaveLength(2);
});

it("writes no empty dependsOn", () => {
  const configuration = synthesize((stack) => {
    new Space(stack, "space", { name: "s", dependsOn: [] });
    cloud(stack).addRepository("acme/a", { dependsOn: [] });
  });
  expect(JSON.stringify(configuration)).not.toContain("depends_on");
});

describe("a Credential that its functions did not create is reported, and its text is in no file:", () => {
  it.each<[string, () => unknown]>([
    ["by the constructor", () => new (untyped(Credential) as new (value: string) => unknown)("hunter22")],
    ["by the constructor without arguments", () => new (untyped(Credential) as new () => unknown)()],
    ["as an object", () => ({ source: { kind: "variable", reference: "hunter22", version: "1" } })],
  ])("%s", (_, create) => {
    const stack = stackWith(
      (scope) => new BitbucketCloudIntegration(scope, "a", { name: "a", credential: { email: "a@b.c", apiToken: untyped(create()) } }),
    );
    const findings = validationMessageOf(stack);
    expect(findings).toMatch(/bitbucket\/a: [^]*\(secret-literal\)/);
    expect(findings).not.toContain("hunter22");
    expect(JSON.stringify(stack.toTerraform())).not.toContain("hunter22");
  });
});

describe("the constructors of repositories", () => {
  it.each([CloudRepository, DatacenterRepository])("take what %p.of takes", (repositoryClass) => {
    const create = repositoryClass as unknown as new (...parts: string[]) => CloudRepository;
    expect(new create("acme", "a")).toMatchObject({ namespace: "acme", slug: "a", path: "acme/a" });
    expect(() => new create("acme/a")).toThrow(/is undefined\.\s+Use </);
  });
});

describe("of another place", () => {
  const elsewhere = (app = new App()) => {
    const stack = new TerraformStack(app, "elsewhere");
    new BitliftProvider(stack, "bitlift");
    return stack;
  };

  it.each<[string, (stack: TerraformStack) => unknown, RegExp]>([
    [
      "a parent",
      (stack) => new Space(stack, "a", { name: "a", parent: new Space(elsewhere(), "b", { name: "b" }) }),
      /parent is elsewhere\/b of another app[^]*Write Space\.fromSpaceId/,
    ],
    [
      "an integration",
      (stack) => new RepositoryWebhook(stack, "a", { integration: cloud(elsewhere()), repository: CloudRepository.parse("acme/a") }),
      /integration is elsewhere\/cloud of another app[^]*fromIntegrationId/,
    ],
  ])("reports %s of another app", (_, build, message) => {
    expect(validationMessageOf(stackWith((stack) => void build(stack)))).toMatch(message);
  });

  it("reports a Credential whose variable is in another stack, which would pass the secret on through a state", () => {
    const app = new App();
    const accessToken = Credential.fromVariable(elsewhere(app), "token");
    const message = validationMessageOf(
      stackWith((stack) => new BitbucketDatacenterIntegration(stack, "a", { name: "a", ...SERVER, accessToken }), app),
    );
    expect(message).toMatch(/accessToken reads the variable elsewhere\/token of another stack[^]*with a scope in the stack bitbucket/);
  });
});

it("two copies of the library in one app work as one", () => {
  let other: typeof Library | undefined;
  jest.isolateModules(() => (other = jest.requireActual<typeof Library>("../../../lib")));
  if (other === undefined) throw new Error("not loaded");
  const copy = other;
  expect(copy.Space).not.toBe(Space);
  const stack = stackWith((scope) => {
    const space = new copy.Space(scope, "space", { name: "s" });
    const apiToken = copy.Credential.fromEnvironment("TOKEN");
    const integration = new BitbucketCloudIntegration(scope, "i", { name: "i", space, credential: { email: "a@b.c", apiToken } });
    new copy.RepositoryWebhook(scope, "w", {
      integration,
      repository: CloudRepository.parse("acme/a"),
      additionalEvents: [WebhookEvent.cloud.REPO_FORK],
    });
    integration.stackSource({ repository: "acme/a", space });
  });
  expect(validationMessageOf(stack)).toBeUndefined();
  expect(JSON.stringify(stack.toTerraform())).toContain('"api_token_env":"TOKEN"');
});
