/** The guide "Moving between the providers": its files and outputs, as they are printed, with the stand-ins of the published providers. */
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CLOUD, DATACENTER, runProgram, type Fields, type Harness } from "../../tools/harness";
import { BackingProject } from "./backing-project";
import { scenario } from "./scenario";

jest.setTimeout(300_000);

const ROOT = resolve(__dirname, "../..");
const EXAMPLES = join(ROOT, "examples/moving");
const TOKEN = "token-for-spacelift";
const LOGINS = { PAYMENTS_BITBUCKET_TOKEN: TOKEN, TF_VAR_payments_token: TOKEN };
/** IDs in the guide, which readers replace with theirs. */
const SPACE_ID = "payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7";
const HOOK_ID = "{0192a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b}";
const FILE_SERVER = "https://bitbucket.acme.example";

type Remote = Harness["remote"];

const readGuide = () => readFile(join(ROOT, "docs/guides/moving-between-providers.md"), "utf8");

/** A file of the guide as it is printed: without the comment in its first line if `isWhole` is false. */
async function example(name: string, isWhole = false): Promise<string> {
  const text = await readFile(join(EXAMPLES, name), "utf8");
  const printed = isWhole ? text : text.slice(text.indexOf("\n") + 1);
  expect(await readGuide()).toContain(printed);
  return printed;
}

