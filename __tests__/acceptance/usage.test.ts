/** Who loses the source: the list, the warnings, the refusals, and the rename that leaves no gap. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_SEED } from "../../sandbox/seed.default";
import { configuration, errors, INTEGRATION, scenario, TOKEN_VARIABLE, warnings, WEBHOOK, type World } from "./world";

const PLATFORM = { SPACELIFT_API_KEY_ID: "01PLATFORM0000000000000000", SPACELIFT_API_KEY_SECRET: "platform-secret-of-the-sandbox" };
const READER = { SPACELIFT_API_KEY_ID: "01READER000000000000000000", SPACELIFT_API_KEY_SECRET: "reader-secret-of-the-sandbox" };

/** 130 stacks and 60 modules; 60 of the stacks and three of the modules use the integration "Payments". */
function crowded(): NonNullable<Parameters<typeof scenario>[2]> {
  const [account] = DEFAULT_SEED.spacelift.accounts;
  if (account === undefined) throw new Error("no account in the seed");
  const user = (kind: string, index: number, space: string, uses: boolean) => {
    const name = `${kind}-${String(index).padStart(3, "0")}`;
    const source = { provider: "BITBUCKET_CLOUD" as const, namespace: "acme-workspace", repository: "infrastructure" };
    return { id: name, name, space, ...source, ...(uses ? { vcsIntegrationId: "payments" } : {}) };
  };
  return {
    seed: {
      spacelift: {
        accounts: [
          {
            ...account,
            integrations: [
              { provider: "BITBUCKET_CLOUD", name: "Payments", space: "platform", email: "spacelift@acme.example", credential: "by-hand" },
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

scenario(
  "the data source pages through the whole account, and says how much of it the key sees",
  async (world) => {
    await world.write({
      data: { bitlift_integration_usage: { payments: { product: "cloud", integration_id: "payments" } } },
      output: { usage: { value: "${data.bitlift_integration_usage.payments}" } },
    });
    const all = await usageAs(world);
    expect(all.stacks).toHaveLength(60);
    expect(all.stacks.find((stack) => stack["id"] === "stack-006")).toEqual({
      id: "stack-006",
      name: "stack-006",
      space_id: "platform-production",
      namespace: "acme-workspace",
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
  crowded(),
);

/** Input of a stack on the repository "infrastructure". */
const stackOf = (integration: string | null, name = "Payments production") => ({
  name,
  space: "platform",
  provider: integration === null ? "GITHUB" : "BITBUCKET_CLOUD",
  namespace: "acme-workspace",
  repository: "infrastructure",
  branch: "main",
  vcsIntegrationId: integration,
  administrative: false,
  autodeploy: false,
  labels: [],
});
const createStack = (world: World, input: object) =>
  world.graphql("mutation($input:StackInput!){stackCreate(input:$input,manageState:true){id}}", { input });

interface Account {
  readonly integrations: readonly { readonly id: string; readonly users: readonly string[] }[];
  readonly stacks: readonly { readonly id: string; readonly vcsIntegrationId: string | null }[];
}

async function account(world: World): Promise<Account> {
  const { accounts } = (await world.control("spacelift", "state")) as { accounts: Account[] };
  return accounts[0] ?? { integrations: [], stacks: [] };
}

/** Everybody who uses "Payments" gets another source. */
async function leave(world: World): Promise<void> {
  for (const id of (await account(world)).integrations[0]?.users ?? []) {
    if (id.startsWith("module")) await world.graphql("mutation($id:ID!){moduleDelete(id:$id){id}}", { id });
    else
      await world.graphql("mutation($id:ID!,$input:StackInput!){stackUpdate(id:$id,input:$input){id}}", { id, input: stackOf(null, id) });
  }
}

scenario(
  "a delete names 20 and a count at plan, and is refused while anything is attached or the list is known to be short",
  async (world) => {
    const declared = (integration: object = {}) => ({
      resource: {
        bitlift_bitbucket_cloud_integration: {
          payments: {
            name: "Payments",
            space_id: "platform",
            email: "spacelift@acme.example",
            api_token_env: TOKEN_VARIABLE,
            ...integration,
          },
        },
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

    await leave(world);
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
  crowded(),
);

scenario("a webhook that goes is announced with whom it feeds, and one that feeds nobody goes in silence", async (world) => {
  const declared = configuration({ integration: { space_id: "platform" } }) as { resource: Record<string, unknown> };
  await world.establish(declared);
  await createStack(world, stackOf("payments"));
  const { bitlift_bitbucket_cloud_webhook: _, ...rest } = declared.resource;
  await world.write({ resource: rest });
  const planned = await world.plan();
  expect(planned.changes.map((change) => change.actions.join())).toEqual(["delete", "delete"]);
  expect(warnings(planned)).toEqual([
    expect.stringMatching(
      /^Deliveries to Spacelift stop for a repository: .*acme-workspace\/infrastructure no longer reach stack "Payments production" \(payments-production\)/,
    ),
  ]);
});

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
function app(name: string): Record<string, unknown> {
  const { resource } = configuration({ integration: { name, space_id: "platform" } });
  const followed = `\${${WEBHOOK}.integration_id}`;
  const command = {
    interpreter: [process.execPath],
    command: "repoint.cjs",
    environment: { INTEGRATION: followed, STACK: JSON.stringify(stackOf("")) },
  };
  const stack = { triggers_replace: followed, provisioner: [{ "local-exec": command }] };
  return { resource: { ...(resource as object), terraform_data: { stack } } };
}

async function forgetRequests(world: World): Promise<void> {
  for (const { origin } of [world.sandbox.spacelift, world.sandbox.bitbucketCloud])
    await fetch(`${origin}/_sandbox/requests`, { method: "DELETE" });
}

/** What changed on both sides, in the order of arrival; of webhooks only those of "infrastructure", which the stack follows. */
async function changesMade(world: World): Promise<readonly string[]> {
  const { uuid } = (await world.bitbucket("GET", "/repositories/acme-workspace/infrastructure")) as { uuid: string };
  const entries = await Promise.all(
    (["spacelift", "bitbucket-cloud"] as const).map(
      async (service) => (await world.control(service, "requests")) as { time: string; operation: string; path: string }[],
    ),
  );
  const change = /^(bitbucketCloudIntegration(CreateV2|Delete)|stackUpdate|(create|delete)RepositoryHook)$/;
  return entries
    .flat()
    .filter(
      ({ operation, path }) =>
        change.test(operation) &&
        (!operation.endsWith("Hook") || /\/(infrastructure|UUID)\//.test(decodeURIComponent(path).replace(uuid, "UUID"))),
    )
    .sort((one, other) => one.time.localeCompare(other.time))
    .map(({ operation }) => operation);
}

scenario("a rename leaves no gap for stacks of the same app, and the old integration stays for one that lives elsewhere", async (world) => {
  await writeFile(join(world.stack, "repoint.cjs"), REPOINT);
  await createStack(world, stackOf(null));
  const attached = async () =>
    Object.fromEntries((await account(world)).stacks.map(({ id, vcsIntegrationId }) => [id, vcsIntegrationId])) as Record<string, unknown>;
  await world.establish(app("Payments"));
  expect(await attached()).toMatchObject({ "payments-production": "payments" });

  await forgetRequests(world);
  await world.write(app("Payments team"));
  const renamed = await world.apply();
  expect(errors(renamed)).toEqual([]);
  expect(await changesMade(world)).toEqual([
    "bitbucketCloudIntegrationCreateV2",
    "createRepositoryHook",
    "stackUpdate",
    "deleteRepositoryHook",
    "bitbucketCloudIntegrationDelete",
  ]);
  expect(await attached()).toMatchObject({ "payments-production": "payments-team" });

  await createStack(world, stackOf("payments-team", "Lives elsewhere"));
  await world.write(app("Payments again"));
  const planned = await world.plan();
  expect(warnings(planned).find((one) => one.startsWith("Stacks and modules lose their source"))).toMatch(
    /stack "Lives elsewhere" \(lives-elsewhere\)/,
  );
  await forgetRequests(world);
  expect(errors(await world.run(["apply", "-json", planned.file])).join()).toMatch(
    /^Stacks or modules use the integration: "Payments team" \(payments-team\) is used by stack "Lives elsewhere" \(lives-elsewhere\)\. /,
  );
  expect(await changesMade(world)).not.toContain("bitbucketCloudIntegrationDelete");
  expect(await attached()).toMatchObject({ "payments-production": "payments-again", "lives-elsewhere": "payments-team" });
});
