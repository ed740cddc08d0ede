/** The stand-ins for the published providers, with a real engine: what those providers do, and what they fail to do. */
import { changedAttributes, CLOUD, DATACENTER, Harness, type PlanRun } from "../../tools/harness";
import {
  createDefaultCloudIntegration,
  HOOK,
  HOOK_SECRET,
  INTEGRATION,
  MODULE,
  PROVIDERS,
  configurationOfEveryType,
  SPACE,
  STACK,
  TRIGGERS,
  WEBHOOK,
  type ResourceChanges,
} from "./published-resources";
import { errors } from "./diagnostics";

const actions = (planned: PlanRun) => Object.fromEntries(planned.changes.map((change) => [change.address, change.actions.join()]));

jest.setTimeout(240_000);

let harness: Harness;

beforeEach(async () => {
  harness = await Harness.start({ standIns: true });
  await createDefaultCloudIntegration(harness.remote, harness.sandbox.environment["SPACELIFT_BITBUCKET_TOKEN"]);
});
afterEach(() => harness.stop());

async function deploy(changes: ResourceChanges = {}): Promise<void> {
  await harness.folder.write(configurationOfEveryType(changes));
  await harness.folder.applyAndReplan();
}

/** Writes changes and plans them. */
async function planChanges(changes: ResourceChanges): Promise<PlanRun> {
  await harness.folder.write(configurationOfEveryType(changes));
  return harness.folder.plan();
}

it("creates everything, plans nothing then, and destroys everything", async () => {
  const { folder, remote } = harness;
  const listAll = () => remote.graphql("{stacks{id} modules{id} spaces{id} vcsIntegrations{id}}");
  const before = await listAll();
  await deploy();
  expect(await folder.state(SPACE)).toMatchObject({ parent_space_id: "root", inherit_entities: false, description: "" });
  expect(await folder.state(INTEGRATION)).toMatchObject({ id: "payments", vcs_checks: "INDIVIDUAL", access_token_wo: null });
  expect(await folder.state(HOOK)).toMatchObject({ active: true, secret: HOOK_SECRET, secret_set: true, history_enabled: false });
  expect(await folder.state(WEBHOOK)).toMatchObject({ id: "PLAT/infrastructure/Spacelift", active: true });
  expect(await folder.state(STACK)).toMatchObject({
    slug: "production",
    bitbucket_cloud: [{ id: "main", namespace: "acme-workspace", is_default: true }],
    bitbucket_datacenter: [],
  });
  expect(await folder.state(MODULE)).toMatchObject({ bitbucket_datacenter: [{ id: "payments", namespace: "PLAT", is_default: false }] });
  const destroyed = await folder.destroy();
  expect(errors(destroyed)).toEqual([]);
  expect(await listAll()).toEqual(before);
});

it("updates in place, and plans nothing then", async () => {
  await deploy();
  await deploy({
    space: { description: "Payments team", labels: ["a", "b"] },
    integration: { description: "text", labels: ["b", "a"], vcs_checks: "AGGREGATED", use_git_checkout: true },
    hook: { description: "Renamed", active: false, events: ["repo:push"] },
    webhook: { events: ["pr:opened", "repo:refs_changed"] },
    stack: { description: "text", labels: ["x"], autodeploy: true, before_init: ["echo 1"], project_root: "live" },
    module: { description: "text", labels: ["x"] },
  });
  expect(await harness.folder.state(STACK)).toMatchObject({ description: "text", autodeploy: true, before_init: ["echo 1"] });
});

it("what leaves the configuration is stored as empty, whether the response contains it or not", async () => {
  await deploy({ space: { labels: ["a"] }, stack: { before_init: ["echo 1"] }, module: { description: "text", labels: ["x"] } });
  await deploy();
  expect(await harness.folder.state(SPACE)).toMatchObject({ labels: [] });
  expect(await harness.folder.state(STACK)).toMatchObject({ before_init: [] });
  expect(await harness.folder.state(MODULE)).toMatchObject({ description: "", labels: [] });
});

it("a new name or default flag of an integration is planned in place, changes nothing, and comes back with the next plan", async () => {
  const { folder } = harness;
  const inRoot = (change: object): ResourceChanges => ({
    space: { inherit_entities: true },
    integration: { space_id: "root", ...change },
  });
  await deploy(inRoot({}));
  for (const change of [{ name: "Renamed" }, { is_default: true }]) {
    const changes = inRoot(change);
    expect(actions(await planChanges(changes))).toEqual({ [INTEGRATION]: "update" });
    expect(errors(await folder.apply())).toEqual([]);
    expect(await folder.state(INTEGRATION)).toMatchObject({ name: "Payments", is_default: false });
    expect(actions(await folder.plan())).toEqual({ [INTEGRATION]: "update" });
  }
});

