/** Mistakes, each as a file and as constructs; and what looks like one of them, but is correct. */
import type { TerraformStack } from "cdktf";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  Credential,
  Space,
  WebhookEvent,
  type BitbucketDatacenterIntegrationProps,
  type BitbucketDatacenterLogin,
  type BitbucketCloudIntegrationProps,
  type ISpace,
} from "../../lib";
import { CREDENTIAL, SERVER } from "../lib/synthesis";
import type { Declared, Mistake } from "./equal-mistake";
import { PUBLISHED_ACCEPTED, PUBLISHED_MISTAKES } from "./published-mistakes";

/** A value that an untyped program can pass. */
const untyped = (value: unknown): never => value as never;
const token = Credential.fromEnvironment("TOKEN");

const cloud = (stack: TerraformStack, id: string, props: Partial<BitbucketCloudIntegrationProps> = {}) =>
  new BitbucketCloudIntegration(stack, id, { name: id, credential: CREDENTIAL, ...props });
const datacenter = (stack: TerraformStack, id: string, props: Partial<BitbucketDatacenterIntegrationProps> = {}) =>
  new BitbucketDatacenterIntegration(stack, id, { name: id, ...SERVER, ...props });
const server = (stack: TerraformStack, login: object) =>
  new BitliftProvider(stack, "main", {
    alias: "main",
    bitbucketDatacenter: { url: "https://bitbucket.acme.example", ...login } as BitbucketDatacenterLogin,
  });

const CLOUD = "cloud: { email: a@acme.example, token: { env: TOKEN } }";
const DATACENTER = 'datacenter: { apiHost: "https://bitbucket.acme.example", username: u, token: { env: TOKEN } }';
const inCloud = (settings: string) => ["integrations:", `  a: { ${CLOUD}, name: a, ${settings} }`];
const inDatacenter = (settings: string) => ["integrations:", `  a: { ${DATACENTER}, name: a, ${settings} }`];
const hosts = (settings: string) => ["integrations:", `  a: { datacenter: { ${settings}, username: u, token: { env: TOKEN } }, name: a }`];

const BETWEEN_DECLARATIONS: readonly Mistake[] = [
  {
    code: "default-outside-root",
    title: "a default integration in a Space",
    file: ["spaces: { s: { name: S } }", ...inCloud("default: true, space: s")],
    app: (stack) => cloud(stack, "a", { isDefault: true, space: new Space(stack, "s", { name: "S" }) }),
  },
  {
    code: "duplicate-default",
    title: "two default integrations",
    file: [...inCloud("default: true"), `  b: { ${CLOUD}, name: b, default: true }`],
    app: (stack) => ["a", "b"].forEach((id) => cloud(stack, id, { isDefault: true })),
  },
  {
    code: "duplicate-integration-name",
    title: "two names with one ID",
    file: [...inCloud("labels: []"), `  b: { ${CLOUD}, name: A }`],
    app: (stack) => [cloud(stack, "a"), cloud(stack, "b", { name: "A" })],
  },
  {
    code: "duplicate-space-name",
    title: "two Spaces with one name",
    file: ["spaces: { a: { name: S }, b: { name: S } }"],
    app: (stack) => ["a", "b"].forEach((id) => new Space(stack, id, { name: "S" })),
  },
  {
    code: "duplicate-space-name",
    title: "two Spaces with one name in the same existing Space",
    file: [
      "spaces:",
      "  a: { existing: { id: legacy-01 }, spaces: { c: { name: S } } }",
      "  b: { existing: { id: legacy-01 }, spaces: { d: { name: S } } }",
    ],
    app: (stack) => ["a", "b"].forEach((id) => new Space(stack, id, { name: "S", parent: Space.fromSpaceId("legacy-01") })),
  },
  {
    code: "space-cycle",
    title: "a Space that is its own ancestor",
    file: ["spaces: { b: { existing: { name: B, parent: a }, spaces: { a: { name: A } } } }"],
    app: (stack) => {
      const upper = { spaceId: "upper", parentSpace: undefined as ISpace | undefined, inheritsEntities: true };
      upper.parentSpace = new Space(stack, "lower", { name: "lower", parent: upper });
    },
  },
  {
    code: "duplicate-repository",
    title: "a repository twice",
    file: inCloud("repositories: [acme/x, ACME/X]"),
    app: (stack) => cloud(stack, "a").addRepositories(["acme/x", "ACME/X"]),
  },
  {
    code: "duplicate-repository",
    title: "a repository that is part of a set",
    file: inCloud("repositories: [acme/x, { every: ACME, except: [y] }]"),
    app: (stack) => {
      const integration = cloud(stack, "a");
      integration.addRepository("acme/x");
      integration.addRepositoriesOf("ACME", { except: ["y"] });
    },
  },
  {
    code: "duplicate-repository",
    title: "a repository that matches the pattern of a set",
    file: inDatacenter("repositories: [PLAT/svc-x, { every: plat, match: [svc-*] }]"),
    app: (stack) => {
      const integration = datacenter(stack, "a");
      integration.addRepository("PLAT/svc-x");
      integration.addRepositoriesOf("plat", { match: ["svc-*"] });
    },
  },
  {
    code: "duplicate-repository",
    title: "a set of everything and a filtered one",
    file: inCloud('repositories: [{ every: acme, key: k, query: "name ~ x" }, { every: acme }]'),
    app: (stack) => {
      const integration = cloud(stack, "a");
      integration.addRepositoriesOf("acme", { query: "name ~ x", constructId: "k" });
      integration.addRepositoriesOf("acme");
    },
  },
];

