/** A login that is missing or unusable is an error of the plan, whatever the plan does, so that an apply never stops halfway. */
import { DATACENTER, PRODUCTS, type Harness, type Product } from "../../tools/harness";
import { configuration, configurationWithoutWebhooks, SPACE } from "./configuration";
import { diagnosticLines, errorCodes, errors, warningCodes } from "./diagnostics";
import { scenario } from "./scenario";

type Block = Record<string, string>;
type Variables = Record<string, string | undefined>;

const withProvider = (product: Product, blocks: Record<string, Block>) => ({
  provider: { bitlift: blocks },
  ...configuration(product),
});

const blockOf = ({ name }: Product) => `bitbucket_${name}`;
const notConfigured = ({ name }: Product) => `bitbucket-${name}-not-configured`;
const addressOf = ({ name }: Product) => (name === "cloud" ? "base_url" : "url");
const withoutToken = ({ providerTokenVariable }: Product): Variables => ({ [providerTokenVariable]: undefined });
const withoutSpacelift: Variables = { SPACELIFT_API_KEY_SECRET: undefined };

/** What is wrong: the blocks of the provider, the variables, the code of the error, and whether the provider block itself is wrong. */
type LateLogin = readonly [
  blocks: (harness: Harness) => Record<string, Block>,
  variables: Variables,
  code: string,
  at: "block" | "resource",
];

const nothing = () => ({});

const isAtLeast = (version: string, minor: number): boolean => Number(version.split(".")[1]) >= minor;

function lateLogins(product: Product): Readonly<Record<string, LateLogin>> {
  const block = (values: Block) => () => ({ [blockOf(product)]: values });
  const none = withoutToken(product);
  return {
    "no login to Bitbucket": [nothing, none, notConfigured(product), "resource"],
    "the variable of the token is not set": [block({ access_token_env: "NOT_SET" }), none, "credential-variable-not-set", "resource"],
    "two logins in one block": [
      block({ access_token: "a-token", username: "ci", password: "a-password" }),
      none,
      "bitbucket-credentials-conflict",
      "block",
    ],
    "half of a login": [block({ username: "ci" }), none, notConfigured(product), "resource"],
    "an empty token": [block({ access_token: "" }), none, "provider-setting-invalid", "block"],
    "an address without a scheme": [
      block({ [addressOf(product)]: "bitbucket.acme.example/2.0" }),
      none,
      "provider-setting-invalid",
      "block",
    ],
    "an address of a server's REST API": [
      block({ [addressOf(product)]: "https://bitbucket.acme.example/rest/api/1.0" }),
      none,
      "provider-setting-invalid",
      "block",
    ],
    "an endpoint without a scheme": [() => ({ spacelift: { endpoint: "acme.app.spacelift.io" } }), {}, "provider-setting-invalid", "block"],
    "git's user name": [block({ username: "x-token-auth", password: "a-token" }), none, "provider-setting-invalid", "block"],
    "no login to Spacelift": [nothing, withoutSpacelift, "spacelift-not-configured", "resource"],
    ...(product.name === "cloud" && {
      "an email address alone": [block({ email: "ci@acme.example" }), none, notConfigured(product), "resource"] as const,
    }),
  };
}

