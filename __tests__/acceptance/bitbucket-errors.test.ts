/** Each refusal of Bitbucket has its code, stands at the webhook that it is about, and says what to do. */
import { DEFAULT_SEED } from "../../packages/sandbox";
import type { BitbucketProduct } from "../../packages/domain";
import { changeRepository } from "./by-hand";
import type { Product } from "./product";
import { PRODUCTS } from "./products";
import { everyWebhook, playReads, type Row } from "./refusals";
import { scenario, type World } from "./world";

type Rows = Readonly<Record<string, Row>>;

/** Another form of login in place of the usual token. */
const login =
  ({ managing }: Product, form: Readonly<Record<string, string>>) =>
  () => ({ [managing.variable]: undefined, ...form });

/** Which credentials there are, and what each product calls their lacks. */
const CREDENTIALS: Readonly<Record<BitbucketProduct, (product: Product) => Rows>> = {
  cloud: (product) => {
    const { WEBHOOK } = product;
    return {
      "a repository that the credential does not see": {
        arrange: (world) => changeRepository(world, product, "infrastructure", "hide"),
        undo: (world) => changeRepository(world, product, "infrastructure", "show"),
        told: [`warning repository-not-found ${WEBHOOK}`],
        at: WEBHOOK,
        says: /acme-workspace\/infrastructure.*the two cannot be told apart.*state of its webhook is kept.*give the credential access/s,
      },
      "a Bitbucket credential without admin on the repository": {
        variables: () => ({ BITBUCKET_ACCESS_TOKEN: "token-of-a-reader-with-the-webhook-scope" }),
        told: everyWebhook(product, "remote-permission-denied"),
        at: WEBHOOK,
        says: /answered 403.*needs an administrator of the repository/s,
      },
      "a Bitbucket credential without the scope for webhooks": {
        variables: () => ({ BITBUCKET_ACCESS_TOKEN: "sandbox-read-only-token" }),
        told: everyWebhook(product, "remote-permission-denied"),
        at: WEBHOOK,
        says: /needs the scopes webhook; this access token has repository\..*Make a new access token with the scopes for webhooks/s,
      },
      "an app password": {
        variables: login(product, { BITBUCKET_USERNAME: "acme-bot", BITBUCKET_PASSWORD: "sandbox-app-password" }),
        told: everyWebhook(product, "remote-unauthenticated"),
        at: WEBHOOK,
        says: /answered 401.*Atlassian disabled all of them.*BITBUCKET_EMAIL, BITBUCKET_API_TOKEN/s,
      },
      "an API token without scopes": {
        variables: login(product, { BITBUCKET_EMAIL: "admin@acme.example", BITBUCKET_API_TOKEN: "token-without-scopes" }),
        told: everyWebhook(product, "remote-unauthenticated"),
        at: WEBHOOK,
        says: /no Bitbucket scopes.*must be made with scopes for Bitbucket/s,
      },
      "an API token with a user name in place of the email": {
        variables: login(product, { BITBUCKET_EMAIL: "ada", BITBUCKET_API_TOKEN: "sandbox-token-of-an-admin" }),
        told: everyWebhook(product, "remote-unauthenticated"),
        at: WEBHOOK,
        says: /the Atlassian account's email, not the user name/,
      },
    };
  },
  datacenter: (product) => {
    const { WEBHOOK, service } = product;
    const switches = (values: object) => (world: World) => world.control(service, "switches", values);
    return {
      "a repository that the credential does not see": {
        arrange: (world) => changeRepository(world, product, "infrastructure", "hide"),
        undo: (world) => changeRepository(world, product, "infrastructure", "show"),
        told: [`error remote-permission-denied ${WEBHOOK}`],
        at: WEBHOOK,
        says: /answered 401.*The access token is that of admin, who may not do this.*needs REPO_ADMIN on PLAT\/infrastructure/s,
      },
      "a token without admin on the repository": {
        variables: () => ({ BITBUCKET_DATACENTER_TOKEN: "sandbox-datacenter-developer-token" }),
        told: everyWebhook(product, "remote-permission-denied"),
        at: WEBHOOK,
        says: /The access token is that of dev, who may not do this.*REPO_ADMIN on PLAT\/infrastructure.*has permissions of its own/s,
      },
      "a token that nobody knows": {
        variables: () => ({ BITBUCKET_DATACENTER_TOKEN: "a-token-that-was-revoked" }),
        told: everyWebhook(product, "remote-unauthenticated"),
        at: WEBHOOK,
        says: /answered 401.*Check BITBUCKET_DATACENTER_TOKEN \(or the bitbucket_datacenter block\): .*neither expired nor been revoked/s,
      },
      "a wrong password": {
        variables: login(product, { BITBUCKET_DATACENTER_USERNAME: "admin", BITBUCKET_DATACENTER_PASSWORD: "a-wrong-password" }),
        told: everyWebhook(product, "remote-unauthenticated"),
        at: WEBHOOK,
        says: /answered 401.*Check BITBUCKET_DATACENTER_USERNAME and BITBUCKET_DATACENTER_PASSWORD/s,
      },
      "a password where only tokens are taken": {
        arrange: switches({ "basic-login": "refuse" }),
        undo: switches({ "basic-login": "accept" }),
        variables: login(product, {
          BITBUCKET_DATACENTER_USERNAME: "admin",
          BITBUCKET_DATACENTER_PASSWORD: "sandbox-password-of-the-admin",
        }),
        told: everyWebhook(product, "remote-unauthenticated"),
        at: WEBHOOK,
        says: /Use an HTTP access token \(BITBUCKET_DATACENTER_TOKEN\) in place of user name and password|use an HTTP access token \(BITBUCKET_DATACENTER_TOKEN\)/,
      },
      "an address without the context path": {
        variables: (world) => ({ BITBUCKET_DATACENTER_URL: world.sandbox.bitbucketDatacenter.origin }),
        told: [
          ...everyWebhook(product, "remote-response-invalid"),
          // It is another address than that of the state.
          ...[WEBHOOK, product.NETWORKING].map((address) => `warning bitbucket-server-changed ${address}`),
        ],
        at: WEBHOOK,
        says: /answered 404.*Check that .* is the address of Bitbucket Data Center with its context path/s,
      },
    };
  },
};