it("a null_resource with the name and the flag as triggers makes it a replacement", async () => {
  const { folder, remote } = harness;
  const withTriggers = (changed: { readonly name?: string; readonly is_default?: boolean }): ResourceChanges => ({
    space: { inherit_entities: true },
    integration: { space_id: "root", ...changed, lifecycle: { replace_triggered_by: [TRIGGERS] } },
    stack: { bitbucket_cloud: [], bitbucket_datacenter: [{ id: `\${${INTEGRATION}.id}`, namespace: "PLAT" }] },
    others: { null_resource: { payments: { triggers: { name: "Payments", is_default: "false", ...changed } } } },
  });
  await deploy(withTriggers({}));
  const before = await folder.state(INTEGRATION);

  // A new flag keeps the name, so the replacement keeps id and URL, and brings a new secret.
  const planned = await planChanges(withTriggers({ is_default: true }));
  expect(actions(planned)).toMatchObject({ [TRIGGERS]: "delete,create", [INTEGRATION]: "delete,create", [WEBHOOK]: "update" });
  expect(errors(await folder.apply())).toEqual([]);
  const after = await folder.state(INTEGRATION);
  expect(after).toMatchObject({ id: "payments", is_default: true, webhook_url: before?.["webhook_url"] });
  expect(after?.["webhook_secret"]).not.toBe(before?.["webhook_secret"]);
  // Spacelift detached the stack from the deleted integration. The provider shows that only now.
  const second = await folder.apply();
  expect(errors(second)).toEqual([]);
  expect((await folder.plan()).code).toBe(0);

  await folder.write(configurationOfEveryType(withTriggers({ is_default: true, name: "Renamed" })));
  expect(errors(await folder.apply())).toEqual([]);
  expect(await folder.state(INTEGRATION)).toMatchObject({ id: "renamed", name: "Renamed" });
  const { vcsIntegrations } = await remote.graphql<{ vcsIntegrations: { id: string }[] }>("{vcsIntegrations{id}}");
  expect(vcsIntegrations.map(({ id }) => id).sort()).toEqual(["main", "renamed"]);
});

it("a description, once set, cannot be emptied; labels can be cleared with an empty set only", async () => {
  const { folder } = harness;
  await deploy({ integration: { description: "text", labels: ["a"] } });
  expect((await planChanges({ integration: { description: "" } })).code).toBe(0);
  expect((await planChanges({})).code).toBe(0);
  await deploy({ integration: { labels: [] } });
  expect(await folder.state(INTEGRATION)).toMatchObject({ description: "text", labels: [] });
});

it("an update after an import empties the secret of a Cloud webhook, and no plan shows it", async () => {
  const { folder, remote } = harness;
  await deploy();
  const { id } = (await folder.state(HOOK)) ?? {};
  await folder.run(["state", "rm", HOOK]);
  await folder.write(configurationOfEveryType({ hook: { secret: null } }));
  expect((await folder.run(["import", "-input=false", HOOK, `acme-workspace/infrastructure/${String(id)}`])).code).toBe(0);
  expect(await folder.state(HOOK)).toMatchObject({ secret: "", secret_set: true });
  expect((await folder.plan()).code).toBe(0);
  await remote.clearRequests(["bitbucket-cloud"]);
  await folder.write(configurationOfEveryType({ hook: { secret: null, description: "Imported" } }));
  expect(errors(await folder.apply())).toEqual([]);
  const [put] = (await remote.requests("bitbucket-cloud")).filter(({ method }) => method === "PUT");
  expect(put?.body).toMatchObject({ secret: "", description: "Imported" });
  expect(await folder.state(HOOK)).toMatchObject({ secret_set: false });
});

