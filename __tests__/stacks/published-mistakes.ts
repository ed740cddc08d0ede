/** What published providers cannot do, each as a file and as constructs; and what they can. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  Credential,
  Space,
  WebhookEvent,
  type BitbucketCloudLogin,
  type BitbucketDatacenterIntegrationProps,
  type BitbucketDatacenterLogin,
} from "../../lib";
import { CREDENTIAL, SERVER } from "../lib/synthesis";
import type { Declared, Mistake } from "./equal-mistake";

const code = "backing-unsupported";
const backing = "published";

/** The declarations of a stack with published backing. */
class Published {
  constructor(readonly stack: TerraformStack) {}

  variable(name = "t"): Credential {
    return Credential.fromVariable(this.stack, name);
  }

  datacenter(props: Partial<BitbucketDatacenterIntegrationProps> = {}): BitbucketDatacenterIntegration {
    const accessToken = props.accessToken ?? this.variable();
    return new BitbucketDatacenterIntegration(this.stack, "a", { name: "a", backing, ...SERVER, ...props, accessToken });
  }

  existing(provider?: BitliftProvider) {
    return BitbucketCloudIntegration.fromDefault(this.stack, "a", { backing, provider });
  }
}

const app = (build: (published: Published) => void) => (stack: TerraformStack) => build(new Published(stack));

const DATACENTER = 'datacenter: { apiHost: "https://bitbucket.acme.example", username: u, token: { variable: t } }';
const inDatacenter = (settings: string) => ["integrations:", `  a: { ${DATACENTER}, name: a, backing: published, ${settings} }`];
const inExisting = (settings: string) => [
  "integrations:",
  `  a: { cloud: {}, existing: { default: true }, backing: published, ${settings} }`,
];

const INTEGRATIONS: readonly Mistake[] = [
  {
    code,
    title: "an integration for Bitbucket Cloud that is not there yet",
    file: ["integrations: { a: { cloud: { email: a@acme.example, token: { env: T } }, name: a, backing: published } }"],
    app: (stack) => new BitbucketCloudIntegration(stack, "a", { name: "a", backing, credential: CREDENTIAL }),
  },
  {
    code,
    title: "an existing integration by its name",
    file: ["integrations: { a: { cloud: {}, existing: { name: A }, backing: published } }"],
    app: (stack) => BitbucketCloudIntegration.fromIntegrationName(stack, "a", "A", { backing }),
  },
  {
    code,
    title: "protection from deletion",
    file: inDatacenter("detachProtection: true"),
    app: app((published) => published.datacenter({ detachProtection: true })),
  },
  {
    code,
    title: "a new webhook secret",
    file: inDatacenter("secretRotation: again"),
    app: app((published) => published.datacenter({ webhookSecretRotation: "again" })),
  },
  {
    code,
    title: "a token from the environment",
    file: [inDatacenter("labels: []").join("\n").replace("variable: t", "env: T")],
    app: app((published) => published.datacenter({ accessToken: Credential.fromEnvironment("T") })),
  },
];

const WEBHOOKS: readonly Mistake[] = [
  {
    code,
    title: "a set of repositories",
    file: inExisting("repositories: [{ every: acme }]"),
    app: app((published) => published.existing().addRepositoriesOf("acme")),
  },
  {
    code,
    title: "a webhook that is taken over, or not",
    file: inExisting("repositories: [{ repository: acme/x, adoptExisting: false }]"),
    app: app((published) => published.existing().addRepository("acme/x", { adoptExisting: false })),
  },
  {
    code,
    title: "an event that their provider rejects",
    file: inExisting('repositories: [{ repository: acme/x, additionalEvents: ["pullrequest:push"] }]'),
    app: app((published) => published.existing().addRepository("acme/x", { additionalEvents: [WebhookEvent.custom("pullrequest:push")] })),
  },
  {
    code,
    title: "an inactive webhook on Bitbucket Data Center",
    file: inDatacenter("repositories: [{ repository: PAY/x, active: false }]"),
    app: app((published) => published.datacenter().addRepository("PAY/x", { active: false })),
  },
  {
    code,
    title: "certificates that Bitbucket Data Center does not verify",
    file: inDatacenter("repositories: [{ repository: PAY/x, verifyCertificate: false }]"),
    app: app((published) => published.datacenter().addRepository("PAY/x", { verifyCertificate: false })),
  },
  {
    code,
    title: "a title with a slash on Bitbucket Data Center",
    file: inDatacenter("repositories: [{ repository: PAY/x, title: a/b }]"),
    app: app((published) => published.datacenter().addRepository("PAY/x", { title: "a/b" })),
  },
];

const ON_SERVER = "integrations: { a: { datacenter: { server: main, username: u, token: { variable: t } }, name: a, backing: published } }";
const onServer = (login: string) => [`servers: { main: { url: "https://bitbucket.acme.example", ${login} } }`, ON_SERVER];
const withServer = (login: (published: Published) => object) =>
  app((published) => {
    const bitbucketDatacenter = { url: "https://bitbucket.acme.example", ...login(published) } as BitbucketDatacenterLogin;
    published.datacenter({ provider: new BitliftProvider(published.stack, "main", { alias: "main", bitbucketDatacenter }) });
  });
const withCloudLogin = (login: BitbucketCloudLogin) =>
  app((published) => {
    const provider = new BitliftProvider(published.stack, "cloud", { alias: "cloud", bitbucketCloud: login });
    published.existing(provider).addRepository("acme/x");
  });
const CERTIFICATE = readFileSync(join(__dirname, "../../examples/file/certificates/acme.pem"), "utf8");