describe.each(PRODUCTS)("on $title", (product) => {
  scenario("a plan of a first deployment fails in every form, says it once, and an apply makes nothing", async (harness) => {
    const { folder, remote } = harness;
    const { service } = product;
    for (const [name, [blocks, variables, code, at]] of Object.entries(lateLogins(product))) {
      await folder.write(withProvider(product, blocks(harness)));
      await remote.clearRequests(["spacelift", service]);
      const planned = await folder.plan([], variables);
      expect({ name, code: planned.code, errors: errorCodes(planned) }).toEqual({ name, code: 1, errors: [code] });
      const [line = ""] = diagnosticLines(planned).filter((found) => found.startsWith("error"));
      expect([name, / bitlift_/.test(line)]).toEqual([name, at === "resource"]);
      const applied = await folder.apply([], variables);
      expect([name, applied.code, errorCodes(applied)]).toEqual([name, 1, [code]]);
      expect([name, await folder.state(SPACE), await folder.state(product.INTEGRATION)]).toEqual([name, undefined, undefined]);
      expect(await remote.countRequests(service)).toBe(0);
    }
  });

  scenario("a destroy without the login fails before it deletes anything", async ({ folder, remote }) => {
    await folder.deploy(configuration(product));
    for (const variables of [withoutToken(product), withoutSpacelift]) {
      const destroyed = await folder.destroy(["-refresh=false"], variables);
      expect(destroyed.code).toBe(1);
      expect(await folder.state(product.WEBHOOK)).toBeDefined();
    }
    expect(await remote.webhooks(product, "infrastructure")).toHaveLength(1);
  });

  scenario(
    "a saved plan that is applied without a login changes nothing in the system without it, and the next apply completes it",
    async ({ folder, remote }) => {
      await folder.deploy(configuration(product));
      await folder.write(configuration(product, { integration: { name: "Renamed" }, webhook: { title: "New title" } }));
      await remote.clearRequests(["spacelift", product.service]);
      const applied = await folder.applyPlan(await folder.plan(["-refresh=false"]), withoutSpacelift);
      expect([applied.code, [...new Set(errorCodes(applied))]]).toEqual([1, ["spacelift-not-configured"]]);
      expect(await remote.requests("spacelift", product.mutations.create)).toEqual([]);
      expect(await remote.requests("spacelift", product.mutations.remove)).toEqual([]);

      const withoutWebhooks = await folder.applyPlan(await folder.plan(), withoutToken(product));
      expect([withoutWebhooks.code, [...new Set(errorCodes(withoutWebhooks))]]).toEqual([1, [notConfigured(product)]]);
      // The error comes from the operation, so the engine keeps the webhooks in place.
      expect(await folder.state(product.WEBHOOK)).toMatchObject({ integration_id: "payments" });
      expect(await remote.webhooks(product, "infrastructure")).toMatchObject([{ title: "Spacelift (payments)" }]);
      await folder.applyAndReplan();
      expect(await remote.webhooks(product, "infrastructure")).toMatchObject([{ title: "New title" }]);
    },
  );

  scenario("a saved plan that replaces only a webhook, applied without the login, loses nothing", async ({ folder, remote }) => {
    await folder.deploy(configuration(product));
    const planned = await folder.plan([`-replace=${product.WEBHOOK}`]);
    const applied = await folder.applyPlan(planned, withoutToken(product));
    expect([applied.code, errorCodes(applied)]).toEqual([1, [notConfigured(product)]]);
    expect(await remote.webhooks(product, "infrastructure")).toHaveLength(1);
    // Terraform 1.10 says that it applies, so the operation reports the error, and the webhook stays in place. For other engines the plan of
    // the replacement fails, and they keep the webhook as a deposed object, which the next apply makes the current one.
    const { name, version } = folder.engine;
    if (name === "Terraform" && isAtLeast(version, 10))
      expect(await folder.state(product.WEBHOOK)).toMatchObject({ integration_id: "payments" });
    await folder.applyAndReplan();
    expect(await remote.webhooks(product, "infrastructure")).toMatchObject([{ title: "Spacelift (payments)" }]);
  });

  scenario("an unknown value in the provider block does not fail the plan of a create", async ({ folder, sandbox }) => {
    const { [product.providerTokenVariable]: token = "" } = sandbox.environment;
    await folder.write({
      provider: { bitlift: { [blockOf(product)]: { access_token: "${terraform_data.token.output}" } } },
      ...{ resource: { terraform_data: { token: { input: token } }, ...configuration(product).resource } },
    });
    const planned = await folder.plan([], withoutToken(product));
    expect([planned.code, errors(planned)]).toEqual([2, []]);
    await folder.applyAndReplan(withoutToken(product));
  });

  scenario(
    "the token for Spacelift that is not set is a warning of the plan of a create, and an error of the apply",
    async ({ folder }) => {
      await folder.write(configurationWithoutWebhooks(product));
      const variables = { PAYMENTS_BITBUCKET_TOKEN: undefined };
      const planned = await folder.plan([], variables);
      expect([planned.code, warningCodes(planned), errors(planned)]).toEqual([2, ["credential-variable-not-set"], []]);
      expect(errorCodes(await folder.applyPlan(planned, variables))).toEqual(["credential-variable-not-set"]);
    },
  );
});

scenario("a data source without its login is an error of the plan", async ({ folder }) => {
  await folder.write({ data: { bitlift_bitbucket_datacenter_repositories: { all: { project: DATACENTER.namespace } } } });
  const planned = await folder.plan([], withoutToken(DATACENTER));
  expect([planned.code, errorCodes(planned)]).toEqual([1, ["bitbucket-datacenter-not-configured"]]);
});
