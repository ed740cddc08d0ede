/** The main job: declared, planned, applied, delivered, planned again without changes, destroyed. */
import { readFile, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { fingerprint } from "../../vocabulary/fingerprint";
import { REQUIRED_BITBUCKET_CLOUD_EVENTS } from "../../vocabulary/required-events";
import { configuration, INTEGRATION, scenario, SPACE, TOKEN, TOKEN_VARIABLE, until, WEBHOOK, type World } from "./world";

interface SpaceliftState {
  accounts: { name: string; spaces: { id: string; name: string }[]; integrations: { id: string; name: string }[] }[];
}

async function attachStack(world: World): Promise<void> {
  const { id } = (await world.state(INTEGRATION)) ?? {};
  const { space_id: space } = (await world.state(INTEGRATION)) ?? {};
  await world.graphql("mutation($input:StackInput!){stackCreate(input:$input,manageState:true){id}}", {
    input: {
      name: "Payments production",
      space,
      provider: "BITBUCKET_CLOUD",
      namespace: "acme-workspace",
      repository: "infrastructure",
      branch: "main",
      vcsIntegrationId: id,
      administrative: false,
      autodeploy: false,
      labels: [],
    },
  });
}

describe("the main job", () => {
  scenario("an integration and its webhooks exist on both sides after one apply, and the second plan is empty", async (world) => {
    await world.write(configuration());
    await world.settle();
    const integration = await world.state(INTEGRATION);
    expect(integration).toMatchObject({ id: "payments", name: "Payments", is_default: false, credential_fingerprint: fingerprint(TOKEN) });
    expect(integration?.["webhook_url"]).toMatch(/\/bitbucket-cloud\/[^/]+\/integration\/payments$/);
    const [hook, ...more] = (await world.hooks("infrastructure")).filter((one) => one["url"] === integration?.["webhook_url"]);
    expect(more).toEqual([]);
    expect(hook).toMatchObject({ description: "Spacelift (payments)", active: true, skip_cert_verification: false, secret_set: true });
    expect([...(hook?.["events"] as string[])].sort()).toEqual(REQUIRED_BITBUCKET_CLOUD_EVENTS.map((event) => event.key).sort());
    const state = (await world.control("spacelift", "state")) as SpaceliftState;
    expect(state.accounts.flatMap((account) => account.integrations.map((one) => one.id))).toContain("payments");
  });

  scenario(
    "a push and a merged pull request reach Spacelift with a valid signature and start runs of the attached stack",
    async (world) => {
      await world.write(configuration());
      await world.settle();
      await attachStack(world);
      const repository = { workspace: "acme-workspace", repository: "infrastructure" };
      await world.control("bitbucket-cloud", "push", { ...repository, branch: "main" });
      await world.control("bitbucket-cloud", "pull-request", { ...repository, action: "created", source: "feature", target: "main" });
      await world.control("bitbucket-cloud", "pull-request", { ...repository, action: "merged", id: 1 });
      const runs = JSON.stringify(await world.control("spacelift", "runs"));
      expect(runs).toContain("payments-production");
      expect(runs.match(/TRACKED/g)?.length).toBeGreaterThanOrEqual(2);
    },
  );

  scenario("no token and no webhook secret is in plan, state, log, or any file", async (world) => {
    await world.write(configuration());
    const planned = await world.plan([], { TF_LOG: "TRACE" });
    const applied = await world.apply([], { TF_LOG: "TRACE" });
    expect(applied.code).toBe(0);
    // The emulated Spacelift tells its own secrets only to a key that asks for them.
    const { bitbucketCloudIntegration: remote } = (await world.graphql('{bitbucketCloudIntegration(id:"payments"){webhookSecret}}')) as {
      bitbucketCloudIntegration: { webhookSecret: string };
    };
    const secrets = [
      TOKEN,
      remote.webhookSecret,
      world.sandbox.environment["SPACELIFT_API_KEY_SECRET"],
      world.sandbox.environment["BITBUCKET_ACCESS_TOKEN"],
    ];
    expect(secrets.every((secret) => typeof secret === "string" && secret.length > 8)).toBe(true);
    const files = await Promise.all(
      (await readdir(world.stack, { withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => readFile(join(world.stack, entry.name), "latin1")),
    );
    const everything = [planned.output, planned.json, applied.output, await world.stateFile(), ...files].join("\n");
    for (const secret of secrets) expect(everything.includes(String(secret))).toBe(false);
    // Both sides hold the same secret: the request log keeps fingerprints of what was sent.
    const sent = JSON.stringify(await world.control("bitbucket-cloud", "requests"));
    expect(sent).toContain(fingerprint(remote.webhookSecret));
  });

  scenario("changes of mutable attributes are made in place, and what only the engine knows makes no call", async (world) => {
    await world.write(configuration());
    await world.settle();
    await world.write(
      configuration({
        space: { description: "Money", labels: ["finance"], inherit_entities: true },
        integration: { description: "**Payments**", labels: ["a", "b"], vcs_checks: "ALL", use_git_checkout: true },
        webhook: { title: "Payments deliveries", additional_events: ["repo:fork"], active: false, skip_certificate_verification: true },
      }),
    );
    const planned = await world.plan();
    expect(planned.changes.map((change) => change.actions.join())).toEqual(["update", "update", "update", "update"]);
    await world.settle();
    const [hook] = await world.hooks("infrastructure");
    expect(hook).toMatchObject({ description: "Payments deliveries", active: false, skip_cert_verification: true, secret_set: true });
    expect(hook?.["events"]).toContain("repo:fork");

    // Back to the defaults by leaving everything out.
    await world.write(configuration());
    await world.settle();
    expect(await world.state(INTEGRATION)).toMatchObject({ description: "", labels: [], vcs_checks: "INDIVIDUAL" });
    expect(await world.state(WEBHOOK)).toMatchObject({ title: "Spacelift (payments)", additional_events: [], active: true });

    const before = await countWrites(world);
    expect(before).toBeGreaterThan(0);
    await world.write(
      configuration({ integration: { detach_protection: false, webhook_secret_rotation: "1" }, webhook: { adopt_existing: false } }),
    );
    await world.settle();
    expect(await countWrites(world)).toBe(before);
  });

  scenario("a destroy removes webhooks, integration and Space", async (world) => {
    await world.write(configuration());
    await world.settle();
    const before = (await world.hooks("infrastructure")).length;
    const destroyed = await world.destroy();
    expect(destroyed.code).toBe(0);
    expect((await world.hooks("infrastructure")).length).toBe(before - 1);
    const state = (await world.control("spacelift", "state")) as SpaceliftState;
    expect(state.accounts.flatMap((account) => account.integrations)).toEqual([]);
    expect(state.accounts.flatMap((account) => account.spaces.map((space) => space.name))).not.toContain("Payments");
  });

  scenario("no process of the plugin is left after an apply", async (world) => {
    await world.write(configuration());
    const apply = world.begin(["apply", "-json", "-input=false", "-auto-approve"]);
    // Seen while it runs, so that seeing none afterwards means something.
    await until("a process of the plugin runs", async () => (await pluginsIn(world.stack)).length > 0);
    expect((await apply.ended).code).toBe(0);
    expect(await pluginsIn(world.stack)).toEqual([]);
  });

  scenario("the token of the integration may come from a variable that only the apply has", async (world) => {
    await world.write(configuration());
    const planned = await world.plan([], { [TOKEN_VARIABLE]: undefined });
    expect(planned.code).toBe(2);
    expect(planned.said.map((one) => one.detail).join()).toContain(TOKEN_VARIABLE);
    const applied = await world.run(["apply", "-json", planned.file]);
    expect(applied.code).toBe(0);
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN) });
    expect(await world.state(SPACE)).toMatchObject({ name: "Payments" });
  });
});

/** Processes of the plugin with this working directory: engines start it by a relative path, in their own. */
async function pluginsIn(folder: string): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [directory, command] = await Promise.all([readlink(`/proc/${pid}/cwd`), readFile(`/proc/${pid}/cmdline`, "utf8")]).catch(() => [
        "",
        "",
      ]);
      return directory === folder && command.includes("terraform-provider-bitlift") ? [pid] : [];
    }),
  );
  return found.flat();
}

/** Mutations and non-GET requests so far. */
async function countWrites(world: World): Promise<number> {
  const spacelift = (await world.control("spacelift", "requests")) as { operation?: string; body?: { query?: string } }[];
  const bitbucket = (await world.control("bitbucket-cloud", "requests")) as { method?: string; path?: string }[];
  return (
    spacelift.filter((one) => /^\s*mutation/.test(one.body?.query ?? "") && !(one.body?.query ?? "").includes("apiKeyUser")).length +
    bitbucket.filter((one) => one.method !== "GET" && !(one.path ?? "").startsWith("/_sandbox")).length
  );
}
