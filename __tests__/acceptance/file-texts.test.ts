/** Texts of the file are data: what the engine stores and sends is what was written, whatever it looks like. */
import fc from "fast-check";
import { descriptionFault, integrationNameFault, integrationSlug, lineFault, spaceNameFault } from "../../packages/domain";
import { PRODUCTS, type Harness } from "../../tools/harness";
import { integration, repository, set, space, type Content } from "../stacks/file-content";
import { HOSTILE_TEXTS, hostileText } from "../stacks/hostile-texts";
import { synthesizePart } from "../stacks/synthesized-part";
import { errors } from "./diagnostics";
import { scenario } from "./scenario";

/** A fixed seed, because each text costs a remote object. */
const GENERATED = fc.sample(hostileText, { seed: 12, numRuns: 40 });

const TEXTS = [...HOSTILE_TEXTS, ...GENERATED].filter((text) => lineFault("It", text) === undefined);

/** What the rules accept as a name. The number makes it unique. */
const NAMES = TEXTS.map((text, index) => `${text.trim()} ${index}`.trim());

/** Only descriptions and the text of a rotation have several lines. */
const PARAGRAPHS = TEXTS.map((text) => `${text}\n\t${text}\r\n`);

const CONTENT: Content = {
  spaces: NAMES.map((name, index) => space(`s${index}`, { name, description: PARAGRAPHS[index], labels: [TEXTS[index] ?? "", "b"] })),
};

interface StoredObject {
  readonly mode: string;
  readonly type: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
}

/** Attributes of the objects in the state, by the value of one of them. */
async function stored({ folder }: Harness, type: string, by: string): Promise<ReadonlyMap<unknown, Readonly<Record<string, unknown>>>> {
  const { resources } = JSON.parse(await folder.stateFile()) as { readonly resources: readonly StoredObject[] };
  const objects = resources.filter((resource) => resource.type === type && resource.mode === "managed");
  return new Map(objects.flatMap(({ instances }) => instances.map(({ attributes }) => [attributes[by], attributes] as const)));
}

async function deploy({ folder }: Harness, content: Content): Promise<void> {
  const { terraform: _, ...configuration } = synthesizePart(content);
  await folder.deploy(configuration);
  expect(await folder.plan()).toMatchObject({ code: 0 });
}

it("has texts of every kind that the rules accept", () => {
  expect(NAMES.length).toBeGreaterThan(40);
  expect(NAMES.flatMap((name) => spaceNameFault(name) ?? [])).toEqual([]);
  expect(PARAGRAPHS.flatMap((text) => descriptionFault(text) ?? [])).toEqual([]);
});

scenario("Spaces: name, description, labels", async (harness) => {
  await deploy(harness, CONTENT);
  const spaces = await stored(harness, "bitlift_space", "name");
  for (const [index, name] of NAMES.entries()) {
    const labels = [TEXTS[index] ?? "", "b"].sort();
    expect(spaces.get(name)).toMatchObject({ name, description: PARAGRAPHS[index], labels });
  }
  const remote = await harness.remote.graphql<{ readonly spaces: readonly { readonly name: string; readonly description: string }[] }>(
    "{ spaces { name description } }",
  );
  expect(remote.spaces.map(({ name }) => name)).toEqual(expect.arrayContaining(NAMES));
  expect(remote.spaces.map(({ description }) => description)).toEqual(expect.arrayContaining(PARAGRAPHS));
});

describe.each(PRODUCTS)("on $title", (product) => {
  scenario("integrations and webhooks: each text", async (harness) => {
    const usable = NAMES.map((name, index) => ({ name: `${name} of ${index}`, index })).filter(
      ({ name }, position, all) =>
        integrationNameFault(name) === undefined &&
        all.findIndex((other) => integrationSlug(other.name) === integrationSlug(name)) === position,
    );
    await deploy(harness, {
      integrations: usable.map(({ name, index }) =>
        integration(product.name, `i${index}`, {
          name,
          description: PARAGRAPHS[index],
          labels: [TEXTS[index] ?? ""],
          secretRotation: PARAGRAPHS[index],
          repositories: [
            repository(`${product.namespace}/infrastructure`, { title: TEXTS[index], additionalEvents: [product.events.other] }),
          ],
        }),
      ),
    });
    const integrations = await stored(harness, product.integration, "name");
    const webhooks = await stored(harness, product.webhook, "integration_id");
    expect(usable.length).toBeGreaterThan(30);
    for (const { name, index } of usable) {
      expect(integrations.get(name)).toMatchObject({
        description: PARAGRAPHS[index],
        labels: [TEXTS[index]],
        webhook_secret_rotation: PARAGRAPHS[index],
      });
      expect(webhooks.get(integrations.get(name)?.["id"])).toMatchObject({ title: TEXTS[index] });
    }
  });

  scenario("the query of a set, and an additional event", async (harness) => {
    const query = `name ~ "\${file('/etc/hostname')}%{ if true }$\${x}#{TfToken[TOKEN.0]}"`;
    const event = "${upper('repo')}:%{ fork }";
    const sets = [set(product.namespace, { query })];
    const repositories = [repository(`${product.namespace}/infrastructure`, { additionalEvents: [event] })];
    const { terraform: _, ...configuration } = synthesizePart({
      integrations: [integration(product.name, "a", { name: "A", sets, repositories })],
    });
    await harness.folder.write(configuration);
    const planned = await harness.folder.plan();
    expect(errors(planned)).toEqual([]);
    const { prior_state: prior, resource_changes: changes } = JSON.parse(planned.json) as Record<string, unknown>;
    expect(JSON.stringify(prior)).toContain(`"query":${JSON.stringify(query)}`);
    expect(JSON.stringify(changes)).toContain(`"additional_events":[${JSON.stringify(event)}]`);
  });
});
