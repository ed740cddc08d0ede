/** The consumers of an integration: the data source, the warnings, the errors, and a rename that leaves no gap. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_SEED } from "../../packages/sandbox";
import { PRODUCTS, repositoryName, type LoggedRequest, type PreparedFolder, type Product, type SandboxClient } from "../../tools/harness";
import { configuration, configurationWithoutWebhooks, defaultCredential } from "./configuration";
import { errorCodes, errors, textOf, warningCodes, warnings } from "./diagnostics";
import { changeStack, createStack, stackInput } from "./outside-changes";
import { PLATFORM, READER } from "./read-failures";
import { scenario, type ScenarioOptions } from "./scenario";

/** A seed with 130 stacks and 60 modules; 60 of the stacks and three of the modules use the integration "Payments". */
function seedWithConsumers(product: Product): ScenarioOptions {
  const [account] = DEFAULT_SEED.spacelift.accounts;
  if (account === undefined) throw new Error("The seed has no account.");
  const source = { provider: product.provider, namespace: product.namespace, repository: "infrastructure" };
  const attached = { ...source, vcsIntegrationId: "payments" };
  const consumer = (type: string, index: number, space: string, isAttached: boolean) => {
    const name = `${type}-${String(index).padStart(3, "0")}`;
    return { id: name, name, space, ...(isAttached ? attached : source) };
  };
  const integration = { provider: product.provider, name: "Payments", space: "platform", ...product.loginInput, credential: "manual" };
  return {
    seed: {
      spacelift: {
        accounts: [
          {
            ...account,
            integrations: [integration],
            // A key with access only to "platform" sees that a parent Space exists, but not its contents.
            spaces: (account.spaces ?? []).map((space) => (space.id === "platform" ? { ...space, inheritEntities: false } : space)),
            stacks: Array.from({ length: 130 }, (_, index) =>
              consumer("stack", index, index % 4 < 2 ? "platform" : "platform-production", index % 2 === 0 && index < 120),
            ),
            modules: Array.from({ length: 60 }, (_, index) => consumer("module", index, "platform", index % 20 === 7)),
          },
        ],
      },
    },
  };
}

interface Usage {
  readonly stacks: readonly Record<string, unknown>[];
  readonly modules: readonly Record<string, unknown>[];
  readonly complete: boolean | null;
}

async function readUsage(folder: PreparedFolder, key: Record<string, string> = {}): Promise<Usage> {
  expect(errors(await folder.apply([], key))).toEqual([]);
  const { stdout } = await folder.run(["output", "-json"]);
  return (JSON.parse(stdout) as { usage: { value: Usage } }).usage.value;
}

interface Account {
  readonly integrations: readonly { readonly id: string; readonly users: readonly string[] }[];
  readonly stacks: readonly { readonly id: string; readonly vcsIntegrationId: string | null }[];
}

async function readAccount(remote: SandboxClient): Promise<Account> {
  const { accounts } = await remote.control<{ accounts: Account[] }>("spacelift", "state");
  return accounts[0] ?? { integrations: [], stacks: [] };
}

/** Detaches every consumer of "Payments". */
async function detachConsumers(remote: SandboxClient, product: Product): Promise<void> {
  for (const id of (await readAccount(remote)).integrations[0]?.users ?? []) {
    if (id.startsWith("module")) await remote.graphql("mutation($id:ID!){moduleDelete(id:$id){id}}", { id });
    else await changeStack(remote, id, stackInput(product, null, { name: id }));
  }
}

/** Emulates a stack of the same app that takes its integration from the webhook: sends the request that Spacelift's own provider sends. */
const REPOINT = `
const send = async (query, variables, headers = {}) => {
  const response = await fetch(process.env.SPACELIFT_API_KEY_ENDPOINT + "/graphql", {
    method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};
(async () => {
  const { SPACELIFT_API_KEY_ID: key, SPACELIFT_API_KEY_SECRET: secret, INTEGRATION, STACK } = process.env;
  const login = await send("mutation($key:ID!,$secret:String!){apiKeyUser(id:$key,secret:$secret){jwt}}", { key, secret });
  const input = { ...JSON.parse(STACK), vcsIntegrationId: INTEGRATION };
  const id = input.name.toLowerCase().replaceAll(" ", "-");
  await send("mutation($id:ID!,$input:StackInput!){stackUpdate(id:$id,input:$input){id}}", { id, input },
    { authorization: "Bearer " + login.apiKeyUser.jwt });
})();
`;

