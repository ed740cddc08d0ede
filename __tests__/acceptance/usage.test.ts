/** Who loses the source: the list, the warnings, the refusals, and the rename that leaves no gap. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_SEED } from "../../packages/sandbox";
import { changeStack, createStack, stackInput } from "./by-hand";
import { configuration, onlyIntegration } from "./configuration";
import { credentialOf, fullNameOf, type Product } from "./product";
import { PRODUCTS } from "./products";
import { forgetRequests, requestsOf } from "./requests";
import { errors, scenario, warnings, type World } from "./world";

const PLATFORM = { SPACELIFT_API_KEY_ID: "01PLATFORM0000000000000000", SPACELIFT_API_KEY_SECRET: "platform-secret-of-the-sandbox" };
const READER = { SPACELIFT_API_KEY_ID: "01READER000000000000000000", SPACELIFT_API_KEY_SECRET: "reader-secret-of-the-sandbox" };

/** 130 stacks and 60 modules; 60 of the stacks and three of the modules use the integration "Payments". */
function crowded(product: Product): NonNullable<Parameters<typeof scenario>[2]> {
  const [account] = DEFAULT_SEED.spacelift.accounts;
  if (account === undefined) throw new Error("no account in the seed");
  const user = (kind: string, index: number, space: string, uses: boolean) => {
    const name = `${kind}-${String(index).padStart(3, "0")}`;
    const source = { provider: product.provider, namespace: product.namespace, repository: "infrastructure" };
    return { id: name, name, space, ...source, ...(uses ? { vcsIntegrationId: "payments" } : {}) };
  };
  return {
    seed: {
      spacelift: {
        accounts: [
          {
            ...account,
            integrations: [
              { provider: product.provider, name: "Payments", space: "platform", ...product.remoteLogin, credential: "by-hand" },
            ],
            // A key that knows only "platform" sees that there is a Space above it, and not what is in that one.
            spaces: (account.spaces ?? []).map((space) => (space.id === "platform" ? { ...space, inheritEntities: false } : space)),
            stacks: Array.from({ length: 130 }, (_, index) =>
              user("stack", index, index % 4 < 2 ? "platform" : "platform-production", index % 2 === 0 && index < 120),
            ),
            modules: Array.from({ length: 60 }, (_, index) => user("module", index, "platform", index % 20 === 7)),
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

async function usageAs(world: World, key: Record<string, string> = {}): Promise<Usage> {
  const ran = await world.apply([], key);
  expect(errors(ran)).toEqual([]);
  const { stdout } = await world.run(["output", "-json"]);
  return (JSON.parse(stdout) as { usage: { value: Usage } }).usage.value;
}

interface Account {
  readonly integrations: readonly { readonly id: string; readonly users: readonly string[] }[];
  readonly stacks: readonly { readonly id: string; readonly vcsIntegrationId: string | null }[];
}

async function account(world: World): Promise<Account> {
  const { accounts } = (await world.control("spacelift", "state")) as { accounts: Account[] };
  return accounts[0] ?? { integrations: [], stacks: [] };
}

/** Everybody who uses "Payments" gets another source. */
async function leave(world: World, product: Product): Promise<void> {
  for (const id of (await account(world)).integrations[0]?.users ?? []) {
    if (id.startsWith("module")) await world.graphql("mutation($id:ID!){moduleDelete(id:$id){id}}", { id });
    else await changeStack(world, id, stackInput(product, null, { name: id }));
  }
}

/** Plays a stack of the same app: it follows the webhook's integration_id, by the call that Spacelift's own provider makes. */
const REPOINT = `
const ask = async (query, variables, headers = {}) => {
  const answer = await fetch(process.env.SPACELIFT_API_KEY_ENDPOINT + "/graphql", {
    method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};
(async () => {
  const { SPACELIFT_API_KEY_ID: key, SPACELIFT_API_KEY_SECRET: secret, INTEGRATION, STACK } = process.env;
  const login = await ask("mutation($key:ID!,$secret:String!){apiKeyUser(id:$key,secret:$secret){jwt}}", { key, secret });
  const input = { ...JSON.parse(STACK), vcsIntegrationId: INTEGRATION };
  const id = input.name.toLowerCase().replaceAll(" ", "-");
  await ask("mutation($id:ID!,$input:StackInput!){stackUpdate(id:$id,input:$input){id}}", { id, input },
    { authorization: "Bearer " + login.apiKeyUser.jwt });
})();
`;

/** The usual app, which creates first, and a stack of its own that takes its integration from the webhook. */
function app(product: Product, name: string): Record<string, unknown> {
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

/** What changed on both sides, in the order of arrival; of webhooks only those of "infrastructure", which the stack follows. */
async function changesMade(world: World, product: Product): Promise<readonly string[]> {
  const { mutations, operations } = product;
  const ofHooks = [operations.create, operations.remove];
  const counted = [mutations.create, mutations.remove, "stackUpdate", ...ofHooks];
  // Where repositories have a UUID, a path may name one by it.
  const { uuid } = (await world.bitbucket(product, "GET", product.path("infrastructure"))) as { uuid?: string };
  const followed = ({ path = "" }: { readonly path?: string }) =>
    decodeURIComponent(path)
      .split("/")
      .some((part) => part === "infrastructure" || (uuid !== undefined && part === uuid));
  const entries = await Promise.all((["spacelift", product.service] as const).map((service) => requestsOf(world, service)));
  return entries
    .flat()
    .filter((one) => counted.includes(one.operation) && (!ofHooks.includes(one.operation) || followed(one)))
    .sort((one, other) => one.time.localeCompare(other.time))
    .map(({ operation }) => operation);
}

describe.each(PRODUCTS)("on $title", (product) => {
  const { INTEGRATION } = product;

  scenario(
    "the data source pages through the whole account, and says how much of it the key sees",
    async (world) => {
      await world.write({
        data: { bitlift_integration_usage: { payments: { product: product.name, integration_id: "payments" } } },
        output: { usage: { value: "${data.bitlift_integration_usage.payments}" } },
      });
      const all = await usageAs(world);
      expect(all.stacks).toHaveLength(60);
      expect(all.stacks.find((stack) => stack["id"] === "stack-006")).toEqual({
        id: "stack-006",
        name: "stack-006",
        space_id: "platform-production",
        namespace: product.namespace,
        repository: "infrastructure",
        branch: "main",
      });
      expect(all.modules.map((module) => module["id"])).toEqual(["module-007", "module-027", "module-047"]);
      expect(all.complete).toBe(true);

      const short = await usageAs(world, PLATFORM);
      expect([short.stacks.length, short.modules.length, short.complete]).toEqual([60, 3, false]);
      // Reads every Space that it knows of, which is no proof that there are no others.
      const reader = await usageAs(world, READER);
      expect([reader.stacks.length, reader.modules.length, reader.complete]).toEqual([60, 3, null]);
      // An older server does not say who is an administrator.
      await world.control("spacelift", "switches", { "viewer-admin-field": "absent" });
      expect((await usageAs(world)).complete).toBe(null);
    },
    crowded(product),
  );

  scenario(
    "a delete names 20 and a count at plan, and is refused while anything is attached or the list is known to be short",
    async (world) => {
      const declared = (integration: object = {}) => ({
        resource: {
          [product.integration]: { payments: { name: "Payments", space_id: "platform", ...credentialOf(product), ...integration } },
        },
      });
      await world.write({ ...declared(), import: [{ to: INTEGRATION, id: "payments" }] });
      expect(errors(await world.apply())).toEqual([]);

      await world.write({});
      const [warning = "", ...more] = warnings(await world.plan());
      expect(more).toEqual([]);
      expect(warning).toMatch(/^Stacks and modules lose their source: /);
      expect(warning.match(/(stack|module) "/g)).toHaveLength(20);
      expect(warning).toMatch(/ and 43 more: no webhooks and no runs/);
      expect(warning).not.toMatch(/known to be short|cannot be told/);
      expect(warnings(await world.plan([], PLATFORM)).join("\n")).toMatch(
        /and 43 more.*known to be short: API key 01PLATFORM0000000000000000 cannot see Space "root"/s,
      );
      await world.control("spacelift", "switches", { "viewer-admin-field": "absent" });
      expect(warnings(await world.plan()).join("\n")).toMatch(/and 43 more.*Whether the list is complete cannot be told/s);
      await world.control("spacelift", "switches", { "viewer-admin-field": "present" });

      const refused = errors(await world.apply());
      expect(refused).toHaveLength(1);
      expect(refused[0]).toMatch(
        /^Stacks or modules use the integration: .*"stack-000".* and 43 more\. .*detach_protection = false.*\(integration-in-use\)/s,
      );

      await leave(world, product);
      expect(warnings(await world.plan([], PLATFORM)).join("\n")).toMatch(
        /^It is not known who uses the integration: No stack or module is seen.*known to be short/s,
      );
      expect(errors(await world.apply([], PLATFORM)).join("\n")).toMatch(
        /No stack or module is seen that uses "Payments".*cannot see Space "root".*\(integration-in-use\)/s,
      );
      expect(await world.state(INTEGRATION)).toMatchObject({ id: "payments" });

      await world.write(declared({ detach_protection: false }));
      expect(errors(await world.apply([], PLATFORM))).toEqual([]);
      await world.write({});
      expect(errors(await world.apply([], PLATFORM))).toEqual([]);
      expect((await account(world)).integrations).toEqual([]);
    },
    crowded(product),
  );

  scenario("a webhook that goes is announced with whom it feeds, and one that feeds nobody goes in silence", async (world) => {
    await world.establish(configuration(product, { integration: { space_id: "platform" } }));
    await createStack(world, stackInput(product, "payments"));
    await world.write(onlyIntegration(product, { space_id: "platform" }));
    const planned = await world.plan();
    expect(planned.changes.map((change) => change.actions.join())).toEqual(["delete", "delete"]);
    expect(warnings(planned)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Deliveries to Spacelift stop for a repository: .*${fullNameOf(product, "infrastructure")} no longer reach stack "Payments production" \\(payments-production\\)`,
        ),
      ),
    ]);
  });

  scenario(
    "a rename leaves no gap for stacks of the same app, and the old integration stays for one that lives elsewhere",
    async (world) => {
      const services = ["spacelift", product.service] as const;
      await writeFile(join(world.stack, "repoint.cjs"), REPOINT);
      await createStack(world, stackInput(product, null));
      const attached = async () =>
        Object.fromEntries((await account(world)).stacks.map(({ id, vcsIntegrationId }) => [id, vcsIntegrationId])) as Record<
          string,
          unknown
        >;
      await world.establish(app(product, "Payments"));
      expect(await attached()).toMatchObject({ "payments-production": "payments" });

      await forgetRequests(world, services);
      await world.write(app(product, "Payments team"));
      const renamed = await world.apply();
      expect(errors(renamed)).toEqual([]);
      expect(await changesMade(world, product)).toEqual([
        product.mutations.create,
        product.operations.create,
        "stackUpdate",
        product.operations.remove,
        product.mutations.remove,
      ]);
      expect(await attached()).toMatchObject({ "payments-production": "payments-team" });

      await createStack(world, stackInput(product, "payments-team", { name: "Lives elsewhere" }));
      await world.write(app(product, "Payments again"));
      const planned = await world.plan();
      expect(warnings(planned).find((one) => one.startsWith("Stacks and modules lose their source"))).toMatch(
        /stack "Lives elsewhere" \(lives-elsewhere\)/,
      );
      await forgetRequests(world, services);
      expect(errors(await world.run(["apply", "-json", planned.file])).join()).toMatch(
        /^Stacks or modules use the integration: "Payments team" \(payments-team\) is used by stack "Lives elsewhere" \(lives-elsewhere\)\. /,
      );
      expect(await changesMade(world, product)).not.toContain(product.mutations.remove);
      expect(await attached()).toMatchObject({ "payments-production": "payments-again", "lives-elsewhere": "payments-team" });
    },
  );
});
