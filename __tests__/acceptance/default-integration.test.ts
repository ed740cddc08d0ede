/** The default integration: one per account and product. The form of its webhook URL is not certain, and is_default cannot change in place. */
import {
  changedAttributes,
  integrationReferences,
  PRODUCTS,
  repositoryFields,
  withoutUndefined,
  type SandboxClient,
} from "../../tools/harness";
import { defaultCredential } from "./configuration";
import { errorCodes, errors, warningCodes, warnings } from "./diagnostics";
import { createIntegration, deleteIntegration } from "./outside-changes";
import { scenario } from "./scenario";

interface Listed {
  readonly id: string;
  readonly isDefault: boolean;
}

async function listIntegrations(remote: SandboxClient): Promise<readonly Listed[]> {
  const { vcsIntegrations } = await remote.graphql<{ vcsIntegrations: Listed[] }>("{vcsIntegrations{id isDefault}}");
  return [...vcsIntegrations].sort((a, b) => a.id.localeCompare(b.id));
}

describe.each(PRODUCTS)("the default integration of $title", (product) => {
  const A = `${product.integration}.a`;
  const B = `${product.integration}.b`;
  const WEBHOOK = `${product.webhook}.a`;

  const integration = (name: string, isDefault: boolean, more: object = {}) => ({
    name,
    is_default: isDefault,
    ...defaultCredential(product),
    ...more,
  });
  const webhook = { a: { ...repositoryFields(product, "infrastructure"), ...integrationReferences(A) } };
  const declare = (integrations: Record<string, object>, webhooks?: object) => ({
    resource: withoutUndefined({ [product.integration]: integrations, [product.webhook]: webhooks }),
  });

  scenario("a second default causes a warning at plan, and an error at apply that changes nothing", async ({ folder, remote }) => {
    await createIntegration(remote, product, { settings: { name: "Made outside", isDefault: true, spaceID: "root" } });
    await folder.write(declare({ a: integration("Payments", true) }));
    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    expect(warningCodes(planned)).toEqual(["duplicate-default"]);
    expect(warnings(planned).join()).toMatch(/"Made outside" \(made-outside\).*terraform import <address> made-outside/s);
    const applied = await folder.applyPlan(planned);
    expect(errorCodes(applied)).toEqual(["duplicate-default"]);
    expect(errors(applied).join()).toContain('"Made outside" (made-outside)');
    expect(await listIntegrations(remote)).toEqual([{ id: "made-outside", isDefault: true }]);

    await deleteIntegration(remote, product, "made-outside");
    await folder.applyAndReplan();

    // Two defaults in one configuration: the first exists, the second causes an error, and the state is correct.
    await folder.write(declare({ a: integration("Payments", true), b: integration("Networking", true) }));
    const twice = await folder.apply();
    expect(errorCodes(twice)).toEqual(["duplicate-default"]);
    expect(errors(twice).join()).toContain('"Payments" (payments)');
    expect(await folder.state(A)).toMatchObject({ id: "payments", is_default: true });
    expect(await folder.state(B)).toBeUndefined();
  });

  scenario(
    "a changed is_default moves the webhooks in the same apply, with either form of the default's URL",
    async ({ folder, remote, sandbox }) => {
      const declared = (isDefault: boolean) => declare({ a: integration("Payments", isDefault) }, webhook);
      await folder.deploy(declared(false));
      const slugUrl = String((await folder.state(A))?.["webhook_url"]);
      const accountUrl = slugUrl.replace(/\/integration\/payments$/, "");
      const replaced = [
        [A, "delete,create", ["credential_fingerprint", "is_default", "use_git_checkout", "webhook_secret_fingerprint", "webhook_url"]],
        [WEBHOOK, "update", ["secret_fingerprint", product.webhookIdAttribute, "webhook_url"].sort()],
      ];
      const steps: [string, "slug" | "account", boolean, unknown, string][] = [
        ["made the default, with its slug in the URL", "slug", true, replaced, slugUrl],
        [
          "not changed, and Spacelift removes the slug",
          "account",
          true,
          [[WEBHOOK, "update", [product.webhookIdAttribute, "webhook_url"].sort()]],
          accountUrl,
        ],
        ["made Space-level again", "account", false, replaced, slugUrl],
        ["made the default, without its slug", "account", true, replaced, accountUrl],
      ];
      for (const [name, form, isDefault, expected, url] of steps) {
        await remote.control("spacelift", "switches", { "default-url": form });
        await folder.write(declared(isDefault));
        const planned = await folder.plan();
        const shown = planned.changes.map((change) => [change.address, change.actions.join(), changedAttributes(change)]);
        expect([name, errors(planned), shown]).toEqual([name, [], expected]);
        await folder.applyAndReplan();
        expect(await folder.state(A)).toMatchObject({ id: "payments", webhook_url: url });
        const webhooks = (await remote.webhooks(product, "infrastructure")).filter((found) =>
          found.url.startsWith(sandbox.spacelift.origin),
        );
        expect([name, webhooks]).toMatchObject([name, [{ url, secret: true }]]);
      }
    },
  );

  scenario("two integrations that swap the default lose nothing, and are complete after one or two applies", async ({ folder, remote }) => {
    await folder.deploy(declare({ a: integration("Payments", true), b: integration("Networking", false) }, webhook));
    await folder.write(declare({ a: integration("Payments", false), b: integration("Networking", true) }, webhook));
    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    // Both belong to this configuration, so no warning is needed.
    expect(warnings(planned)).toEqual([]);
    const first = await folder.applyPlan(planned);
    expect(new Set(["replacement-blocked", ...errorCodes(first)])).toEqual(new Set(["replacement-blocked"]));
    expect((await listIntegrations(remote)).map(({ id }) => id)).toEqual(["networking", "payments"]);
    expect([await folder.state(A), await folder.state(B)]).toMatchObject([{ id: "payments" }, { id: "networking" }]);
    await folder.applyAndReplan();
    expect(await listIntegrations(remote)).toEqual([
      { id: "networking", isDefault: true },
      { id: "payments", isDefault: false },
    ]);

    // If the old default depends on the new one, it changes first, and one apply is enough.
    await folder.write(declare({ a: integration("Payments", true), b: integration("Networking", false, { depends_on: [A] }) }, webhook));
    await folder.applyAndReplan();
    expect(await listIntegrations(remote)).toEqual([
      { id: "networking", isDefault: false },
      { id: "payments", isDefault: true },
    ]);
  });

  describe("an integration that is deleted outside Terraform between plan and apply", () => {
    scenario("an update fails, but a replacement or a delete succeeds", async ({ folder, remote }) => {
      const declared = (description: string, isDefault: boolean) =>
        declare({ a: integration("Payments", false, { description }), b: integration("Networking", isDefault) });
      await folder.deploy(declared("one", false));

      await folder.write(declared("two", false));
      const update = await folder.plan();
      await deleteIntegration(remote, product, "payments");
      const updated = await folder.applyPlan(update);
      expect(errorCodes(updated)).toEqual(["integration-not-found"]);
      expect(errors(updated).join()).toContain('"payments"');
      expect(await folder.state(A)).toMatchObject({ id: "payments" });
      await folder.applyAndReplan();
      expect(await listIntegrations(remote)).toHaveLength(2);

      await folder.write(declared("two", true));
      const replacement = await folder.plan();
      await deleteIntegration(remote, product, "networking");
      expect(errors(await folder.applyPlan(replacement))).toEqual([]);
      expect(await folder.state(B)).toMatchObject({ id: "networking", is_default: true });

      await folder.write({});
      const removal = await folder.plan();
      await deleteIntegration(remote, product, "networking");
      expect(errors(await folder.applyPlan(removal))).toEqual([]);
      expect(await listIntegrations(remote)).toEqual([]);
    });
  });
});
