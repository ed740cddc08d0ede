/** Integrations and Spaces that are managed elsewhere: found by ID, by name, or as the default, and what people read if there is none. */
import { PRODUCTS, type Harness, type Product, type SandboxClient } from "../../tools/harness";
import { existing, integration, repository, space, type Content } from "../stacks/file-content";
import { synthesizePart } from "../stacks/synthesized-part";
import { errorCodes, errors } from "./diagnostics";
import { createIntegration } from "./outside-changes";
import { scenario } from "./scenario";

async function write({ folder }: Harness, content: Content): Promise<void> {
  const { terraform: _, ...configuration } = synthesizePart(content);
  await folder.write(configuration);
}

async function createSpace(remote: SandboxClient, name: string, parentSpace: string): Promise<string> {
  const input = { name, parentSpace, inheritEntities: false, description: "", labels: [] };
  const { spaceCreate } = await remote.graphql<{ readonly spaceCreate: { readonly id: string } }>(
    "mutation($input:SpaceInput!){spaceCreate(input:$input){id}}",
    { input },
  );
  return spaceCreate.id;
}

const attributesOf = async ({ folder }: Harness, address: string) => {
  const { resources } = JSON.parse(await folder.stateFile()) as {
    readonly resources: readonly { type: string; name: string; instances: readonly { attributes: Record<string, unknown> }[] }[];
  };
  return resources.find(({ type, name }) => `${type}.${name.replace(/_[0-9A-F]{8}$/, "")}` === address)?.instances[0]?.attributes;
};

/** What the plan says, in one text with the address, which contains the key of the file. */
async function refused(harness: Harness, content: Content): Promise<{ readonly codes: readonly string[]; readonly text: string }> {
  await write(harness, content);
  const planned = await harness.folder.plan();
  const addresses = planned.diagnostics.map((diagnostic) => JSON.stringify(diagnostic));
  return { codes: errorCodes(planned), text: [...errors(planned), ...addresses].join("\n") };
}

describe.each(PRODUCTS)("on $title", (product: Product) => {
  const path = `${product.namespace}/infrastructure`;
  const one = (key: string, selector: Parameters<typeof existing>[2], repositories = [repository(path)]): Content => ({
    integrations: [existing(product.name, key, selector, { repositories })],
  });

  scenario("an integration is found by ID, by name, and as the default, and gets the webhooks of the file", async (harness) => {
    const { remote, folder } = harness;
    // Spacelift keeps the ID when someone renames an integration, so the name says nothing about it.
    await createIntegration(remote, product, { settings: { name: "By id", spaceID: "platform" } });
    await createIntegration(remote, product, { settings: { name: "Ünlike; its ID", spaceID: "platform" } });
    await createIntegration(remote, product, { settings: { name: "Default", isDefault: true, spaceID: "root" } });
    await write(harness, {
      integrations: [
        existing(product.name, "a", { id: "by-id" }, { repositories: [repository(path)] }),
        existing(product.name, "b", { name: "Ünlike; its ID" }, { repositories: [repository(path)] }),
        existing(product.name, "c", { default: true }, { repositories: [repository(path)] }),
      ],
    });
    await folder.applyAndReplan();
    expect(await remote.webhooks(product, "infrastructure")).toHaveLength(3);
    const names = await Promise.all(
      ["a", "b", "c"].map(async (key) => (await attributesOf(harness, `${product.integration}.${key}`))?.["name"]),
    );
    expect(names).toEqual(["By id", "Ünlike; its ID", "Default"]);
  });

  scenario("one that does not exist is an error that names the key of the file and what to do", async (harness) => {
    await createIntegration(harness.remote, product, { settings: { name: "Bitbucket for Payments", spaceID: "platform" } });
    const byName = await refused(harness, one("company-wide", { name: "bitbucket for payments" }));
    expect(byName.codes).toEqual(["integration-not-found"]);
    expect(byName.text).toContain('with the name "bitbucket for payments". There is one with the name "Bitbucket for Payments".');
    expect(byName.text).toContain("Check the name, in which upper and lower case count");
    expect(byName.text).toMatch(/data\.bitlift_bitbucket_\w+_integration\.company-wide_/);

    const byId = await refused(harness, one("company-wide", { id: "no-such-id" }));
    expect(byId.codes).toEqual(["integration-not-found"]);
    expect(byId.text).toMatch(/with the ID "no-such-id"[\s\S]*Check the ID, which is not the name[\s\S]*company-wide_/);

    const byDefault = await refused(harness, one("company-wide", { default: true }));
    expect(byDefault.codes).toEqual(["integration-not-found"]);
    expect(byDefault.text).toMatch(/has no default[\s\S]*company-wide_/);
  });

  scenario("a Space is found by ID, and by name below its parent", async (harness) => {
    const { remote, folder } = harness;
    const legacy = await createSpace(remote, "Legacy", "root");
    const inner = await createSpace(remote, "Team", legacy);
    await createSpace(remote, "Team", "platform");
    await write(harness, {
      spaces: [
        space("legacy", { existing: { id: legacy } }),
        space("team", { existing: { name: "Team", parent: "legacy" } }),
        space("mine", { name: "Mine", parent: "team" }),
      ],
      integrations: [integration(product.name, "a", { name: "In a team", space: "team" })],
    });
    await folder.applyAndReplan();
    expect((await attributesOf(harness, "bitlift_space.space-mine"))?.["parent_space_id"]).toBe(inner);
    expect((await attributesOf(harness, `${product.integration}.a`))?.["space_id"]).toBe(inner);
  });

  scenario("a Space that does not exist, has another case, or has a namesake is an error that names its key", async (harness) => {
    const { remote } = harness;
    const inTeam = (selector: NonNullable<ReturnType<typeof space>["existing"]>): Content => ({
      spaces: [space("team", { existing: selector })],
      integrations: [integration(product.name, "a", { name: "In a team", space: "team" })],
    });
    await createSpace(remote, "Legacy", "root");
    const otherCase = await refused(harness, inTeam({ name: "legacy", parent: "root" }));
    expect(otherCase.codes).toEqual(["space-not-found"]);
    expect(otherCase.text).toMatch(/the name "legacy" below "root"\. The Space "Legacy" has the ID "legacy-[\s\S]*space-team/);

    const noId = await refused(harness, inTeam({ id: "nothing" }));
    expect(noId.codes).toContain("space-not-found");
    expect(noId.text).toMatch(/with the ID "nothing"[\s\S]*\.a_/);

    await createSpace(remote, "Legacy", "root");
    const namesakes = await refused(harness, inTeam({ name: "Legacy", parent: "root" }));
    expect(namesakes.codes).toEqual(["space-ambiguous"]);
    expect(namesakes.text).toMatch(/2 Spaces have the name "Legacy"[\s\S]*Set id instead[\s\S]*space-team/);
  });
});