const PRODUCTS: readonly Mistake[] = [
  {
    code: "value-not-allowed",
    title: "an event of the other product",
    file: inDatacenter('repositories: [{ repository: PLAT/x, additionalEvents: ["repo:fork"] }]'),
    app: (stack) => datacenter(stack, "a").addRepository("PLAT/x", untyped({ additionalEvents: [WebhookEvent.cloud.REPO_FORK] })),
  },
  {
    code: "value-not-allowed",
    title: "a project filter on a project",
    file: inDatacenter("repositories: [{ every: PLAT, project: PAY }]"),
    app: (stack) => datacenter(stack, "a").addRepositoriesOf("PLAT", untyped({ project: "PAY" })),
  },
  {
    code: "value-not-allowed",
    title: "a role of the other product",
    file: inCloud("repositories: [{ every: acme, role: REPO_ADMIN }]"),
    app: (stack) => cloud(stack, "a").addRepositoriesOf("acme", untyped({ role: "REPO_ADMIN" })),
  },
  {
    code: "value-not-allowed",
    title: "a personal project on Bitbucket Cloud",
    file: inCloud("repositories: [~user/x]"),
    app: (stack) => cloud(stack, "a").addRepository("~user/x"),
  },
  {
    code: "value-not-allowed",
    title: "a path instead of a slug",
    file: inCloud("repositories: [acme/..]"),
    app: (stack) => cloud(stack, "a").addRepository("acme/.."),
  },
  {
    code: "value-not-allowed",
    title: "a personal project as a workspace",
    file: inCloud("repositories: [{ every: ~user }]"),
    app: (stack) => cloud(stack, "a").addRepositoriesOf("~user"),
  },
  {
    code: "value-not-allowed",
    title: "a pattern with a slash",
    file: inCloud('repositories: [{ every: acme, match: ["acme/*"] }]'),
    app: (stack) => cloud(stack, "a").addRepositoriesOf("acme", { match: ["acme/*"] }),
  },
];

