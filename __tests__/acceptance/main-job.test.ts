/** The main job: declared, planned, applied, delivered, planned again without changes, destroyed. */
import { readFile, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { fingerprint } from "../../packages/domain";
import { attachStack, readIntegration } from "./by-hand";
import { configuration, SPACE } from "./configuration";
import { repositoryOf, TOKEN, TOKEN_VARIABLE } from "./product";
import { PRODUCTS } from "./products";
import { countWrites } from "./requests";
import { scenario, until } from "./world";

interface SpaceliftState {
  accounts: { name: string; spaces: { id: string; name: string }[]; integrations: { id: string; name: string }[] }[];
}

describe.each(PRODUCTS)("the main job, on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;

  scenario("an integration and its webhooks exist on both sides after one apply, and the second plan is empty", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    const integration = await world.state(INTEGRATION);
    expect(integration).toMatchObject({ id: "payments", name: "Payments", is_default: false, credential_fingerprint: fingerprint(TOKEN) });
    expect(integration?.["webhook_url"]).toMatch(new RegExp(`/bitbucket[-_]${product.name}/[^/]+/integration/payments$`));
    const [hook, ...more] = (await world.hooks(product, "infrastructure")).filter((one) => one.url === integration?.["webhook_url"]);
    expect(more).toEqual([]);
    expect(hook).toMatchObject({ title: "Spacelift (payments)", active: true, verified: true, secret: true });
    expect([...(hook?.events ?? [])].sort()).toEqual([...product.events.required].sort());
    const state = (await world.control("spacelift", "state")) as SpaceliftState;
    expect(state.accounts.flatMap((account) => account.integrations.map((one) => one.id))).toContain("payments");
  });

  scenario(
    "a push and a merged pull request reach Spacelift with a valid signature and start runs of the attached stack",
    async (world) => {
      await world.write(configuration(product));
      await world.settle();
      await attachStack(world, product);
      const repository = repositoryOf(product, "infrastructure");
      await world.control(product.service, "push", { ...repository, branch: "main" });
      await world.control(product.service, "pull-request", { ...repository, action: "created", source: "feature", target: "main" });
      await world.control(product.service, "pull-request", { ...repository, action: "merged", id: 1 });
      const runs = JSON.stringify(await world.control("spacelift", "runs"));
      expect(runs).toContain("payments-production");
      expect(runs.match(/TRACKED/g)?.length).toBeGreaterThanOrEqual(2);
    },
  );

  scenario("no token and no webhook secret is in plan, state, log, or any file", async (world) => {
    await world.write(configuration(product));
    const planned = await world.plan([], { TF_LOG: "TRACE" });
    const applied = await world.apply([], { TF_LOG: "TRACE" });
    expect(applied.code).toBe(0);
    // The emulated Spacelift tells its own secrets only to a key that asks for them.
    const remote = await readIntegration(world, product, "payments");
    const secrets = [
      TOKEN,
      remote.webhookSecret,
      world.sandbox.environment["SPACELIFT_API_KEY_SECRET"],
      world.sandbox.environment[product.managing.variable],
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
    const sent = JSON.stringify(await world.control(product.service, "requests"));
    expect(sent).toContain(fingerprint(remote.webhookSecret));
  });

  scenario("changes of mutable attributes are made in place, and what only the engine knows makes no call", async (world) => {
    const { argument: certificate, unverified } = product.certificate;
    await world.write(configuration(product));
    await world.settle();
    await world.write(
      configuration(product, {
        space: { description: "Money", labels: ["finance"], inherit_entities: true },
        integration: { description: "**Payments**", labels: ["a", "b"], vcs_checks: "ALL", use_git_checkout: true },
        webhook: { title: "Payments deliveries", additional_events: [product.events.other], active: false, [certificate]: unverified },
      }),
    );
    const planned = await world.plan();
    expect(planned.changes.map((change) => change.actions.join())).toEqual(["update", "update", "update", "update"]);
    await world.settle();
    const [hook] = await world.hooks(product, "infrastructure");
    expect(hook).toMatchObject({ title: "Payments deliveries", active: false, verified: false, secret: true });
    expect(hook?.events).toContain(product.events.other);

    // Back to the defaults by leaving everything out.
    await world.write(configuration(product));
    await world.settle();
    expect(await world.state(INTEGRATION)).toMatchObject({ description: "", labels: [], vcs_checks: "INDIVIDUAL" });
    expect(await world.state(WEBHOOK)).toMatchObject({ title: "Spacelift (payments)", additional_events: [], active: true });

    const before = await countWrites(world, product);
    expect(before).toBeGreaterThan(0);
    await world.write(
      configuration(product, {
        integration: { detach_protection: false, webhook_secret_rotation: "1" },
        webhook: { adopt_existing: false },
      }),
    );
    await world.settle();
    expect(await countWrites(world, product)).toBe(before);
  });

  scenario("a destroy removes webhooks, integration and Space", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    const before = (await world.hooks(product, "infrastructure")).length;
    const destroyed = await world.destroy();
    expect(destroyed.code).toBe(0);
    expect((await world.hooks(product, "infrastructure")).length).toBe(before - 1);
    const state = (await world.control("spacelift", "state")) as SpaceliftState;
    expect(state.accounts.flatMap((account) => account.integrations)).toEqual([]);
    expect(state.accounts.flatMap((account) => account.spaces.map((space) => space.name))).not.toContain("Payments");
  });

  scenario("no process of the plugin is left after an apply", async (world) => {
    await world.write(configuration(product));
    const apply = world.begin(["apply", "-json", "-input=false", "-auto-approve"]);
    // Seen while it runs, so that seeing none afterwards means something.
    await until("a process of the plugin runs", async () => (await pluginsIn(world.stack)).length > 0);
    expect((await apply.ended).code).toBe(0);
    expect(await pluginsIn(world.stack)).toEqual([]);
  });

  scenario("the token of the integration may come from a variable that only the apply has", async (world) => {
    await world.write(configuration(product));
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
