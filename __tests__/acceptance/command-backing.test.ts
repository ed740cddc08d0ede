/** `bitlift export --backing`: every object of a part comes under the other providers, and back; nothing is deleted or made again. */
import { rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CLOUD, DATACENTER, type Product } from "../../tools/harness";
import { BackingProject, withoutHash } from "./backing-project";
import { countWrites } from "./request-log";

jest.setTimeout(300_000);

let one: BackingProject;
afterEach(() => one.stop());

const SPACES = { platform: { name: "Moving", spaces: { payments: { name: "Moving Payments" } } } };
const REPOSITORIES = ["infrastructure", "networking"];

/** The file with an integration that it manages, or with one that exists, as the published provider needs it for Bitbucket Cloud. */
function file(product: Product, backing?: string, existing?: string) {
  const { namespace, name } = product;
  const repositories = REPOSITORIES.map((slug) => `${namespace}/${slug}`);
  const settings = existing === undefined ? { name: "Ledger", space: "payments" } : { existing: { id: existing } };
  const login =
    name === "datacenter"
      ? { datacenter: { server: "main", username: "spacelift-reader", token: { variable: "ledger_token" } } }
      : { cloud: existing === undefined ? { email: "spacelift@acme.example", token: { env: "PAYMENTS_BITBUCKET_API_TOKEN" } } : {} };
  const { url } = one.project.sandbox.bitbucketDatacenter;
  return {
    ...(backing === undefined ? {} : { backing }),
    ...(name === "datacenter" ? { servers: { main: { url, username: "admin", password: { env: "BITBUCKET_PASSWORD" } } } } : {}),
    spaces: SPACES,
    integrations: { ledger: { ...login, ...settings, repositories } },
  };
}

/** What the servers have. */
async function remoteObjects(product: Product): Promise<object> {
  const { remote } = one.project;
  const document = `query($id:ID!){found:${product.query}(id:$id){id webhookSecret url:${product.webhookUrlField}}}`;
  const { found } = await remote.graphql<{ readonly found: object }>(document, { id: "ledger" });
  const webhooks = await Promise.all(REPOSITORIES.map((repository) => remote.webhooks(product, repository)));
  return { found, webhooks };
}

/** @throws with what the program printed */
function succeeded({ code, output }: { readonly code: number; readonly output: string }): void {
  if (code !== 0) throw new Error(output);
}

interface ExportedPart {
  readonly files: Readonly<Record<string, string>>;
  readonly triggers: readonly string[];
}

/** Exports, moves the objects as the printed steps say, and returns what the plan shows. */
async function move(product: Product, backing: string, options: readonly string[] = []) {
  const { project } = one;
  const folder = `to-${backing}/main`;
  const exported = await project.bitlift("export", `to-${backing}`, "--backing", backing, "--json", ...options);
  expect([exported.code, exported.stderr]).toEqual([0, expect.not.stringContaining("Error")]);
  const { parts } = JSON.parse(exported.stdout) as { readonly parts: readonly ExportedPart[] };
  const files = Object.keys(parts[0]?.files ?? {});
  if (files.includes("moves.sh")) succeeded(await one.run("sh", join(folder, "moves.sh")));
  else succeeded(await one.engine(folder, "init", "-input=false"));
  for (const trigger of parts[0]?.triggers ?? []) {
    succeeded(await one.engine(folder, "apply", "-input=false", "-auto-approve", `-target=${trigger}`));
  }
  const planned = await one.plan(folder);
  await project.remote.clearRequests(["spacelift", product.service]);
  succeeded(await one.engine(folder, "apply", "-input=false", "plan.out"));
  for (const name of files) await rm(join(project.folder, folder, name));
  succeeded(await one.engine(folder, "init", "-input=false"));
  const again = await one.plan(folder);
  expect([again.changes, again.code]).toEqual([[], 0]);
  return { files, changes: planned.changes, output: planned.output, writes: await countWrites(project.remote, product) };
}

const OWN = ["space-payments", "space-platform"].map((name) => `bitlift_space.${name}`);
const PUBLISHED = OWN.map((address) => address.replace("bitlift_", "spacelift_"));

it("moves a part for Bitbucket Data Center to the published providers, and back", async () => {
  one = await BackingProject.create(DATACENTER);
  const { project } = one;
  if (!project.engine.writeOnly) {
    console.warn("Not run: the published integration for Bitbucket Data Center needs write-only arguments.");
    return;
  }
  await project.write(file(DATACENTER));
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
  const before = await remoteObjects(DATACENTER);
  await project.write(file(DATACENTER, "published"));
  const unmoved = await project.bitlift("plan");
  const advice =
    /The backing of part main changed: its state has 5 objects of the other providers.*bitlift export <dir> --backing published/;
  expect([unmoved.code, unmoved.stderr]).toEqual([1, expect.stringMatching(advice)]);
  await project.write(file(DATACENTER));

  const out = await move(DATACENTER, "published");
  expect(out.files).toEqual(["moves.tf", "moves_override.tf"]);
  const webhooks = REPOSITORIES.map((slug) => `ledger_plat--${slug}`);
  expect(out.changes).toEqual([
    ...webhooks.map((name) => `bitbucketserver_repository_webhook.${name}: import`),
    "bitlift_bitbucket_datacenter_integration.ledger: forget",
    ...webhooks.map((name) => `bitlift_bitbucket_datacenter_webhook.${name}: forget`),
    ...OWN.map((address) => `${address}: forget`),
    "spacelift_bitbucket_datacenter_integration.ledger: import, update",
    ...PUBLISHED.map((address) => `${address}: import`),
  ]);
  expect(out.writes).toBe(1);
  expect(await remoteObjects(DATACENTER)).toEqual(before);
  await project.write(file(DATACENTER, "published"));
  expect(await project.bitlift("plan")).toMatchObject({ code: 0 });

  const back = await move(DATACENTER, "bitlift");
  // OpenTofu plans no update when a write-only argument appears.
  expect(back.changes.map((text) => text.replace(": move, update", ": move"))).toEqual([
    "bitlift_bitbucket_datacenter_integration.ledger: move",
    ...webhooks.map((name) => `bitlift_bitbucket_datacenter_webhook.${name}: move`),
    ...OWN.map((address) => `${address}: move`),
    "null_resource.ledger_BitliftIdentity: forget",
  ]);
  expect(await remoteObjects(DATACENTER)).toEqual(before);
  await project.write(file(DATACENTER));
  expect(await project.bitlift("plan")).toMatchObject({ code: 0 });
});