const LOGINS: readonly Mistake[] = [
  {
    code: "credential-form",
    title: "half a credential",
    file: ["integrations: { a: { name: a, cloud: { email: a@acme.example } } }"],
    app: (stack) => cloud(stack, "a", { credential: untyped({ email: "a@acme.example" }) }),
  },
  {
    code: "credential-form",
    title: "two credentials",
    file: ["integrations: { a: { name: a, cloud: { email: a@acme.example, token: { env: T }, username: u, appPassword: { env: P } } } }"],
    app: (stack) => cloud(stack, "a", { credential: untyped({ ...CREDENTIAL, username: "u", appPassword: token }) }),
  },
  {
    code: "credential-form",
    title: "no user name on Bitbucket Data Center",
    file: ['integrations: { a: { name: a, datacenter: { apiHost: "https://b.acme.example", token: { env: T } } } }'],
    app: (stack) => datacenter(stack, "a", { username: "" }),
  },
  {
    code: "bitbucket-credentials-conflict",
    title: "two logins to a server",
    file: ['servers: { main: { url: "https://b.acme.example", token: { env: T }, username: u, password: { env: P } } }'],
    app: (stack) => server(stack, { accessToken: token, username: "u", password: token }),
  },
  {
    code: "secret-literal",
    title: "a literal token",
    file: ["integrations: { a: { name: a, cloud: { email: a@acme.example, token: not-a-real-token } } }"],
    app: (stack) => cloud(stack, "a", { credential: untyped({ email: "a@acme.example", apiToken: "not-a-real-token" }) }),
  },
  {
    code: "secret-literal",
    title: "a token as the name of its variable",
    file: ["integrations: { a: { name: a, cloud: { email: a@acme.example, token: { env: ATCTT3xFfGN0notarealtoken0123456789 } } } }"],
    app: (stack) =>
      cloud(stack, "a", {
        credential: { email: "a@acme.example", apiToken: Credential.fromEnvironment("ATCTT3xFfGN0notarealtoken0123456789") },
      }),
  },
  {
    code: "value-not-allowed",
    title: "a reserved name of an input variable",
    file: ["integrations: { a: { name: a, cloud: { email: a@acme.example, token: { variable: version } } } }"],
    app: (stack) => cloud(stack, "a", { credential: { email: "a@acme.example", apiToken: Credential.fromVariable(stack, "version") } }),
  },
  {
    code: "secret-literal",
    title: "a password in the URL of a server",
    file: ['servers: { main: { url: "https://user:hunter22@bitbucket.acme.example" } }'],
    app: (stack) => server(stack, { url: "https://user:hunter22@bitbucket.acme.example" }),
  },
  {
    code: "secret-literal",
    title: "a private key instead of the certificate of an authority",
    file: ['servers: { main: { url: "https://b.acme.example", caCertificate: key.pem } }'],
    files: { "key.pem": "-----BEGIN PRIVATE KEY-----\nnot a real one\n-----END PRIVATE KEY-----\n" },
    app: (stack) => server(stack, { caCertificate: "-----BEGIN PRIVATE KEY-----\nnot a real one\n-----END PRIVATE KEY-----\n" }),
  },
];

