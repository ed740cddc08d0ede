/** The main job: declare, plan, apply, deliver events, plan again without changes, destroy. In most scenarios the engine starts the plugin. */
import { readFile, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { fingerprint } from "../../packages/domain";
import { PRODUCTS, repositoryFields } from "../../tools/harness";
import { configuration, SPACE, TOKEN, TOKEN_VARIABLE } from "./configuration";
import { warnings } from "./diagnostics";
import { attachStack, readIntegration } from "./outside-changes";
import { countWrites } from "./request-log";
import { scenario, waitUntil } from "./scenario";

interface SpaceliftState {
  accounts: { name: string; spaces: { id: string; name: string }[]; integrations: { id: string; name: string }[] }[];
}

const BY_ENGINE = { pluginStart: "by engine" } as const;

describe.each(PRODUCTS)("the main job, on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;

  scenario(
    "after one apply, the integration exists in Spacelift and its webhooks in Bitbucket, and the second plan is empty",
    async ({ folder, remote }) => {
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      const integration = await folder.state(INTEGRATION);
      expect(integration).toMatchObject({
        id: "payments",
        name: "Payments",
        is_default: false,
        credential_fingerprint: fingerprint(TOKEN),
      });
      expect(integration?.["webhook_url"]).toMatch(new RegExp(`/bitbucket[-_]${product.name}/[^/]+/integration/payments$`));
      const webhooks = await remote.webhooks(product, "infrastructure");
      const [webhook, ...more] = webhooks.filter(({ url }) => url === integration?.["webhook_url"]);
      expect(more).toEqual([]);
      expect(webhook).toMatchObject({ title: "Spacelift (payments)", active: true, verified: true, secret: true });
      expect([...(webhook?.events ?? [])].sort()).toEqual([...product.events.required].sort());
      const state = await remote.control<SpaceliftState>("spacelift", "state");
      expect(state.accounts.flatMap((account) => account.integrations.map(({ id }) => id))).toContain("payments");
    },
    BY_ENGINE,
  );

  scenario(
    "a push and a merged pull request reach Spacelift with a valid signature and start runs of the attached stack",
    async (harness) => {
      const { folder, remote } = harness;
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      await attachStack(harness, product);
      const repository = repositoryFields(product, "infrastructure");
      await remote.control(product.service, "push", { ...repository, branch: "main" });
      await remote.control(product.service, "pull-request", { ...repository, action: "created", source: "feature", target: "main" });
      await remote.control(product.service, "pull-request", { ...repository, action: "merged", id: 1 });
      const runs = JSON.stringify(await remote.control("spacelift", "runs"));
      expect(runs).toContain("payments-production");
      expect(runs.match(/TRACKED/g)?.length).toBeGreaterThanOrEqual(2);
    },
  );

  scenario(
    "no plan, state, log or other file contains a token or a webhook secret",
    async ({ folder, remote, sandbox }) => {
      await folder.write(configuration(product));
      const planned = await folder.plan([], { TF_LOG: "TRACE" });
      const applied = await folder.apply([], { TF_LOG: "TRACE" });
      expect(applied.code).toBe(0);
      // The emulated Spacelift returns its secret only to an administrator.
      const { webhookSecret } = await readIntegration(remote, product, "payments");
      const secrets = [
        TOKEN,
        webhookSecret,
        sandbox.environment["SPACELIFT_API_KEY_SECRET"],
        sandbox.environment[product.providerTokenVariable],
      ];
      expect(secrets.every((secret) => typeof secret === "string" && secret.length > 8)).toBe(true);
      const files = await Promise.all(
        (await readdir(folder.path, { withFileTypes: true }))
          .filter((entry) => entry.isFile())
          .map((entry) => readFile(join(folder.path, entry.name), "latin1")),
      );
      const written = [planned.output, planned.json, applied.output, await folder.stateFile(), ...files].join("\n");
      for (const secret of secrets) expect(written.includes(String(secret))).toBe(false);
      // Bitbucket received this secret: its request log contains the fingerprint.
      const sent = JSON.stringify(await remote.control(product.service, "requests"));
      expect(sent).toContain(fingerprint(webhookSecret));
    },
    BY_ENGINE,
  );

  scenario(
    "mutable attributes change in place, and attributes that only the provider uses cause no write request",
    async ({ folder, remote }) => {
      const { argument: certificate, unverified } = product.certificate;
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      await folder.write(
        configuration(product, {
          space: { description: "Money", labels: ["finance"], inherit_entities: true },
          integration: { description: "**Payments**", labels: ["a", "b"], vcs_checks: "ALL", use_git_checkout: true },
          webhook: { title: "Payments deliveries", additional_events: [product.events.other], active: false, [certificate]: unverified },
        }),
      );
      const planned = await folder.plan();
      expect(planned.changes.map((change) => change.actions.join())).toEqual(["update", "update", "update", "update"]);
      await folder.applyAndReplan();
      const [webhook] = await remote.webhooks(product, "infrastructure");
      expect(webhook).toMatchObject({ title: "Payments deliveries", active: false, verified: false, secret: true });
      expect(webhook?.events).toContain(product.events.other);

      // Back to the defaults by omitting every argument.
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      expect(await folder.state(INTEGRATION)).toMatchObject({ description: "", labels: [], vcs_checks: "INDIVIDUAL" });
      expect(await folder.state(WEBHOOK)).toMatchObject({ title: "Spacelift (payments)", additional_events: [], active: true });

      const before = await countWrites(remote, product);
      expect(before).toBeGreaterThan(0);
      await folder.write(
        configuration(product, {
          integration: { detach_protection: false, webhook_secret_rotation: "1" },
          webhook: { adopt_existing: false },
        }),
      );
      await folder.applyAndReplan();
      expect(await countWrites(remote, product)).toBe(before);
    },
  );

  scenario(
    "a destroy removes webhooks, integration and Space",
    async ({ folder, remote }) => {
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      const before = (await remote.webhooks(product, "infrastructure")).length;
      const destroyed = await folder.destroy();
      expect(destroyed.code).toBe(0);
      expect((await remote.webhooks(product, "infrastructure")).length).toBe(before - 1);
      const state = await remote.control<SpaceliftState>("spacelift", "state");
      expect(state.accounts.flatMap((account) => account.integrations)).toEqual([]);
      expect(state.accounts.flatMap((account) => account.spaces.map((space) => space.name))).not.toContain("Payments");
    },
    BY_ENGINE,
  );

  scenario(
    "no plugin process is left after an apply",
    async ({ folder }) => {
      await folder.write(configuration(product));
      const running = folder.start(["apply", "-json", "-input=false", "-auto-approve"]);
      // Without this check, a plugin process that the test cannot find would also pass.
      await waitUntil("a plugin process runs", async () => (await pluginsIn(folder.path)).length > 0);
      expect((await running.ended).code).toBe(0);
      expect(await pluginsIn(folder.path)).toEqual([]);
    },
    BY_ENGINE,
  );

  scenario(
    "the token of the integration may come from a variable that is set only at apply",
    async ({ folder }) => {
      await folder.write(configuration(product));
      const planned = await folder.plan([], { [TOKEN_VARIABLE]: undefined });
      expect(planned.code).toBe(2);
      expect(warnings(planned).join()).toContain(TOKEN_VARIABLE);
      const applied = await folder.applyPlan(planned);
      expect(applied.code).toBe(0);
      expect(await folder.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN) });
      expect(await folder.state(SPACE)).toMatchObject({ name: "Payments" });
    },
    BY_ENGINE,
  );
});

/** Plugin processes with this working directory: an engine starts the plugin in its own directory, by a relative path. */
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