it("imports every resource; only an integration then has a plan, because its token cannot be read", async () => {
  const { folder } = harness;
  await deploy({ hook: { secret: null } });
  const ids = new Map<string, string>();
  for (const address of [SPACE, INTEGRATION, STACK, MODULE, WEBHOOK]) ids.set(address, String((await folder.state(address))?.["id"]));
  ids.set(HOOK, `acme-workspace/infrastructure/${String((await folder.state(HOOK))?.["id"])}`);
  for (const [address, id] of ids) {
    await folder.run(["state", "rm", address]);
    const imported = await folder.run(["import", "-input=false", address, id]);
    expect([address, imported.code, imported.code === 0 ? "" : imported.output]).toEqual([address, 0, ""]);
  }
  expect(await folder.state(INTEGRATION)).toMatchObject({ access_token: null, access_token_wo_version: null });
  const { changes } = await folder.plan();
  // Old engines also plan to record that an imported value is sensitive, which changes no attribute.
  const changed = changes.filter((change) => changedAttributes(change).length > 0);
  expect(changed.map(({ address, actions: planned }) => [address, ...planned])).toEqual([[INTEGRATION, "update"]]);
  expect(errors(await folder.apply())).toEqual([]);
  expect((await folder.plan()).code).toBe(0);
});

it("a deleted Cloud webhook is planned again; a deleted Data Center webhook is an error until it leaves the state", async () => {
  const { folder, remote } = harness;
  await deploy();
  const hookId = String((await folder.state(HOOK))?.["id"]);
  const webhookId = String((await folder.state(WEBHOOK))?.["webhook_id"]);
  await remote.bitbucket(CLOUD, "DELETE", `${CLOUD.repositoryPath("infrastructure")}/hooks/${encodeURIComponent(hookId)}`);
  expect(actions(await folder.plan())).toEqual({ [HOOK]: "create" });
  await remote.bitbucket(DATACENTER, "DELETE", `${DATACENTER.repositoryPath("infrastructure")}/webhooks/${webhookId}`);
  const failed = await folder.plan();
  expect(failed.code).toBe(1);
  expect(errors(failed).join()).toContain("API Error: 404 /rest/api/1.0/projects/PLAT/repos/infrastructure/webhooks/");

  const { resource, ...others } = configurationOfEveryType();
  const kept = Object.entries(resource).filter(([type]) => !WEBHOOK.startsWith(`${type}.`));
  await folder.write({ ...others, resource: Object.fromEntries(kept) });
  expect((await folder.plan()).code).toBe(1);
  await folder.run(["state", "rm", WEBHOOK]);
  expect((await folder.plan()).code).toBe(2);
});

it("data sources find integrations by id and the default one, and never fill the labels", async () => {
  const { folder } = harness;
  await folder.write({
    ...PROVIDERS,
    data: {
      spacelift_bitbucket_cloud_integration: { default: {}, main: { id: "main" } },
      spacelift_space: { root: { space_id: "root" } },
      spacelift_space_by_path: { root: { space_path: "root" } },
    },
    output: {
      ids: {
        value:
          "${[for each in [data.spacelift_bitbucket_cloud_integration.default, data.spacelift_bitbucket_cloud_integration.main] : each.id]}",
      },
      labels: { value: "${data.spacelift_bitbucket_cloud_integration.main.labels == null}" },
      spaces: { value: "${[data.spacelift_space.root.name, data.spacelift_space_by_path.root.name]}" },
    },
  });
  expect(errors(await folder.apply())).toEqual([]);
  const { outputs } = JSON.parse(await folder.stateFile()) as { outputs: Record<string, { value: unknown }> };
  expect(outputs["ids"]?.value).toEqual(["main", "main"]);
  expect(outputs["labels"]?.value).toBe(true);
  expect(outputs["spaces"]?.value).toEqual(["root", "root"]);
});

it("refuses what the published providers refuse", async () => {
  const { folder } = harness;
  await folder.write(configurationOfEveryType({ integration: { access_token: null } }));
  expect(errors(await folder.run(["validate", "-json"])).join() + (await folder.plan()).output).toContain(
    "one of `access_token,access_token_wo` must be specified",
  );
  await folder.write(configurationOfEveryType({ hook: { events: ["pullrequest:push"] } }));
  expect((await folder.plan()).output).toContain("got pullrequest:push");
  for (const [changes, text] of [
    [{ space: { name: "" } }, "[{{} name}] must not be an empty string"],
    [{ stack: { branch: "", space_id: null } }, "[{{} branch}] must not be an empty string"],
    [{ module: { name: "Wrong name", space_id: null, bitbucket_datacenter: [] } }, "invalid name format"],
  ] as const) {
    expect(errors(await planChanges(changes)).join()).toContain(text);
  }
  expect((await folder.run(["import", "-input=false", TRIGGERS, "x"])).code).toBe(1);
  await folder.write(configurationOfEveryType());
  const passwordToo = { BITBUCKET_USERNAME: "hooks", BITBUCKET_PASSWORD: "password" };
  expect(errors(await folder.plan([], passwordToo)).join()).toContain('"oauth_token": conflicts with username');
});
