/** The guide "Moving between the providers": its files, as they are printed, with the stand-ins of the published providers. */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CLOUD, DATACENTER, runProgram, type EngineRun, type Fields, type Harness } from "../../tools/harness";
import { BackingProject, withoutHash } from "./backing-project";
import { scenario } from "./scenario";

const ROOT = resolve(__dirname, "../..");
const TOKEN = "token-for-spacelift";
const LOGINS = { PAYMENTS_BITBUCKET_TOKEN: TOKEN, TF_VAR_payments_token: TOKEN };
const ADMIN_OF_DATACENTER = "admin";

const guide = () => readFile(join(ROOT, "docs/guides/moving-between-providers.md"), "utf8");

/** A file of the guide, without the comment in its first line, which is not part of the guide. */
async function example(name: string): Promise<string> {
  const text = await readFile(join(ROOT, "examples/moving", name), "utf8");
  const printed = text.slice(text.indexOf("\n") + 1);
  //GUIDE
  return printed;
}

/** Makes these files of the guide the whole configuration. */
async function place({ folder }: Harness, ...names: readonly string[]): Promise<void> {
  for (const name of await readdir(folder.path)) {
    if (/\.tf(\.json)?$/.test(name)) await rm(join(folder.path, name));
  }
  for (const name of names) await writeFile(join(folder.path, name), await example(name));
  await engine(folder, "init", "-input=false");
}

/** Runs the engine as a reader does. @throws with its output if it fails */
async function engine(folder: Harness["folder"], ...args: readonly string[]): Promise<string> {
  const run: EngineRun = await folder.run([...args, "-no-color"], LOGINS);
  if (run.code !== 0) throw new Error(`${args.join(" ")}\n${run.output}`);
  return run.output;
}

async function createCompanyIntegration({ remote }: Pick<Harness, "remote">, apiToken = TOKEN): Promise<void> {
  await remote.graphql("mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id}}", {
    input: {
      customInput: { name: "Bitbucket for Acme", spaceID: "root", isDefault: true },
      email: "spacelift@acme.example",
      apiToken,
    },
  });
}

/** What the servers have: the same before and after a move. */
async function remoteObjects({ remote }: Pick<Harness, "remote">): Promise<object> {
  const integrations = await remote.graphql(
    '{payments:bitbucketDatacenterIntegration(id:"payments"){id webhookSecret webhookURL} company:bitbucketCloudIntegration(id:"bitbucket-for-acme"){id webhookSecret webhookUrl} spaces{id name}}',
  );
  const webhooks = [await remote.webhooks(CLOUD, "infrastructure"), await remote.webhooks(DATACENTER, "networking")];
  return { integrations, webhooks };
}

const onStandIns = (name: string, run: (harness: Harness) => Promise<void>) =>
  scenario(
    name,
    async (harness) => {
      await createCompanyIntegration(harness);
      await run(harness);
    },
    { standIns: true, pluginStart: "by engine" },
  );

onStandIns("moves files of the engine to the provider of Bitlift, and back", async (harness) => {
  const { folder } = harness;
  await place(harness, "published.tf");
  await engine(folder, "apply", "-auto-approve");
  const before = await remoteObjects(harness);
  await place(harness, "bitlift.tf", "moves-in.tf");
  console.log(await engine(folder, "plan", "-out=moves.tfplan"));
  console.log(await engine(folder, "apply", "moves.tfplan"));
  expect(await remoteObjects(harness)).toEqual(before);
  await place(harness, "bitlift.tf");
  console.log(await engine(folder, "plan"));
  console.log(await engine(folder, "providers"));

  await place(harness, "published.tf", "moves-out.tf");
  const path = join(folder.path, "moves-out.tf");
  const text = await readFile(path, "utf8");
  const space = (await folder.state("bitlift_space.payments"))?.["id"] as string;
  const hook = (await folder.state("bitlift_bitbucket_cloud_webhook.infrastructure"))?.["uuid"] as string;
  await writeFile(path, text.replace("payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7", space).replace("{0192a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b}", hook));
  console.log(await engine(folder, "plan", "-out=moves.tfplan"));
  console.log(await engine(folder, "apply", "moves.tfplan"));
  expect(await remoteObjects(harness)).toEqual(before);
  await place(harness, "published.tf");
  console.log(await engine(folder, "plan"));
  console.log(await engine(folder, "providers"));
});

onStandIns("constructs take over what files of the engine made", async (harness) => {
  const { folder } = harness;
  await place(harness, "published.tf");
  await engine(folder, "apply", "-auto-approve");
  const before = await remoteObjects(harness);
  await place(harness);
  const output = join(folder.path, "out");
  const { code, output: printed } = await runProgram(process.execPath, ["--import", require.resolve("tsx"), "main.ts"], {
    cwd: join(ROOT, "examples/moving"),
    env: { ...folder.environment, CDKTF_OUTDIR: output },
  });
  if (code !== 0) throw new Error(printed);
  const configuration = JSON.parse(await readFile(join(output, "stacks/payments/cdk.tf.json"), "utf8")) as { terraform: Fields };
  await folder.write({ ...configuration, terraform: { ...configuration.terraform, backend: undefined } });
  await engine(folder, "init", "-input=false");
  console.log(await engine(folder, "plan", "-out=moves.tfplan"));
  console.log(await engine(folder, "apply", "moves.tfplan"));
  expect(await remoteObjects(harness)).toEqual(before);
  console.log(await engine(folder, "plan"));
});

it("moves the file to the provider of Bitlift, and back", async () => {
  const one = await BackingProject.create(CLOUD);
  try {
    const { project } = one;
    await createCompanyIntegration(project);
    const text = (await readFile(join(ROOT, "examples/moving/bitlift.yaml"), "utf8")).replace("https://bitbucket.acme.example", project.sandbox.bitbucketDatacenter.url);
    const own = project.withVariables({ TF_VAR_payments_token: TOKEN });
    await writeFile(join(project.folder, "bitlift.yaml"), text);
    console.log(await own.bitlift("apply", "--auto-approve"));
    const ex = await own.bitlift("export", "out", "--backing", "bitlift");
    console.log(withoutHash(ex.stdout), ex.stderr);
  } finally {
    await one.stop();
  }
});
