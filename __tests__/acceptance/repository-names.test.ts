/** A repository under several names: its UUID, upper case, and the name before a rename, whatever that name responds. */
import { CLOUD, integrationReferences, PRODUCTS, type Harness, type Product } from "../../tools/harness";
import { configurationWithoutWebhooks, type Resources } from "./configuration";
import { errorCodes, errors, textOf, warningCodes, warnings } from "./diagnostics";
import { attachStack, changeRepository } from "./outside-changes";
import { scenario } from "./scenario";

const REPOSITORY = "infrastructure";

/** The default integration, and one webhook in the repository with this name. */
function configurationFor(
  product: Product,
  repository: string,
  changes: object = {},
  namespace = product.namespace,
): { resource: Resources } {
  const webhook = { [product.namespaceArgument]: namespace, repository, ...integrationReferences(product.INTEGRATION), ...changes };
  const { resource } = configurationWithoutWebhooks(product);
  return { resource: { ...resource, [product.webhook]: { [REPOSITORY]: webhook } } };
}

const uuidsOf = async ({ remote }: Harness): Promise<{ repository: string; workspace: string }> => {
  const found = (await remote.bitbucket(CLOUD, "GET", CLOUD.repositoryPath(REPOSITORY))) as { uuid: string; workspace: { uuid: string } };
  return { repository: found.uuid, workspace: found.workspace.uuid };
};

/** State as an earlier release made it, which accepted UUIDs. */
async function deployByUuid(harness: Harness) {
  const { folder } = harness;
  const { repository, workspace } = await uuidsOf(harness);
  await folder.deploy(configurationFor(CLOUD, REPOSITORY));
  const file = JSON.parse(await folder.stateFile()) as { resources: { type: string; instances: { attributes: object }[] }[] };
  for (const { type, instances } of file.resources)
    for (const instance of instances) if (type === CLOUD.webhook) Object.assign(instance.attributes, { repository, workspace });
  await folder.writeState(JSON.stringify(file));
  return { repository, workspace };
}

describe("a Cloud repository that is named by its UUID", () => {
  scenario("is refused while a create is planned, with the slugs to write", async (harness) => {
    const { folder } = harness;
    const { repository, workspace } = await uuidsOf(harness);
    const spellings: [string, string][] = [
      [repository, workspace],
      [repository, CLOUD.namespace],
      [repository.toUpperCase(), CLOUD.namespace],
      [repository.replace(/[{}]/g, ""), CLOUD.namespace],
      [REPOSITORY, workspace.replace(/[{}]/g, "").toUpperCase()],
    ];
    for (const [spelled, namespace] of spellings) {
      await folder.write(configurationFor(CLOUD, spelled, {}, namespace));
      const planned = await folder.plan();
      expect(errorCodes(planned)).toEqual(["value-not-allowed"]);
      expect(errors(planned).join()).toContain(`Write workspace = "${CLOUD.namespace}" and repository = "${REPOSITORY}".`);
    }
    await folder.write(configurationFor(CLOUD, "{aaaaaaaa-0000-4000-8000-000000000000}"));
    expect(errors(await folder.plan()).join()).toContain("https://bitbucket.org/<workspace>/<repository>");
  });

  scenario("in the state is read and deleted, and the plan of its delete names the stacks", async (harness) => {
    const { folder, remote } = harness;
    const { repository, workspace } = await deployByUuid(harness);
    await attachStack(harness, CLOUD);
    await folder.write(configurationFor(CLOUD, repository, {}, workspace));
    expect([(await folder.plan()).code, warnings(await folder.plan())]).toEqual([0, []]);
    await folder.write(configurationWithoutWebhooks(CLOUD));
    const planned = await folder.plan();
    expect(textOf(planned, "webhook-removal")).toContain("Payments production");
    expect(errors(await folder.applyPlan(planned))).toEqual([]);
    expect(await remote.webhooks(CLOUD, REPOSITORY)).toEqual([]);
  });

  scenario("is renamed to its slugs in place", async (harness) => {
    const { folder, remote } = harness;
    await deployByUuid(harness);
    const [before] = await remote.webhooks(CLOUD, REPOSITORY);
    await folder.write(configurationFor(CLOUD, REPOSITORY));
    const planned = await folder.plan();
    expect(planned.changes.map(({ address, actions }) => [address, actions.join()])).toEqual([[CLOUD.WEBHOOK, "update"]]);
    expect([errors(await folder.applyPlan(planned)), (await folder.plan()).code]).toEqual([[], 0]);
    expect(await remote.webhooks(CLOUD, REPOSITORY)).toEqual([before]);
    await deployByUuid(harness);
    await folder.write(configurationFor(CLOUD, "networking"));
    expect((await folder.plan()).changes.map(({ actions }) => actions.join())).toEqual(["delete,create"]);
  });

  scenario("is reported if another address declares the same webhook by the slugs", async (harness) => {
    const { folder, remote } = harness;
    const { repository, workspace } = await deployByUuid(harness);
    const both = configurationFor(CLOUD, repository, {}, workspace);
    Object.assign(both.resource[CLOUD.webhook] ?? {}, { other: configurationFor(CLOUD, REPOSITORY).resource[CLOUD.webhook]?.[REPOSITORY] });
    await folder.write(both);
    expect(warningCodes(await folder.plan())).toEqual(["webhook-declared-twice"]);
    await folder.apply();
    expect(await remote.webhooks(CLOUD, REPOSITORY)).toHaveLength(1);
  });
});

