/** Replacement: the URL stays, the secret rotates, a rename leaves no gap, and an apply fails before anything is lost. */
import { changedAttributes, PRODUCTS, type PlanRun, type SandboxClient } from "../../tools/harness";
import { configuration, TOKEN_VARIABLE } from "./configuration";
import { errorCodes, errors, textOf } from "./diagnostics";
import { attachStack, moveStack } from "./outside-changes";
import { scenario } from "./scenario";

const changeOf = (planned: PlanRun, address: string) => planned.changes.find((change) => change.address === address);

async function integrationIds(remote: SandboxClient): Promise<readonly string[]> {
  const { vcsIntegrations } = await remote.graphql<{ vcsIntegrations: { id: string }[] }>("{vcsIntegrations{id}}");
  return vcsIntegrations.map(({ id }) => id).sort();
}

describe.each(PRODUCTS)("a replacement under the same name, on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;
  const destroyFirst = (integration: object = {}) => configuration(product, { integration, lifecycle: null });

  scenario("the plan shows id and URL as unchanged and rotates the secret; one apply updates the webhooks", async ({ folder }) => {
    await folder.write(destroyFirst());
    await folder.applyAndReplan();
    const before = await folder.state(INTEGRATION);
    const planned = await folder.plan([`-replace=${INTEGRATION}`]);
    expect(changeOf(planned, INTEGRATION)?.actions).toEqual(["delete", "create"]);
    expect(changedAttributes(changeOf(planned, INTEGRATION))).toEqual([
      "credential_fingerprint",
      "use_git_checkout",
      "webhook_secret_fingerprint",
    ]);
    expect(changeOf(planned, WEBHOOK)?.actions).toEqual(["update"]);
    expect(changedAttributes(changeOf(planned, WEBHOOK))).toEqual(["secret_fingerprint"]);
    const applied = await folder.apply([`-replace=${INTEGRATION}`]);
    expect(errors(applied)).toEqual([]);
    const after = await folder.state(INTEGRATION);
    expect(after?.["webhook_url"]).toBe(before?.["webhook_url"]);
    expect(after?.["webhook_secret_fingerprint"]).not.toBe(before?.["webhook_secret_fingerprint"]);
    expect((await folder.plan()).code).toBe(0);
  });

  scenario("the replacement works from a saved plan that another process applies", async ({ folder }) => {
    await folder.write(destroyFirst());
    await folder.applyAndReplan();
    const planned = await folder.plan([`-replace=${INTEGRATION}`]);
    const applied = await folder.applyPlan(planned);
    expect(errors(applied)).toEqual([]);
    expect((await folder.plan()).code).toBe(0);
  });

  for (const how of ["directly", "from a saved plan"]) {
    scenario(`create_before_destroy causes an error, applied ${how}: nothing changes, and the next plan is empty`, async ({ folder }) => {
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      const before = await folder.state(INTEGRATION);
      const planned = await folder.plan([`-replace=${INTEGRATION}`]);
      expect(changeOf(planned, INTEGRATION)?.actions).toEqual(["create", "delete"]);
      const applied = how === "directly" ? await folder.apply([`-replace=${INTEGRATION}`]) : await folder.applyPlan(planned);
      expect(applied.code).toBe(1);
      expect(errorCodes(applied)).toEqual(["duplicate-integration-name"]);
      expect(errors(applied).join()).toContain("untaint");
      expect(await folder.state(INTEGRATION)).toEqual(before);
      expect((await folder.stateFile()).includes('"deposed"')).toBe(false);
      expect((await folder.plan()).code).toBe(0);
    });
  }

  scenario("a replacement that destroys first does not start if its create cannot succeed", async ({ folder }) => {
    await folder.write(destroyFirst());
    await folder.applyAndReplan();
    const planned = await folder.plan([`-replace=${INTEGRATION}`]);
    const applied = await folder.applyPlan(planned, { [TOKEN_VARIABLE]: undefined });
    expect(applied.code).toBe(1);
    expect(errorCodes(applied)).toContain("replacement-blocked");
    expect(errors(applied).join()).toContain(TOKEN_VARIABLE);
    expect(await folder.state(INTEGRATION)).toMatchObject({ id: "payments" });
    expect((await folder.plan()).code).toBe(0);
  });

  scenario("a changed is_default keeps the id in the plan, and the URL is known after apply", async ({ folder }) => {
    await folder.write(destroyFirst({ space_id: "root" }));
    await folder.applyAndReplan();
    await folder.write(destroyFirst({ space_id: "root", is_default: true }));
    const planned = await folder.plan();
    expect(changeOf(planned, INTEGRATION)?.actions).toEqual(["delete", "create"]);
    expect(changeOf(planned, INTEGRATION)?.after?.["id"]).toBe("payments");
    expect(changeOf(planned, INTEGRATION)?.unknown["webhook_url"]).toBe(true);
    expect(errors(await folder.apply())).toEqual([]);
    expect((await folder.plan()).code).toBe(0);
  });
});

describe.each(PRODUCTS)("a rename, on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;
  scenario(
    "a rename creates first, moves the webhooks, and deletes the old integration if it has no consumers",
    async ({ folder, remote }) => {
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      await folder.write(configuration(product, { integration: { name: "Payments team" } }));
      const planned = await folder.plan();
      expect(changeOf(planned, INTEGRATION)?.actions).toEqual(["create", "delete"]);
      expect(changeOf(planned, INTEGRATION)?.unknown).toMatchObject({ id: true, webhook_url: true });
      expect(changeOf(planned, WEBHOOK)?.actions).toEqual(["create", "delete"]);
      await folder.applyAndReplan();
      const url = (await folder.state(INTEGRATION))?.["webhook_url"];
      expect(url).toMatch(/payments-team$/);
      const urls = (await remote.webhooks(product, "infrastructure")).map((webhook) => webhook.url);
      expect(urls.filter((webhookUrl) => webhookUrl.includes("/integration/"))).toEqual([url]);
    },
  );

  scenario("the plan names the stacks that use the old integration, and no apply deletes it while they use it", async (harness) => {
    const { folder, remote } = harness;
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    await attachStack(harness, product);
    await folder.write(configuration(product, { integration: { name: "Payments team" } }));
    const planned = await folder.plan();
    expect(textOf(planned, "consumers-will-be-detached")).toContain('stack "Payments production" (payments-production)');
    expect(textOf(await folder.apply(), "integration-in-use")).toContain('stack "Payments production"');
    expect(await integrationIds(remote)).toEqual(["payments", "payments-team"]);

    // When the stack uses the new integration, the next apply deletes the deposed object.
    await moveStack(harness, product, "payments-team");
    await folder.applyAndReplan();
    expect(await integrationIds(remote)).toEqual(["payments-team"]);
  });
});

describe.each(PRODUCTS)("a delete while stacks use the integration, on $title", (product) => {
  const { INTEGRATION } = product;
  scenario(
    "the delete fails; with detach_protection = false it succeeds and names the consumers that lost their source",
    async (harness) => {
      const { folder } = harness;
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      await attachStack(harness, product);
      const failed = await folder.destroy([`-target=${INTEGRATION}`]);
      expect(errorCodes(failed)).toEqual(["integration-in-use"]);
      await folder.write(configuration(product, { integration: { detach_protection: false } }));
      await folder.apply();
      const destroyed = await folder.destroy([`-target=${INTEGRATION}`]);
      expect(errors(destroyed)).toEqual([]);
      expect(textOf(destroyed, "consumers-detached")).toContain("Payments production");
    },
  );
});
