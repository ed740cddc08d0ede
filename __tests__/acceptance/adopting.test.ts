/** The guide "Adopting what exists": its examples, as they are printed, against objects that people made by hand. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CLOUD, DATACENTER, runProgram, type Fields, type Harness, type PlanRun } from "../../tools/harness";
import { EXISTING } from "./adopting-seed";
import { errorCodes, errors, warningCodes } from "./diagnostics";
import { changeWebhook } from "./outside-changes";
import { scenario } from "./scenario";

const ROOT = resolve(__dirname, "../..");
const SPACE = "bitlift_space.data";
const INTEGRATION = "bitlift_bitbucket_cloud_integration.data";
const WEBHOOK = "bitlift_bitbucket_cloud_webhook.warehouse";
const UUID = "{0192a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b}";
const TOKENS = { DATA_BITBUCKET_API_TOKEN: "token-for-spacelift", DATA_BITBUCKET_ACCESS_TOKEN: "token-for-spacelift" };
/** In the guide: which line to add for the token. */
const TOKEN_LINE = 'api_token_env = "DATA_BITBUCKET_API_TOKEN"';

const onExisting = (name: string, run: (harness: Harness) => Promise<void>) => scenario(name, run, { seed: EXISTING });

/** An example of the guide; the comment in its first line is not part of the guide. */
async function example(name: string): Promise<string> {
  const text = await readFile(join(ROOT, "examples/adopting", name), "utf8");
  const printed = text.slice(text.indexOf("\n") + 1);
  expect(await readFile(join(ROOT, "docs/guides/adopting.md"), "utf8")).toContain(printed);
  return printed;
}

const importsIn = ({ changes }: PlanRun) => changes.filter(({ importing }) => importing).map(({ address }) => address);
const actionsIn = ({ changes }: PlanRun) => [...new Set(changes.flatMap(({ actions }) => actions))].sort();

/** Points the webhook of the guide to the integration, as someone who followed Spacelift's instructions did. */
async function pointToIntegration({ remote }: Harness): Promise<void> {
  const { bitbucketCloudIntegration: found } = await remote.graphql<{ bitbucketCloudIntegration: { webhookUrl: string } }>(
    '{bitbucketCloudIntegration(id:"bitbucket-for-data"){webhookUrl}}',
  );
  await changeWebhook(remote, CLOUD, "warehouse", UUID, { url: found.webhookUrl });
}

onExisting("import blocks take over a Space, an integration and a webhook, in place", async ({ folder, remote }) => {
  await writeFile(join(folder.path, "main.tf"), await example("imports.tf"));
  const planned = await folder.plan([], TOKENS);
  expect(errors(planned)).toEqual([]);
  expect(importsIn(planned)).toEqual([INTEGRATION, WEBHOOK, SPACE]);
  expect(actionsIn(planned)).toEqual(["no-op", "update"]);
  await folder.applyAndReplan(TOKENS);
  expect((await remote.webhooks(CLOUD, "warehouse")).map(({ id, events, secret }) => [id, [...events].sort(), secret])).toEqual([
    [UUID, [...CLOUD.events.required].sort(), true],
  ]);
});

onExisting("an import block names the webhook by its identity; an engine before 1.12 rejects it", async ({ folder }) => {
  const text = await example("imports.tf");
  const byId = /import \{\n {2}to = bitlift_bitbucket_cloud_webhook[\s\S]+?\n\}\n/;
  expect(text).toMatch(byId);
  await writeFile(join(folder.path, "main.tf"), text.replace(byId, ""));
  await writeFile(join(folder.path, "identity.tf"), await example("identity.tf"));
  const planned = await folder.plan([], TOKENS);
  if (!folder.engine.resourceIdentity) {
    expect([planned.code, errors(planned).join()]).toEqual([1, expect.stringContaining('"identity"')]);
    return;
  }
  expect(errors(planned)).toEqual([]);
  expect(importsIn(planned)).toContain(WEBHOOK);
  await folder.applyAndReplan(TOKENS);
});

onExisting("the engine writes the configuration; with the lines of the messages, the next apply imports it", async (harness) => {
  const { folder } = harness;
  await pointToIntegration(harness);
  await writeFile(join(folder.path, "main.tf"), await example("generate.tf"));
  const generated = await folder.plan(["-generate-config-out=generated.tf"], TOKENS);
  expect([errorCodes(generated), warningCodes(generated)]).toEqual([["credential-form"], expect.arrayContaining(["import-incomplete"])]);

  const path = join(folder.path, "generated.tf");
  const text = await readFile(path, "utf8");
  const corrected = text
    .replace(/api_token_env += null/, TOKEN_LINE)
    .replace(/integration_id += "bitbucket-for-data"/, `integration_id = ${INTEGRATION}.id`)
    .replace(/webhook_url += "http.+"/, `webhook_url = ${INTEGRATION}.webhook_url`)
    .replace(/secret_fingerprint += null/, `secret_fingerprint = ${INTEGRATION}.webhook_secret_fingerprint`);
  await writeFile(path, corrected);
  const planned = await folder.plan([], TOKENS);
  expect([errors(planned), importsIn(planned), actionsIn(planned)]).toEqual([[], [INTEGRATION, WEBHOOK], ["update"]]);
  await folder.applyAndReplan(TOKENS);
});

onExisting(
  "the constructs import an integration and a webhook with another URL, and reference what others manage",
  async ({ folder, remote }) => {
    const output = join(folder.path, "out");
    const synthesized = await runProgram(process.execPath, ["--import", require.resolve("tsx"), "main.ts"], {
      cwd: join(ROOT, "examples/import-existing"),
      env: { ...folder.environment, CDKTF_OUTDIR: output },
    });
    expect(synthesized).toMatchObject({ code: 0 });
    const [stack = ""] = await readdir(join(output, "stacks"));
    const configuration = JSON.parse(await readFile(join(output, "stacks", stack, "cdk.tf.json"), "utf8")) as { terraform: Fields };
    // CDKTF's backend would write the state next to the example.
    await folder.write({ ...configuration, terraform: { ...configuration.terraform, backend: undefined } });
    const planned = await folder.plan([], TOKENS);
    expect(errors(planned)).toEqual([]);
    expect(importsIn(planned)).toHaveLength(3);
    await folder.applyAndReplan(TOKENS);
    const lake = `${DATACENTER.repositoryPath("lake", "DATA")}${DATACENTER.webhooksPath}`;
    const { values } = (await remote.bitbucket(DATACENTER, "GET", lake)) as { readonly values: readonly Fields[] };
    expect(values.map((response) => DATACENTER.readWebhook(response))).toEqual([
      expect.objectContaining({ id: "42", url: expect.stringMatching(/data-center-for-data$/), secret: true }),
    ]);
  },
);