describe.each(PRODUCTS)("a repository in $title", (product) => {
  scenario("that is spelled differently is renamed in place, and the plan of its delete names the stacks", async (harness) => {
    const { folder } = harness;
    await folder.deploy(configurationFor(product, REPOSITORY.toUpperCase(), {}, product.namespace.toUpperCase()));
    await attachStack(harness, product);
    await folder.write(configurationWithoutWebhooks(product));
    expect(textOf(await folder.plan(), "webhook-removal")).toContain("Payments production");
    await folder.write(configurationFor(product, REPOSITORY));
    expect((await folder.plan()).changes.map(({ actions }) => actions.join())).toEqual(["update"]);
  });

  const redirect = product.name === "cloud" ? { "old-slug": "redirect" } : { renamed: "redirect" };
  const answers: [string, object][] = [
    ["is not found", {}],
    ["redirects", redirect],
  ];
  const orders: [string, object][] = [
    ["first the delete", {}],
    ["first the create", { lifecycle: { create_before_destroy: true } }],
  ];

  scenario(
    "that was renamed keeps its webhook, in every order of replacement, whatever the old name responds",
    async ({ folder, remote }) => {
      let name = REPOSITORY;
      await folder.deploy(configurationFor(product, name));
      const [{ id } = { id: "" }] = await remote.webhooks(product, name);
      for (const [answer, switches] of answers) {
        await remote.control(product.service, "switches", switches);
        for (const [order, lifecycle] of orders) {
          const step = `${answer}, ${order}`;
          await folder.deploy(configurationFor(product, name, lifecycle));
          const next = `${name}-x`;
          await changeRepository(remote, product, name, "rename", next);
          expect([step, warningCodes(await folder.plan())]).toEqual([step, ["repository-renamed"]]);
          await folder.write(configurationFor(product, next, lifecycle));
          const planned = await folder.plan();
          expect([step, planned.changes.map(({ actions }) => [...actions].sort().join())]).toEqual([step, ["create,delete"]]);
          expect([step, errors(await folder.applyPlan(planned)), (await folder.plan()).code]).toEqual([step, [], 0]);
          expect([step, (await remote.webhooks(product, next)).length]).toEqual([step, 1]);
          name = next;
        }
      }
      expect(id).not.toBe("");
    },
  );

  scenario("that was renamed keeps its webhook if the plan does not read it, or if it is tainted", async ({ folder, remote }) => {
    await remote.control(product.service, "switches", redirect);
    await folder.deploy(configurationFor(product, REPOSITORY));
    await changeRepository(remote, product, REPOSITORY, "rename", "second");
    await folder.write(configurationFor(product, "second"));
    expect(errors(await folder.applyPlan(await folder.plan(["-refresh=false"])))).toEqual([]);
    expect(await remote.webhooks(product, "second")).toHaveLength(1);
    await changeRepository(remote, product, "second", "rename", "third");
    await folder.run(["taint", product.WEBHOOK]);
    await folder.write(configurationFor(product, "third"));
    expect(errors(await folder.applyPlan(await folder.plan()))).toEqual([]);
    expect(await remote.webhooks(product, "third")).toHaveLength(1);
  });

  scenario(
    "whose old name belongs to a new repository keeps its webhook, and loses it when it is destroyed",
    async ({ folder, remote }) => {
      await folder.deploy(configurationFor(product, REPOSITORY));
      await changeRepository(remote, product, REPOSITORY, "rename", "moved");
      await changeRepository(remote, product, REPOSITORY, "create");
      const planned = await folder.plan();
      expect([planned.code, warningCodes(planned)]).toEqual([0, ["repository-renamed"]]);
      expect(errors(await folder.destroy())).toEqual([]);
      expect(await remote.webhooks(product, "moved")).toEqual([]);
    },
  );
});
