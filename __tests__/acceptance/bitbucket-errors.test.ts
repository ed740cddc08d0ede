/** Each error of Bitbucket has its own code, is reported at the webhook that it is about, and names the relevant values. */
import type { BitbucketProduct } from "../../packages/domain";
import { DEFAULT_SEED } from "../../packages/sandbox";
import { PRODUCTS, type Harness, type Product } from "../../tools/harness";
import { changeRepository } from "./outside-changes";
import { atBothWebhooks, expectReadFailures, type ReadFailure } from "./read-failures";
import { scenario } from "./scenario";

type Failures = Readonly<Record<string, ReadFailure>>;

/** Replaces the default token with another login. */
const login = (product: Product, variables: Readonly<Record<string, string>>) => () => ({
  [product.providerTokenVariable]: undefined,
  ...variables,
});

const hideRepository = (product: Product): Pick<ReadFailure, "arrange" | "undo"> => ({
  arrange: ({ remote }) => changeRepository(remote, product, "infrastructure", "hide"),
  undo: ({ remote }) => changeRepository(remote, product, "infrastructure", "show"),
});

/** Failures of each product's credentials, and of the permissions that they can lack. */
const CREDENTIAL_FAILURES: Readonly<Record<BitbucketProduct, (product: Product) => Failures>> = {
  cloud: (product) => {
    const { WEBHOOK } = product;
    return {
      "a repository that the credential cannot see": {
        ...hideRepository(product),
        diagnostics: [`warning repository-not-found ${WEBHOOK}`],
        at: WEBHOOK,
        values: ["acme-workspace/infrastructure"],
      },
      "a Bitbucket credential without admin permission on the repository": {
        variables: () => ({ BITBUCKET_ACCESS_TOKEN: "token-of-a-reader-with-the-webhook-scope" }),
        diagnostics: atBothWebhooks(product, "remote-permission-denied"),
        at: WEBHOOK,
        values: ["403"],
      },
      "a Bitbucket credential without the scope for webhooks": {
        variables: () => ({ BITBUCKET_ACCESS_TOKEN: "sandbox-read-only-token" }),
        diagnostics: atBothWebhooks(product, "remote-permission-denied"),
        at: WEBHOOK,
        values: ["webhook", "repository"],
      },
      "an app password": {
        variables: login(product, { BITBUCKET_USERNAME: "acme-bot", BITBUCKET_PASSWORD: "sandbox-app-password" }),
        diagnostics: atBothWebhooks(product, "remote-unauthenticated"),
        at: WEBHOOK,
        values: ["401", "BITBUCKET_EMAIL", "BITBUCKET_API_TOKEN"],
      },
      "an API token without scopes": {
        variables: login(product, { BITBUCKET_EMAIL: "admin@acme.example", BITBUCKET_API_TOKEN: "token-without-scopes" }),
        diagnostics: atBothWebhooks(product, "remote-unauthenticated"),
        at: WEBHOOK,
        values: [/scopes/],
      },
      "an API token with a user name instead of the email": {
        variables: login(product, { BITBUCKET_EMAIL: "ada", BITBUCKET_API_TOKEN: "sandbox-token-of-an-admin" }),
        diagnostics: atBothWebhooks(product, "remote-unauthenticated"),
        at: WEBHOOK,
        values: [/email/],
      },
    };
  },
  datacenter: (product) => {
    const { WEBHOOK, service } = product;
    const setSwitches =
      (values: object) =>
      ({ remote }: Harness) =>
        remote.control(service, "switches", values);
    return {
      "a repository that the credential cannot see": {
        ...hideRepository(product),
        diagnostics: [`error remote-permission-denied ${WEBHOOK}`],
        at: WEBHOOK,
        values: ["401", /\badmin\b/, "REPO_ADMIN", "PLAT/infrastructure"],
      },
      "a token without admin permission on the repository": {
        variables: () => ({ BITBUCKET_DATACENTER_TOKEN: "sandbox-datacenter-developer-token" }),
        diagnostics: atBothWebhooks(product, "remote-permission-denied"),
        at: WEBHOOK,
        values: [/\bdev\b/, "REPO_ADMIN", "PLAT/infrastructure"],
      },
      "an unknown token": {
        variables: () => ({ BITBUCKET_DATACENTER_TOKEN: "a-token-that-was-revoked" }),
        diagnostics: atBothWebhooks(product, "remote-unauthenticated"),
        at: WEBHOOK,
        values: ["401", "BITBUCKET_DATACENTER_TOKEN", "bitbucket_datacenter"],
      },
      "a wrong password": {
        variables: login(product, { BITBUCKET_DATACENTER_USERNAME: "admin", BITBUCKET_DATACENTER_PASSWORD: "a-wrong-password" }),
        diagnostics: atBothWebhooks(product, "remote-unauthenticated"),
        at: WEBHOOK,
        values: ["401", "BITBUCKET_DATACENTER_USERNAME", "BITBUCKET_DATACENTER_PASSWORD"],
      },
      "a password on a server that accepts only tokens": {
        arrange: setSwitches({ "basic-login": "refuse" }),
        undo: setSwitches({ "basic-login": "accept" }),
        variables: login(product, {
          BITBUCKET_DATACENTER_USERNAME: "admin",
          BITBUCKET_DATACENTER_PASSWORD: "sandbox-password-of-the-admin",
        }),
        diagnostics: atBothWebhooks(product, "remote-unauthenticated"),
        at: WEBHOOK,
        values: ["BITBUCKET_DATACENTER_TOKEN"],
      },
      "an address without the context path": {
        variables: ({ sandbox }) => ({ BITBUCKET_DATACENTER_URL: sandbox.bitbucketDatacenter.origin }),
        diagnostics: [
          ...atBothWebhooks(product, "remote-response-invalid"),
          // The address also differs from the one in the state.
          ...[WEBHOOK, product.NETWORKING].map((address) => `warning bitbucket-server-changed ${address}`),
        ],
        at: WEBHOOK,
        values: ["404", /context path/],
      },
    };
  },
};