it.each([
  ["blocks", []],
  ["commands", ["--commands"]],
])("moves a part for Bitbucket Cloud with %s, after the file names its integration by ID", async (_form, options) => {
  one = await BackingProject.create(CLOUD);
  const { project } = one;
  await project.write(file(CLOUD));
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
  const before = await remoteObjects(CLOUD);
  const refused = await project.bitlift("export", "to-published", "--backing", "published");
  expect([refused.code, refused.stdout, refused.stderr]).toEqual([1, "", expect.stringContaining("(move-impossible)")]);
  expect(refused.stderr.replaceAll(/\s+/g, " ")).toContain('integration "ledger": write "cloud: {}" and "existing: { id: ledger }"');

  await project.write(file(CLOUD, undefined, "ledger"));
  const out = await move(CLOUD, "published", options);
  const webhooks = REPOSITORIES.map((slug) => `ledger_acme-workspace--${slug}`);
  const hasBlocks = !out.files.includes("moves.sh");
  const isForgotten = [
    "bitlift_bitbucket_cloud_integration.ledger: forget",
    ...webhooks.map((name) => `bitlift_bitbucket_cloud_webhook.${name}: forget`),
    ...OWN.map((address) => `${address}: forget`),
  ];
  const imported = hasBlocks ? "import, update" : "update";
  expect(out.changes).toEqual([
    ...webhooks.map((name) => `bitbucket_hook.${name}: ${imported}`),
    ...(hasBlocks ? [...isForgotten, ...PUBLISHED.map((address) => `${address}: import`)] : []),
  ]);
  expect(out.writes).toBe(2);
  expect(await remoteObjects(CLOUD)).toEqual(before);
  await project.write(file(CLOUD, "published", "ledger"));
  expect(await project.bitlift("plan")).toMatchObject({ code: 0 });

  const back = await move(CLOUD, "bitlift", options);
  if (back.files.includes("moves.tf")) {
    expect(back.changes).toEqual([
      ...webhooks.map((name) => `bitlift_bitbucket_cloud_webhook.${name}: move`),
      ...OWN.map((address) => `${address}: move`),
    ]);
  } else expect(back.changes).toEqual(webhooks.map((name) => `bitlift_bitbucket_cloud_webhook.${name}: update`));
  expect(await remoteObjects(CLOUD)).toEqual(before);
});

const APP = `
  import { App, TerraformStack } from "cdktf";
  import { BitliftProvider, Space } from "${resolve(__dirname, "../../lib")}";
  const app = new App();
  const stack = new TerraformStack(app, "main");
  new BitliftProvider(stack, "bitlift");
  new Space(stack, "team", { name: "Moving Team" });
  app.synth();
`;

it("moves the objects of an app without the file, whose context has the backing", async () => {
  one = await BackingProject.create(CLOUD);
  const { project } = one;
  await writeFile(join(project.folder, "app.ts"), APP);
  await symlink(resolve(__dirname, "../../node_modules"), join(project.folder, "node_modules"));
  await writeFile(
    join(project.folder, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: `node --import ${require.resolve("tsx")} app.ts` }),
  );
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
  const { changes } = await move(CLOUD, "published");
  expect(changes.filter((text) => text.endsWith("import"))).toEqual(one.project.engine.forgets ? ["spacelift_space.team: import"] : []);
  expect(await one.types()).toEqual(["spacelift_space"]);
});

it("refuses to apply another backing without the move, and names the command", async () => {
  one = await BackingProject.create(CLOUD);
  const { project } = one;
  const { integrations: _none, ...spaces } = file(CLOUD);
  await project.write(spaces);
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
  await project.write({ ...spaces, backing: "published" });
  const planned = await project.bitlift("plan");
  expect([planned.code, withoutHash(planned.stderr)]).toEqual([
    2,
    expect.stringContaining("Warning: The plans delete 2 objects and create them again with other providers, because the backing changed"),
  ]);
  expect(planned.stderr).toContain("run bitlift export <dir> --backing published, and follow its steps.");
  const applied = await project.bitlift("apply", "--auto-approve");
  expect([applied.code, applied.stderr]).toEqual([1, expect.stringContaining("(backing-change-refused)")]);
  expect(await one.types()).toEqual(["bitlift_space"]);
  expect(await project.bitlift("apply", "--auto-approve", "--accept-backing-change")).toMatchObject({ code: 0 });
  expect(await one.types()).toEqual(["spacelift_space"]);
});