/** The output that the guide shows in a section contains only lines of what the program printed. */
async function expectShown(section: string, ...outputs: readonly string[]): Promise<void> {
  const text = (await readGuide()).split(/^#{2,3} /m).find((part) => part.startsWith(`${section}\n`)) ?? "";
  const blocks = [...text.matchAll(/^```text\n([\s\S]+?)^```/gm)].map(([, block = ""]) => block);
  const lines = (block: string) => block.split("\n").map((line) => line.trim().replaceAll(/\s+/g, " "));
  const printed = new Set(outputs.map(withIdsOfGuide).flatMap(lines));
  const shown = blocks.flatMap(lines).filter((line) => line !== "" && line !== "…");
  expect(shown).not.toEqual([]);
  expect(shown.filter((line) => !printed.has(line))).toEqual([]);
}

function withIdsOfGuide(text: string): string {
  return text.replaceAll(/payments-01[0-9A-Z]{24}/g, SPACE_ID).replaceAll(/\{[0-9a-f-]{36}\}/g, HOOK_ID);
}

/** Runs the engine as a reader does. @throws with its output if it fails */
async function engine(folder: Harness["folder"], ...args: readonly string[]): Promise<string> {
  const { code, output } = await folder.run([...args, "-no-color"], LOGINS);
  if (code !== 0) throw new Error(`${args.join(" ")}\n${output}`);
  return output;
}

/** Makes these files of the guide the whole configuration, with the IDs of the reader. */
async function place({ folder }: Harness, files: readonly string[], ids: Readonly<Record<string, string>> = {}): Promise<void> {
  for (const name of await readdir(folder.path)) {
    if (/\.(tf(\.json)?|sh)$/.test(name)) await rm(join(folder.path, name));
  }
  for (const name of files) await writeFile(join(folder.path, name), replaced(await example(name), ids));
  if (files.every((name) => name.endsWith(".tf"))) await engine(folder, "init", "-input=false");
}

function replaced(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((result, [from, to]) => result.replaceAll(from, to), text);
}

/** Runs a script of the guide, for which the engine of the tests is `terraform`. */
async function runScript({ folder }: Harness, name: string): Promise<void> {
  const programs = join(folder.path, "programs");
  await mkdir(programs);
  await symlink(folder.engine.path, join(programs, "terraform"));
  const env = { ...folder.environment, ...LOGINS, PATH: `${programs}:${process.env["PATH"]}` };
  const { code, output } = await runProgram("sh", [name], { cwd: folder.path, env });
  await rm(programs, { recursive: true });
  if (code !== 0) throw new Error(output);
}

/** The guide says how to restore the state that the script has saved. The script then does its work again. */
async function expectRestored(harness: Harness, name: string): Promise<void> {
  const { folder } = harness;
  const moved = await engine(folder, "state", "list");
  const [, command = ""] = /`terraform (state push [^`]+)`/.exec(await readGuide()) ?? [];
  await engine(folder, ...command.split(" "));
  expect(await engine(folder, "state", "list")).not.toBe(moved);
  await rm(join(folder.path, "before.tfstate"));
  await runScript(harness, name);
  expect(await engine(folder, "state", "list")).toBe(moved);
  await rm(join(folder.path, "before.tfstate"));
}

async function expectNoChanges({ folder }: Harness): Promise<void> {
  const { code, changes } = await folder.plan([], LOGINS);
  expect([code, changes]).toEqual([0, []]);
}

/** The default integration on Bitbucket Cloud, which people created in Spacelift. */
function createCompanyIntegration(remote: Remote): Promise<object> {
  return remote.graphql("mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id}}", {
    input: {
      customInput: { name: "Bitbucket for Acme", spaceID: "root", isDefault: true },
      email: "spacelift@acme.example",
      apiToken: TOKEN,
    },
  });
}

/** What the servers have: the same before and after a move. */
async function remoteObjects(remote: Remote): Promise<object> {
  const integrations = await remote.graphql(`{
    payments: bitbucketDatacenterIntegration(id: "payments") { id webhookSecret webhookURL }
    company: bitbucketCloudIntegration(id: "bitbucket-for-acme") { id webhookSecret webhookUrl }
    spaces { id name }
  }`);
  return { integrations, webhooks: [await remote.webhooks(CLOUD, "infrastructure"), await remote.webhooks(DATACENTER, "networking")] };
}

/** The IDs that the reader finds in the state, by those of the guide. */
async function idsOf({ folder }: Harness, space: string, hook: string): Promise<Readonly<Record<string, string>>> {
  const [spaceState, hookState] = [await folder.state(space), await folder.state(hook)];
  return { [SPACE_ID]: String(spaceState?.["id"]), [HOOK_ID]: String(hookState?.["uuid"]) };
}

const idsOfPublished = (harness: Harness) => idsOf(harness, "spacelift_space.payments", "bitbucket_hook.infrastructure");
const idsOfOwn = (harness: Harness) => idsOf(harness, "bitlift_space.payments", "bitlift_bitbucket_cloud_webhook.infrastructure");

const onStandIns = (name: string, run: (harness: Harness) => Promise<void>) =>
  scenario(
    name,
    async (harness) => {
      await createCompanyIntegration(harness.remote);
      await run(harness);
    },
    { standIns: true, pluginStart: "by engine" },
  );

/** Prints why a test does not run. */
function lacks(hasFeature: boolean, feature: string): boolean {
  if (!hasFeature) console.warn(`Not run: this engine does not support ${feature}.`);
  return !hasFeature;
}

/** Engines word their plans in different ways; the guide shows those of Terraform. */
const isShown = ({ folder }: Harness) => folder.engine.name === "Terraform";

onStandIns("moves files of the engine to the provider of Bitlift, and back, with blocks", async (harness) => {
  const { folder, remote } = harness;
  await place(harness, ["published.tf"]);
  await engine(folder, "apply", "-auto-approve");
  if (lacks(folder.engine.movesBetweenTypes, "moves between types")) return;
  const before = await remoteObjects(remote);
  const published = await idsOfPublished(harness);
  await place(harness, ["bitlift.tf", "moves-in.tf"]);
  const planned = await engine(folder, "plan", "-out=moves.tfplan");
  if (isShown(harness)) await expectShown("Files of the engine", planned);
  await engine(folder, "apply", "moves.tfplan");
  expect(await remoteObjects(remote)).toEqual(before);
  await place(harness, ["bitlift.tf"]);
  await expectNoChanges(harness);
  expect(await engine(folder, "providers")).not.toMatch(/spacelift-io|drfaust92|gavinbunney/i);

  const own = await idsOfOwn(harness);
  expect(own).toEqual(published);
  await place(harness, ["published.tf", "moves-out.tf"], own);
  const plannedBack = await engine(folder, "plan", "-out=moves.tfplan");
  if (isShown(harness)) await expectShown("By hand", plannedBack);
  await engine(folder, "apply", "moves.tfplan");
  expect(await remoteObjects(remote)).toEqual(before);
  await place(harness, ["published.tf"]);
  await expectNoChanges(harness);
});

onStandIns("moves files of the engine to the provider of Bitlift, and back, with commands", async (harness) => {
  const { folder, remote } = harness;
  await place(harness, ["published.tf"]);
  await engine(folder, "apply", "-auto-approve");
  const before = await remoteObjects(remote);
  const ids = await idsOfPublished(harness);
  for (const [file, script] of [
    ["bitlift.tf", "moves-in.sh"],
    ["published.tf", "moves-out.sh"],
  ] as const) {
    await place(harness, [file, script], ids);
    await runScript(harness, script);
    await expectRestored(harness, script);
    const { changes } = await folder.plan([], LOGINS);
    expect(changes.filter(({ actions }) => !["no-op", "update"].includes(actions.join()))).toEqual([]);
    await engine(folder, "apply", "-auto-approve");
    await expectNoChanges(harness);
    expect(await remoteObjects(remote)).toEqual(before);
  }
});

onStandIns("a name that changes together with the move becomes a replacement", async (harness) => {
  const { folder } = harness;
  if (lacks(folder.engine.movesBetweenTypes, "moves between types")) return;
  await place(harness, ["published.tf"]);
  await engine(folder, "apply", "-auto-approve");
  await place(harness, ["bitlift.tf", "moves-in.tf"]);
  const text = await example("bitlift.tf");
  await writeFile(join(folder.path, "bitlift.tf"), text.replace(/(integration" "payments" \{\n\s+name\s+= )"Payments"/, '$1"Ledger"'));
  const { changes } = await folder.plan([], LOGINS);
  const replacements = changes.filter(({ actions }) => actions.join() === "create,delete").map(({ type }) => type);
  expect(replacements).toContain("bitlift_bitbucket_datacenter_integration");
});

onStandIns("moves out with a token that does not stay in the state", async (harness) => {
  const { folder } = harness;
  if (lacks(folder.engine.writeOnly, "write-only arguments")) return;
  await place(harness, ["bitlift.tf"]);
  await engine(folder, "apply", "-auto-approve");
  const ids = await idsOfOwn(harness);
  await place(harness, ["published.tf", "moves-out.tf"], ids);
  const token = /`(access_token_wo = [^`]+)` and `(access_token_wo_version = [^`]+)`/.exec(await readGuide());
  const text = await example("published.tf");
  await writeFile(join(folder.path, "published.tf"), text.replace(/access_token += .+/, `${token?.[1]}\n${token?.[2]}`));
  await engine(folder, "apply", "-auto-approve");
  expect(await folder.stateFile()).not.toContain(TOKEN);
  await rm(join(folder.path, "moves-out.tf"));
  await expectNoChanges(harness);
});

onStandIns("constructs take over what files of the engine made", async (harness) => {
  const { folder, remote } = harness;
  await place(harness, ["published.tf"]);
  await engine(folder, "apply", "-auto-approve");
  if (lacks(folder.engine.movesBetweenTypes, "moves between types")) return;
  const before = await remoteObjects(remote);
  const configuration = await synthesizeExample(folder.environment, join(folder.path, "out"));
  await place(harness, []);
  await folder.write(configuration);
  await engine(folder, "init", "-input=false");
  const planned = await engine(folder, "plan", "-out=moves.tfplan");
  if (isShown(harness)) await expectShown("An app with constructs", planned);
  await engine(folder, "apply", "moves.tfplan");
  expect(await remoteObjects(remote)).toEqual(before);
  await expectNoChanges(harness);
});

/** The configuration of the app, without the backend that CDKTF adds. */
async function synthesizeExample(
  environment: Readonly<Record<string, string>>,
  output: string,
): Promise<Readonly<Record<string, unknown>>> {
  const args = ["--import", require.resolve("tsx"), "main.ts"];
  const env = { ...environment, CDKTF_OUTDIR: output };
  const { code, output: printed } = await runProgram(process.execPath, args, { cwd: EXAMPLES, env });
  if (code !== 0) throw new Error(printed);
  const synthesized = JSON.parse(await readFile(join(output, "stacks/payments/cdk.tf.json"), "utf8")) as { readonly terraform: Fields };
  return { ...synthesized, terraform: { ...synthesized.terraform, backend: undefined } };
}

/** Carries out the steps that `bitlift export` printed. Returns what it printed, and the plan. */
async function followSteps(one: BackingProject, backing: string): Promise<readonly string[]> {
  const exported = await one.project.bitlift("export", "out", "--backing", backing);
  expect([exported.code, exported.stderr]).toEqual([0, expect.not.stringContaining("Error")]);
  const commands = [...exported.stdout.matchAll(/^\d+\. In \S+ ?.*?: run \S+ (.+?)\.(?= |$)/gm)].map(([, text = ""]) => text.split(" "));
  const outputs = [exported.stdout];
  for (const args of commands) {
    const { code, output } = await one.engine(
      "out/main",
      ...args,
      ...(args[1]?.startsWith("-target") ? ["-auto-approve"] : []),
      "-no-color",
    );
    if (code !== 0) throw new Error(output);
    outputs.push(output);
    if (args[0] !== "plan") continue;
    const review = await one.project.bitlift("review", "out/main/moves.tfplan");
    expect([review.code, review.stdout]).toEqual([2, expect.not.stringMatching(/backing-changed|DANGER/i)]);
  }
  const [, files = ""] = /Delete (.+)\. The next plan/.exec(exported.stdout) ?? [];
  for (const name of files.split(", ")) await rm(join(one.project.folder, "out/main", name));
  return outputs;
}

it("moves the file to the provider of Bitlift, and back, with the steps that the command prints", async () => {
  const one = (await BackingProject.create(CLOUD)).withVariables(LOGINS);
  try {
    const { project } = one;
    if (lacks(project.engine.writeOnly, "write-only arguments")) return;
    await createCompanyIntegration(project.remote);
    const text = (await example("bitlift.yaml", true)).replace(FILE_SERVER, project.sandbox.bitbucketDatacenter.url);
    const write = (backing: string) =>
      writeFile(join(project.folder, "bitlift.yaml"), text.replace("\nbacking: published\n", `\nbacking: ${backing}\n`));
    await write("published");
    expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
    const before = await remoteObjects(project.remote);
    for (const [backing, section] of [
      ["bitlift", "`bitlift.yaml`"],
      ["published", "With the command"],
    ] as const) {
      const outputs = await followSteps(one, backing);
      if (project.engine.name === "Terraform") await expectShown(section, ...outputs);
      else expect(outputs.join()).toContain("0 to destroy");
      await write(backing);
      expect(await project.bitlift("plan")).toMatchObject({ code: 0 });
      expect(await remoteObjects(project.remote)).toEqual(before);
    }
  } finally {
    await one.stop();
  }
});
