/** A file in several parts: each is a stack with a state of its own, applied in order, and planned without a look at the others. */
import { PRODUCTS, type Harness, type Product } from "../../tools/harness";
import { integration, repository, space, type Content } from "../stacks/file-content";
import { synthesizePart } from "../stacks/synthesized-part";
import { errors } from "./diagnostics";
import { scenario } from "./scenario";

const part = (name: string, spaces: readonly string[], integrations: readonly string[], after: readonly string[] = []) => ({
  name,
  backend: undefined,
  spaces,
  integrations,
  after,
});

/** One integration for each product, and a third one, which no other part may touch. */
const CONTENT: Content = {
  spaces: [
    space("platform", { name: "Team platform" }),
    space("payments", { name: "Team payments", parent: "platform" }),
    space("ledger", { name: "Ledger" }),
  ],
  integrations: [
    integration("cloud", "cloud", { name: "For payments", space: "payments", repositories: [repository("acme-workspace/infrastructure")] }),
    integration("datacenter", "datacenter", { name: "For the ledger", space: "ledger", repositories: [repository("PLAT/infrastructure")] }),
    integration("cloud", "other", { name: "Other", repositories: [repository("acme-workspace/networking")] }),
  ],
  parts: [
    part("spaces", ["platform", "payments", "ledger"], []),
    part("cloud", [], ["cloud"], ["spaces"]),
    part("datacenter", [], ["datacenter"], ["spaces"]),
    part("other", [], ["other"]),
  ],
};

const PARTS = (CONTENT.parts ?? []).map(({ name }) => name);
const SERVICES = ["spacelift", "bitbucket-cloud", "bitbucket-datacenter"] as const;

/** Writes a part into the folder. Each part has a state file of its own. */
async function usePart({ folder }: Harness, name: string): Promise<readonly string[]> {
  const { terraform: _, ...configuration } = synthesizePart(CONTENT, name);
  await folder.write(configuration);
  return [`-state=${name}.tfstate`];
}

/** Everything that was sent to the services, as text. */
async function sentRequests({ remote }: Harness): Promise<Readonly<Record<string, string>>> {
  const logs = await Promise.all(
    SERVICES.map(async (service) => {
      const requests = (await remote.requests(service)).filter(({ path = "" }) => !path.startsWith("/_sandbox"));
      return [service, requests.map(({ operation, path, body }) => JSON.stringify([operation, path, body?.variables])).join("\n")] as const;
    }),
  );
  return Object.fromEntries(logs);
}

async function applyAll(harness: Harness): Promise<void> {
  for (const name of PARTS) {
    const state = await usePart(harness, name);
    const applied = await harness.folder.apply(state);
    expect([name, errors(applied), applied.code]).toEqual([name, [], 0]);
    expect([name, await harness.folder.plan(state)]).toEqual([name, expect.objectContaining({ code: 0, changes: [] })]);
  }
}

scenario("parts are applied in order, and integrations end up in the Spaces of the other part", async (harness) => {
  await applyAll(harness);
  const { spaces } = await harness.remote.graphql<{ readonly spaces: readonly { id: string; name: string; parentSpace: string | null }[] }>(
    "{ spaces { id name parentSpace } }",
  );
  const named = (name: string) => spaces.find((each) => each.name === name);
  expect(named("Team payments")?.parentSpace).toBe(named("Team platform")?.id);
  const state = await usePart(harness, "cloud");
  const { stdout } = await harness.folder.run(["show", "-json", state[0]?.replace("-state=", "") ?? ""]);
  expect(stdout).toContain(`"space_id":"${named("Team payments")?.id}"`);
});

scenario("a part that waits for a Space fails at the plan, with the name of the Space", async (harness) => {
  const state = await usePart(harness, "cloud");
  const planned = await harness.folder.plan(state);
  expect([planned.code, errors(planned).join()]).toEqual([1, expect.stringContaining("Team platform")]);
});

const planned = (product: Product) => (product.name === "cloud" ? "cloud" : "datacenter");

describe.each(PRODUCTS)("on $title", (product) => {
  scenario("one part planned alone sends requests only about its own objects", async (harness) => {
    await applyAll(harness);
    const state = await usePart(harness, planned(product));
    await harness.remote.clearRequests(SERVICES);
    expect(await harness.folder.plan(state)).toMatchObject({ code: 0 });

    const sent = await sentRequests(harness);
    const [own, others] =
      product.name === "cloud" ? ["for-payments", /for-the-ledger|"other"/] : ["for-the-ledger", /for-payments|"other"/];
    expect(sent["spacelift"]).toContain(own);
    expect(sent["spacelift"]).not.toMatch(others);
    // Bitbucket Cloud is asked by the UUID of the repository, so the test counts repositories instead of reading names.
    const repositories = sent[product.service]?.match(/\/(repositories|repos)\/.*?\/(hooks|webhooks)|\/repos\/[^/"]+/g) ?? [];
    expect(new Set(repositories).size).toBe(1);
    expect(sent[product.name === "cloud" ? "bitbucket-datacenter" : "bitbucket-cloud"]).toBe("");
  });
});
