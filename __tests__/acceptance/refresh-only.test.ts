/** `plan -refresh-only -detailed-exitcode`, which drift jobs run: 0 if nothing has changed, also after an upgrade from version 0.1.0. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { credentialArguments, DATACENTER, integrationReferences, PRODUCTS, repositoryFields, type Harness } from "../../tools/harness";
import { TOKEN_VARIABLE, type Resources } from "./configuration";
import { errors } from "./diagnostics";
import { scenario } from "./scenario";

/** By chance alone, Terraform 1.11 exits with 0 in half of the runs in which it compares two sensitive attributes. */
const RUNS = 5;
const SERVICES = ["spacelift", "bitbucket-cloud", "bitbucket-datacenter"] as const;

/** One object of each resource type. */
function everyResourceType(): { readonly resource: Resources } {
  const resource: Resources = { bitlift_space: { payments: { name: "Payments" } } };
  for (const product of PRODUCTS) {
    const integration = { name: `Payments ${product.name}`, space_id: "${bitlift_space.payments.id}" };
    resource[product.integration] = { payments: { ...integration, ...credentialArguments(product, TOKEN_VARIABLE) } };
    resource[product.webhook] = {
      infrastructure: { ...repositoryFields(product, "infrastructure"), ...integrationReferences(product.INTEGRATION) },
    };
  }
  return { resource };
}

async function exitCodes({ folder }: Harness): Promise<readonly (number | null)[]> {
  const codes: (number | null)[] = [];
  for (let run = 0; run < RUNS; run++) codes.push((await folder.run(["plan", "-refresh-only", "-detailed-exitcode", "-input=false"])).code);
  return codes;
}

interface StoredObject {
  attributes: Record<string, unknown>;
  sensitive_attributes: unknown;
}

/** Rewrites the state as version 0.1.0 stored it: a number as the ID of a webhook, and write-only arguments marked as sensitive. */
async function downgradeState({ folder }: Harness): Promise<void> {
  const path = join(folder.path, "terraform.tfstate");
  const state = JSON.parse(await readFile(path, "utf8")) as { resources: { type: string; instances: StoredObject[] }[] };
  for (const { type, instances } of state.resources) {
    for (const instance of instances) {
      const { webhook_id: id } = instance.attributes;
      if (typeof id === "string") instance.attributes["webhook_id"] = Number(id);
      const writeOnly = Object.keys(instance.attributes).filter((name) => name.endsWith("_wo"));
      if (type.endsWith("_integration")) instance.sensitive_attributes = writeOnly.map((value) => [{ type: "get_attr", value }]);
    }
  }
  await writeFile(path, JSON.stringify(state));
}

scenario("without a change, it exits with 0 for every resource type", async (harness) => {
  await harness.folder.deploy(everyResourceType());
  expect(await exitCodes(harness)).toEqual(Array(RUNS).fill(0));
});

scenario("a state of version 0.1.0 is read; what differs is recorded without a request, and then the exit code is 0", async (harness) => {
  const { folder, remote } = harness;
  await folder.deploy(everyResourceType());
  await downgradeState(harness);
  expect(await folder.state(DATACENTER.WEBHOOK)).toMatchObject({ webhook_id: expect.any(Number) as number });
  const shown = await folder.run(["show", "-json"]);
  expect([shown.code, errors(shown)]).toEqual([0, []]);

  const planned = await folder.plan();
  expect(errors(planned)).toEqual([]);
  // Engines from 1.5 on plan an update without differences for the integrations, whose state marks attributes as sensitive.
  expect(planned.changes.map(({ actions }) => actions.join()).filter((action) => action !== "update")).toEqual([]);
  for (const { before, after } of planned.changes) expect(after).toEqual(before);
  await remote.clearRequests(SERVICES);
  const applied = planned.code === 0 ? await folder.apply() : await folder.applyPlan(planned);
  expect([applied.code, errors(applied)]).toEqual([0, []]);
  if (planned.code === 2) for (const service of SERVICES) expect(await remote.requests(service)).toEqual([]);
  expect((await folder.plan()).code).toBe(0);
  expect(await exitCodes(harness)).toEqual(Array(RUNS).fill(0));
});

scenario("the first identities in a state count as a change until the next apply, even if that has no changes", async (harness) => {
  const { folder } = harness;
  await folder.deploy(everyResourceType());
  // As an engine before 1.12, or version 0.1.0, writes the state.
  const state = JSON.parse(await folder.stateFile()) as {
    resources: { instances: { identity?: unknown; identity_schema_version?: unknown }[] }[];
  };
  for (const instance of state.resources.flatMap(({ instances }) => instances)) {
    delete instance.identity;
    delete instance.identity_schema_version;
  }
  await folder.writeState(JSON.stringify(state));
  expect(new Set(await exitCodes(harness))).toEqual(new Set([folder.engine.resourceIdentity ? 2 : 0]));
  expect((await folder.plan()).code).toBe(0);
  await folder.apply();
  expect(await exitCodes(harness)).toEqual(Array(RUNS).fill(0));
});
