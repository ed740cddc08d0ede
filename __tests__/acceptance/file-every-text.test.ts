/** Every key of the file that can have a text: what the engine plans is what was written, from JSON and from HCL. */
import { Testing } from "cdktf";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BitbucketStack, type Configuration } from "../../stacks";
import { DATACENTER, CLOUD, type Harness } from "../../tools/harness";
import {
  HOSTILE_TEXTS,
  hostileFiles,
  MarkedTexts,
  NOT_FOR_THE_ENGINE,
  readHostileFiles,
  textsWithMarks,
  type HostileContent,
} from "../stacks/hostile-texts";
import { synthesizeFile } from "../stacks/synthesized-part";
import { errors } from "./diagnostics";
import { createIntegration } from "./outside-changes";
import { scenario } from "./scenario";

const repositories = { cloud: `${CLOUD.namespace}/infrastructure`, datacenter: `${DATACENTER.namespace}/infrastructure` };
const WEBHOOKS: HostileContent = { count: HOSTILE_TEXTS.length, repositories, login: false };
const LOGIN: HostileContent = { count: 1, repositories: undefined, login: true };

/** Creates what the file expects to exist. */
async function prepare({ remote }: Harness, { written }: MarkedTexts): Promise<void> {
  await createIntegration(remote, CLOUD, { settings: { name: "Shared", spaceID: "root" } });
  for (const { path, text: name } of written.values()) {
    if (path === "integrations.*.existing.name") await createIntegration(remote, DATACENTER, { settings: { name, spaceID: "root" } });
    if (path !== "spaces.*.existing.name") continue;
    const input = { name, parentSpace: "root", inheritEntities: false, description: "", labels: [] };
    await remote.graphql("mutation($input:SpaceInput!){spaceCreate(input:$input){id}}", { input });
  }
}

/** Plans, and compares every text that has the mark of one of the file's texts. */
async function expectPlanOf({ folder }: Harness, { written }: MarkedTexts, isJson: boolean): Promise<void> {
  const planned = await folder.plan();
  expect(errors(planned)).toEqual([]);
  const { planned_values: values, prior_state: prior, configuration } = JSON.parse(planned.json) as Record<string, unknown>;
  // The engine shows the arguments of a provider only there, and as they are written in JSON.
  const found = textsWithMarks(isJson ? { values, prior } : { values, prior, configuration });
  const wrong = [...written].filter(([mark, { path, text }]) => {
    const texts = found.get(mark) ?? [];
    return !NOT_FOR_THE_ENGINE.includes(path) && (texts.length === 0 || texts.some((planned) => planned !== text));
  });
  expect(wrong.map(([mark, { path, text }]) => ({ path, text, planned: found.get(mark) }))).toEqual([]);
}

async function writeJson({ folder }: Harness, configuration: Configuration): Promise<void> {
  const { terraform: _, ...synthesized } = synthesizeFile(configuration);
  // The engine evaluates an output as it evaluates the arguments of a provider, and shows the result.
  await folder.write({ ...synthesized, output: { provider: { value: synthesized.provider } } });
}

/** As `cdktf synth --hcl` writes it, without the block that the folder of the test has already. */
async function writeHcl({ folder }: Harness, configuration: Configuration): Promise<void> {
  const hcl = Testing.synthHcl(new BitbucketStack(Testing.app(), "main", configuration));
  await folder.write({});
  await writeFile(join(folder.path, "cdk.tf"), hcl.slice(hcl.indexOf('provider "bitlift"')));
}

describe.each([
  ["JSON", writeJson],
  ["HCL", writeHcl],
])("in the %s that the engine reads", (_form, write) => {
  for (const [name, content] of Object.entries({ "everything but the login": WEBHOOKS, "the login": LOGIN })) {
    scenario(`each text is what was written: ${name}`, async (harness) => {
      const marked = new MarkedTexts(HOSTILE_TEXTS);
      const configuration = readHostileFiles(harness.folder.path, hostileFiles(marked, content));
      await prepare(harness, marked);
      await write(harness, configuration);
      await expectPlanOf(harness, marked, write === writeJson);
    });
  }
});
