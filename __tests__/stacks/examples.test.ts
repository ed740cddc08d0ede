/** The examples of bitlift.yaml synthesize, with the checks of every construct. */
import { join } from "node:path";
import { Testing } from "cdktf";
import { BitbucketStack, loadConfiguration } from "../../stacks";

const EXAMPLES = join(__dirname, "../../examples");

it.each<[string, readonly string[]]>([
  ["file/cloud.yaml", ["main"]],
  ["file/data-center.yaml", ["main"]],
  ["file/existing.yaml", ["main"]],
  ["file/published.yaml", ["main"]],
  ["file/sets.yaml", ["main"]],
  ["file/parts.yaml", ["spaces", "platform", "shop"]],
  ["file/bitlift.yaml", ["spaces", "payments", "ledger", "company-wide", "shop"]],
  ["getting-started/bitlift.yaml", ["main"]],
  ["pipelines/bitlift.yaml", ["main"]],
  ["spacelift/bitlift.yaml", ["main"]],
])("%s synthesizes to the parts %j", (file, parts) => {
  const configuration = loadConfiguration(join(EXAMPLES, file));
  expect(configuration.parts.map(({ name }) => name).sort()).toEqual([...parts].sort());
  for (const part of configuration.parts) {
    const stack = new BitbucketStack(Testing.app(), part.name, configuration, part);
    const { resource } = JSON.parse(Testing.synth(stack, true)) as { resource: object };
    expect(Object.keys(resource)).not.toHaveLength(0);
  }
});