const LOGINS: readonly Mistake[] = [
  {
    code,
    title: "an access token for a server",
    file: onServer("token: { variable: p }"),
    app: withServer((published) => ({ accessToken: published.variable("p") })),
  },
  {
    code,
    title: "a password from a variable that their provider does not read",
    file: onServer("username: u, password: { env: HOOKS }"),
    app: withServer(() => ({ username: "u", password: Credential.fromEnvironment("HOOKS") })),
  },
  {
    code,
    title: "the certificate of an authority",
    file: onServer("caCertificate: ca.pem"),
    files: { "ca.pem": CERTIFICATE },
    app: withServer(() => ({ caCertificate: CERTIFICATE })),
  },
  {
    code,
    title: "an access token for Bitbucket Cloud from a variable that their provider does not read",
    file: ["bitbucketCloud: { token: { env: HOOKS } }", ...inExisting("repositories: [acme/x]")],
    app: withCloudLogin({ accessToken: Credential.fromEnvironment("HOOKS") }),
  },
  {
    code,
    title: "an API token for Bitbucket Cloud from a variable that their provider does not read",
    file: ["bitbucketCloud: { email: a@acme.example, token: { env: HOOKS } }", ...inExisting("repositories: [acme/x]")],
    app: withCloudLogin({ email: "a@acme.example", apiToken: Credential.fromEnvironment("HOOKS") }),
  },
];

/** Webhooks on both products, the ones on Bitbucket Data Center with a password from the environment. */
const BOTH_PRODUCTS = [
  'servers: { main: { url: "https://bitbucket.acme.example", username: u, password: { env: BITBUCKET_PASSWORD } } }',
  "integrations:",
  "  a: { datacenter: { server: main, username: u, token: { variable: t } }, name: a, backing: published, repositories: [PAY/x] }",
  "  b: { cloud: {}, existing: { default: true }, backing: published, repositories: [acme/x] }",
];
const withBothProducts = (bitbucketCloud: (published: Published) => BitbucketCloudLogin | undefined) =>
  app((published) => {
    const bitbucketDatacenter = {
      url: "https://bitbucket.acme.example",
      username: "u",
      password: Credential.fromEnvironment("BITBUCKET_PASSWORD"),
    };
    const provider = new BitliftProvider(published.stack, "both", {
      alias: "both",
      bitbucketDatacenter,
      bitbucketCloud: bitbucketCloud(published),
    });
    published.datacenter({ provider }).addRepository("PAY/x");
    BitbucketCloudIntegration.fromDefault(published.stack, "b", { backing, provider }).addRepository("acme/x");
  });

const SHARED: readonly Mistake[] = [
  {
    code,
    title: "a password from the variable that the provider for Bitbucket Cloud takes for its own",
    file: BOTH_PRODUCTS,
    app: withBothProducts(() => undefined),
  },
  {
    code,
    title: "an access token for a server, next to what Bitlift's own provider manages",
    file: [
      'servers: { main: { url: "https://bitbucket.acme.example", token: { variable: p } } }',
      "integrations:",
      "  a: { datacenter: { server: main, username: u, token: { variable: t } }, name: a, backing: published, repositories: [PAY/x] }",
      "  b: { cloud: {}, existing: { default: true } }",
    ],
    app: app((published) => {
      const bitbucketDatacenter = { url: "https://bitbucket.acme.example", accessToken: published.variable("p") };
      const provider = new BitliftProvider(published.stack, "main", { alias: "main", bitbucketDatacenter });
      published.datacenter({ provider }).addRepository("PAY/x");
      BitbucketCloudIntegration.fromDefault(published.stack, "b");
    }),
  },
  {
    code,
    title: "the same next to an access token for Bitbucket Cloud",
    file: ["bitbucketCloud: { token: { variable: c } }", ...BOTH_PRODUCTS],
    app: withBothProducts((published) => ({ accessToken: published.variable("c") })),
  },
];

export const PUBLISHED_MISTAKES: readonly Mistake[] = [...INTEGRATIONS, ...WEBHOOKS, ...LOGINS, ...SHARED];

export const PUBLISHED_ACCEPTED: readonly Declared[] = [
  {
    title: "what published providers can do, in a Space of theirs",
    file: [
      "backing: published",
      "spaces: { s: { name: S } }",
      ...inDatacenter("space: s, detachProtection: false, repositories: [PAY/x]"),
      "  b: { cloud: {}, existing: { id: b }, repositories: [{ repository: acme/x, active: false, verifyCertificate: false, title: a/b }] }",
    ],
    app: app((published) => {
      const space = new Space(published.stack, "s", { name: "S", backing });
      published.datacenter({ space, detachProtection: false }).addRepository("PAY/x");
      const cloud = BitbucketCloudIntegration.fromIntegrationId(published.stack, "b", "b", { backing });
      cloud.addRepository("acme/x", { active: false, skipCertificateVerification: true, title: "a/b" });
    }),
  },
  {
    title: "the variables that published providers read",
    file: [...onServer("username: u, password: { env: BITBUCKET_PASSWORD }")],
    app: withServer(() => ({ username: "u", password: Credential.fromEnvironment("BITBUCKET_PASSWORD") })),
  },
  {
    title: "the access token that a published provider reads",
    file: ["bitbucketCloud: { token: { env: BITBUCKET_OAUTH_TOKEN } }", ...inExisting("repositories: [acme/x]")],
    app: withCloudLogin({ accessToken: Credential.fromEnvironment("BITBUCKET_OAUTH_TOKEN") }),
  },
  {
    title: "a password from that variable next to a user and an API token for Bitbucket Cloud",
    file: ["bitbucketCloud: { email: a@acme.example, token: { variable: c } }", ...BOTH_PRODUCTS],
    app: withBothProducts((published) => ({ email: "a@acme.example", apiToken: published.variable("c") })),
  },
];