/** What stands between, whichever product it is. */
const betweenOf = (product: Product): Rows => {
  const { WEBHOOK, service, operations, title } = product;
  return {
    "a redirect of Bitbucket to another origin": {
      faults: (elsewhere) => [[service, { operation: operations.list, kind: "redirect", status: 302, location: elsewhere, times: 50 }]],
      told: everyWebhook(product, "remote-redirect"),
      at: WEBHOOK,
      says: /status 302 to http.*credential is never sent to another address/s,
    },
    "an HTML page in place of Bitbucket, with its status for what is gone": {
      // Where the server may lack the first list, the plain one is asked.
      faults: () =>
        [operations.list, operations.plainList].map((operation) => [service, { operation, kind: "html", status: 404, times: 50 }]),
      told: everyWebhook(product, "remote-response-invalid"),
      at: WEBHOOK,
      says: /answered 404.*not how Bitbucket says that something does not exist/s,
    },
    "a rate limit of Bitbucket beyond what may be waited": {
      variables: () => ({ BITLIFT_RATE_LIMIT_MAX_WAIT: "1s" }),
      faults: () => [[service, { operation: operations.list, kind: "status", status: 429, headers: { "retry-after": "30" }, times: 50 }]],
      told: everyWebhook(product, "remote-rate-limited"),
      at: WEBHOOK,
      says: new RegExp(`${title} .* limits requests.*allows 1 s`, "s"),
    },
  };
};

/** Credentials that the usual seed has no use for. */
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
    "what a plan reads and cannot read is said at its webhook, and nothing is taken for gone",
    (world) => playReads(world, product, { ...CREDENTIALS[product.name](product), ...betweenOf(product) }),
    { seed },
  );
});