/** The default configuration, which has create_before_destroy, and a stack that takes its integration from the webhook. */
function configurationWithStack(product: Product, name: string): Record<string, unknown> {
  const { resource } = configuration(product, { integration: { name, space_id: "platform" } });
  const followed = `\${${product.WEBHOOK}.integration_id}`;
  const command = {
    interpreter: [process.execPath],
    command: "repoint.cjs",
    environment: { INTEGRATION: followed, STACK: JSON.stringify(stackInput(product, "")) },
  };
  const stack = { triggers_replace: followed, provisioner: [{ "local-exec": command }] };
  return { resource: { ...resource, terraform_data: { stack } } };
}

/** The write requests in the order of arrival; for webhooks, only those in "infrastructure", from whose webhook the stack takes its integration. */
async function writeRequests(remote: SandboxClient, product: Product): Promise<readonly string[]> {
  const { mutations, operations } = product;
  const ofWebhooks = [operations.create, operations.remove];
  const counted = [mutations.create, mutations.remove, "stackUpdate", ...ofWebhooks];
  // On Bitbucket Cloud, a path may contain the repository's UUID instead of its name.
  const { uuid } = (await remote.bitbucket(product, "GET", product.repositoryPath("infrastructure"))) as { uuid?: string };
  const isFollowed = ({ path = "" }: LoggedRequest) =>
    decodeURIComponent(path)
      .split("/")
      .some((part) => part === "infrastructure" || (uuid !== undefined && part === uuid));
  const requests = await Promise.all((["spacelift", product.service] as const).map((service) => remote.requests(service)));
  return requests
    .flat()
    .filter((request) => counted.includes(request.operation) && (!ofWebhooks.includes(request.operation) || isFollowed(request)))
    .sort((a, b) => a.time.localeCompare(b.time))
    .map(({ operation }) => operation);
}