/** Network failures, which are the same for both products. */
const networkFailures = (product: Product): Failures => {
  const { WEBHOOK, service, operations, title } = product;
  return {
    "a redirect of Bitbucket to another origin": {
      faults: (origin) => [[service, { operation: operations.list, kind: "redirect", status: 302, location: origin, times: 50 }]],
      diagnostics: atBothWebhooks(product, "remote-redirect"),
      at: WEBHOOK,
      values: [/302.*http:/s],
    },
    "an HTML page instead of Bitbucket's response, with the status for a missing object": {
      // If the server lacks the first list operation, the provider uses the plain one.
      faults: () =>
        [operations.list, operations.plainList].map((operation) => [service, { operation, kind: "html", status: 404, times: 50 }]),
      diagnostics: atBothWebhooks(product, "remote-response-invalid"),
      at: WEBHOOK,
      values: ["404"],
    },
    "a rate limit of Bitbucket that exceeds the maximum wait": {
      variables: () => ({ BITLIFT_RATE_LIMIT_MAX_WAIT: "1s" }),
      faults: () => [[service, { operation: operations.list, kind: "status", status: 429, headers: { "retry-after": "30" }, times: 50 }]],
      diagnostics: atBothWebhooks(product, "remote-rate-limited"),
      at: WEBHOOK,
      values: [title, "1 s"],
    },
  };
};

/** The default seed with additional credentials. */
const seed = (() => {
  const { workspaces, credentials = [] } = DEFAULT_SEED["bitbucket-cloud"];
  const access = { "acme-workspace/*": "read" } as const;
  const more = [
    { kind: "access-token", token: "token-of-a-reader-with-the-webhook-scope", scopes: ["repository", "webhook"], access },
    { kind: "api-token", email: "admin@acme.example", token: "token-without-scopes", scopes: [], access },
  ] as const;
  return { "bitbucket-cloud": { workspaces, credentials: [...credentials, ...more] } };
})();

describe.each(PRODUCTS)("on $title", (product) => {
  scenario(
    "a read that fails is reported at its webhook, and the webhook stays in the state",
    (harness) => expectReadFailures(harness, product, { ...CREDENTIAL_FAILURES[product.name](product), ...networkFailures(product) }),
    { seed },
  );
});