const VALUES: readonly Mistake[] = [
  {
    code: "value-not-allowed",
    title: "the URL of a REST API",
    file: ['servers: { main: { url: "https://b.acme.example/rest/api/1.0" } }'],
    app: (stack) => server(stack, { url: "https://b.acme.example/rest/api/1.0" }),
  },
  {
    code: "value-not-allowed",
    title: "a server behind VCS agents",
    file: ['servers: { main: { url: "private://pool" } }'],
    app: (stack) => server(stack, { url: "private://pool" }),
  },
  {
    code: "value-not-allowed",
    title: "a host without a scheme",
    file: hosts("apiHost: b.acme.example"),
    app: (stack) => datacenter(stack, "a", { apiHost: "b.acme.example" }),
  },
  {
    code: "value-not-allowed",
    title: "VCS agents without an address for people",
    file: hosts('apiHost: "private://pool"'),
    app: (stack) => datacenter(stack, "a", { apiHost: "private://pool" }),
  },
  {
    code: "value-not-allowed",
    title: "a Space whose name has no letter",
    file: ['spaces: { s: { name: "!" } }'],
    app: (stack) => new Space(stack, "s", { name: "!" }),
  },
  {
    code: "value-not-allowed",
    title: "an integration whose name has no letter",
    file: ["integrations:", `  a: { ${CLOUD}, name: "!" }`],
    app: (stack) => cloud(stack, "a", { name: "!" }),
  },
  ...(
    [
      ["description", "description"],
      ["secretRotation", "webhookSecretRotation"],
    ] as const
  ).map(([key, prop]) => ({
    code: "value-not-allowed",
    title: `a control character in ${key}`,
    file: inCloud(`${key}: "a\\u0007b"`),
    app: (stack: TerraformStack) => cloud(stack, "a", { [prop]: "a\u0007b" }),
  })),
  {
    code: "value-not-allowed",
    title: "an empty label",
    file: inCloud('labels: [" "]'),
    app: (stack) => cloud(stack, "a", { labels: [" "] }),
  },
  {
    code: "value-not-allowed",
    title: "a title of two lines",
    file: inCloud('repositories: [{ repository: acme/x, title: "a\\nb" }]'),
    app: (stack) => cloud(stack, "a").addRepository("acme/x", { title: "a\nb" }),
  },
  {
    code: "value-not-allowed",
    title: "an email address that is none",
    file: ["integrations: { a: { name: a, cloud: { email: x-token-auth, token: { env: T } } } }"],
    app: (stack) => cloud(stack, "a", { credential: { email: "x-token-auth", apiToken: token } }),
  },
  {
    code: "value-not-allowed",
    title: "a user name with its password",
    file: ['integrations: { a: { name: a, datacenter: { apiHost: "https://b.acme.example", username: "u:hunter2", token: { env: T } } } }'],
    app: (stack) => datacenter(stack, "a", { username: "u:hunter2" }),
  },
];

export const EQUAL_MISTAKES: readonly Mistake[] = [...BETWEEN_DECLARATIONS, ...PRODUCTS, ...LOGINS, ...VALUES, ...PUBLISHED_MISTAKES];

export const NO_MISTAKES: readonly Declared[] = [
  ...PUBLISHED_ACCEPTED,
  {
    title: "a default integration in root by its ID",
    file: ["spaces: { r: { existing: { id: root } } }", ...inCloud("default: true, space: r")],
    app: (stack) => cloud(stack, "a", { isDefault: true, space: Space.fromSpaceId("root") }),
  },
  {
    title: "a default integration and a name for each product",
    file: [...inCloud("default: true"), `  b: { ${DATACENTER}, name: a, default: true }`],
    app: (stack) => [cloud(stack, "a", { isDefault: true }), datacenter(stack, "b", { name: "a", isDefault: true })],
  },
  {
    title: "one repository in two integrations",
    file: [...inCloud("repositories: [acme/x]"), `  b: { ${CLOUD}, name: b, repositories: [acme/x] }`],
    app: (stack) => ["a", "b"].forEach((id) => cloud(stack, id).addRepository("acme/x")),
  },
  {
    title: "the exceptions of a set, listed or in another set",
    file: inCloud("repositories: [acme/x, { every: acme, except: [x, svc-*] }, { every: acme, key: services, match: [svc-*] }]"),
    app: (stack) => {
      const integration = cloud(stack, "a");
      integration.addRepository("acme/x");
      integration.addRepositoriesOf("acme", { except: ["x", "svc-*"] });
      integration.addRepositoriesOf("acme", { match: ["svc-*"], constructId: "services" });
    },
  },
  {
    title: "two filtered sets",
    file: inCloud('repositories: [{ every: acme, query: "a" }, { every: acme, key: b, query: "b" }]'),
    app: (stack) => {
      const integration = cloud(stack, "a");
      integration.addRepositoriesOf("acme", { query: "a" });
      integration.addRepositoriesOf("acme", { query: "b", constructId: "b" });
    },
  },
];