describe.each(PRODUCTS)("on $title", (product) => {
  const { INTEGRATION } = product;

  scenario(
    "the data source reads every page of stacks and modules, and returns whether the list is complete",
    async ({ folder, remote }) => {
      await folder.write({
        data: { bitlift_integration_usage: { payments: { product: product.name, integration_id: "payments" } } },
        output: { usage: { value: "${data.bitlift_integration_usage.payments}" } },
      });
      const usage = await readUsage(folder);
      expect(usage.stacks).toHaveLength(60);
      expect(usage.stacks.find((stack) => stack["id"] === "stack-006")).toEqual({
        id: "stack-006",
        name: "stack-006",
        space_id: "platform-production",
        namespace: product.namespace,
        repository: "infrastructure",
        branch: "main",
      });
      expect(usage.modules.map((module) => module["id"])).toEqual(["module-007", "module-027", "module-047"]);
      expect(usage.complete).toBe(true);

      const incomplete = await readUsage(folder, PLATFORM);
      expect([incomplete.stacks.length, incomplete.modules.length, incomplete.complete]).toEqual([60, 3, false]);
      // The key reads every Space that it can see, which does not prove that no others exist.
      const reader = await readUsage(folder, READER);
      expect([reader.stacks.length, reader.modules.length, reader.complete]).toEqual([60, 3, null]);
      // An older server does not return who is an administrator.
      await remote.control("spacelift", "switches", { "viewer-admin-field": "absent" });
      expect((await readUsage(folder)).complete).toBe(null);
    },
    seedWithConsumers(product),
  );

  scenario(
    "at plan, a delete names 20 consumers and counts the rest; the apply fails while any is attached or the list is incomplete",
    async ({ folder, remote }) => {
      const declared = (integration: object = {}) => ({
        resource: {
          [product.integration]: { payments: { name: "Payments", space_id: "platform", ...defaultCredential(product), ...integration } },
        },
      });
      await folder.write({ ...declared(), import: [{ to: INTEGRATION, id: "payments" }] });
      expect(errors(await folder.apply())).toEqual([]);

      await folder.write({});
      const planned = await folder.plan();
      expect(warningCodes(planned)).toEqual(["consumers-will-be-detached"]);
      const [warning = ""] = warnings(planned);
      expect(warning.match(/(stack|module) "/g)).toHaveLength(20);
      expect(warning).toContain("43");
      expect(warning).not.toContain("API key");
      const asPlatform = await folder.plan([], PLATFORM);
      expect(warningCodes(asPlatform)).toEqual(["consumers-will-be-detached"]);
      expect(warnings(asPlatform).join()).toMatch(/43.*API key 01PLATFORM0000000000000000 .*Space "root"/s);
      await remote.control("spacelift", "switches", { "viewer-admin-field": "absent" });
      const onOlderServer = await folder.plan();
      expect(warningCodes(onOlderServer)).toEqual(["consumers-will-be-detached"]);
      // The text says that the list may be incomplete.
      expect(warnings(onOlderServer).join()).toMatch(/43 more.*not known whether API key/s);
      await remote.control("spacelift", "switches", { "viewer-admin-field": "present" });

      const failed = await folder.apply();
      expect(errorCodes(failed)).toEqual(["integration-in-use"]);
      expect(errors(failed).join()).toMatch(/"stack-000".*43.*detach_protection = false/s);

      await detachConsumers(remote, product);
      expect(warningCodes(await folder.plan([], PLATFORM))).toEqual(["integration-usage-unknown"]);
      const failedAsPlatform = await folder.apply([], PLATFORM);
      expect(errorCodes(failedAsPlatform)).toEqual(["integration-in-use"]);
      expect(errors(failedAsPlatform).join()).toMatch(/"Payments".*Space "root"/s);
      expect(await folder.state(INTEGRATION)).toMatchObject({ id: "payments" });

      await folder.write(declared({ detach_protection: false }));
      expect(errors(await folder.apply([], PLATFORM))).toEqual([]);
      await folder.write({});
      expect(errors(await folder.apply([], PLATFORM))).toEqual([]);
      expect((await readAccount(remote)).integrations).toEqual([]);
    },
    seedWithConsumers(product),
  );

  scenario(
    "the deletion of a webhook causes a warning that names its consumers; without consumers there is no warning",
    async ({ folder, remote }) => {
      await folder.deploy(configuration(product, { integration: { space_id: "platform" } }));
      await createStack(remote, stackInput(product, "payments"));
      await folder.write(configurationWithoutWebhooks(product, { space_id: "platform" }));
      const planned = await folder.plan();
      expect(planned.changes.map((change) => change.actions.join())).toEqual(["delete", "delete"]);
      expect(warningCodes(planned)).toEqual(["webhook-removal"]);
      const [warning = ""] = warnings(planned);
      expect(warning).toContain(repositoryName(product, "infrastructure"));
      expect(warning).toContain('stack "Payments production" (payments-production)');
    },
  );

  scenario(
    "a rename leaves no gap for stacks of the same app, and the old integration stays while a stack of another app uses it",
    async ({ folder, remote }) => {
      const services = ["spacelift", product.service] as const;
      await writeFile(join(folder.path, "repoint.cjs"), REPOINT);
      await createStack(remote, stackInput(product, null));
      const attached = async () =>
        Object.fromEntries((await readAccount(remote)).stacks.map(({ id, vcsIntegrationId }) => [id, vcsIntegrationId])) as Record<
          string,
          unknown
        >;
      await folder.deploy(configurationWithStack(product, "Payments"));
      expect(await attached()).toMatchObject({ "payments-production": "payments" });

      await remote.clearRequests(services);
      await folder.write(configurationWithStack(product, "Payments team"));
      const renamed = await folder.apply();
      expect(errors(renamed)).toEqual([]);
      expect(await writeRequests(remote, product)).toEqual([
        product.mutations.create,
        product.operations.create,
        "stackUpdate",
        product.operations.remove,
        product.mutations.remove,
      ]);
      expect(await attached()).toMatchObject({ "payments-production": "payments-team" });

      await createStack(remote, stackInput(product, "payments-team", { name: "In another app" }));
      await folder.write(configurationWithStack(product, "Payments again"));
      const planned = await folder.plan();
      expect(textOf(planned, "consumers-will-be-detached")).toContain('stack "In another app" (in-another-app)');
      await remote.clearRequests(services);
      const failed = await folder.applyPlan(planned);
      expect(errorCodes(failed)).toEqual(["integration-in-use"]);
      expect(errors(failed).join()).toMatch(/"Payments team" \(payments-team\).*stack "In another app" \(in-another-app\)/s);
      expect(await writeRequests(remote, product)).not.toContain(product.mutations.remove);
      expect(await attached()).toMatchObject({ "payments-production": "payments-again", "in-another-app": "payments-team" });
    },
  );
});
