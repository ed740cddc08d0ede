/** `bitlift export --backing` with several parts, with a state that a runner stores, and what happens without it when a provider leaves the file. */
import { copyFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { CLOUD, DATACENTER, runProgram, type Product } from "../../tools/harness";
import { BackingProject, withoutHash } from "./backing-project";
import { createIntegration } from "./outside-changes";

jest.setTimeout(300_000);

let one: BackingProject;
afterEach(() => one.stop());

const SPACES = { team: { name: "Moving Team" } };
const EXISTING = { first: ["infrastructure"], second: ["billing", "networking"] };

/** Integrations that others manage, each with webhooks in a part of its own, and a part with the Space. */
async function parts(): Promise<object> {
  const integrations: Record<string, object> = {};
  for (const [key, repositories] of Object.entries(EXISTING)) {
    await createIntegration(one.project.remote, CLOUD, { settings: { name: `Moving ${key}`, spaceID: "root" } });
    integrations[key] = {
      cloud: {},
      existing: { id: `moving-${key}` },
      repositories: repositories.map((name) => `acme-workspace/${name}`),
    };
  }
  return { parts: "integration", spaces: SPACES, integrations };
}

interface Exported {
  readonly parts: readonly { readonly part: string; readonly folder: string; readonly moves: readonly unknown[]; readonly files: object }[];
}

async function exported(...options: readonly string[]): Promise<Exported["parts"]> {
  const { code, stdout, stderr } = await one.project.bitlift("export", "out", "--json", ...options);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("Error")]);
  return (JSON.parse(stdout) as Exported).parts;
}

async function succeeds(folder: string, ...args: readonly string[]): Promise<void> {
  const { code, output } = await one.engine(folder, ...args);
  if (code !== 0) throw new Error(output);
}

/** Does what the printed steps say in one folder. @returns what the plan shows, by what happens */
async function move({ folder, files }: Exported["parts"][number]): Promise<readonly string[]> {
  if ("moves.sh" in files) {
    const { code, output } = await one.run("sh", join(folder, "moves.sh"));
    if (code !== 0) throw new Error(output);
  } else await succeeds(folder, "init", "-input=false");
  const { changes } = await one.plan(folder);
  await succeeds(folder, "apply", "-input=false", "plan.out");
  for (const name of Object.keys(files)) await rm(join(one.project.folder, folder, name));
  await succeeds(folder, "init", "-input=false");
  expect(await one.plan(folder)).toMatchObject({ code: 0, changes: [] });
  return changes;
}

const webhooksOf = async (product: Product, repositories: readonly string[]) =>
  Promise.all(repositories.map((repository) => one.project.remote.webhooks(product, repository)));

it("moves every part of a file, one after the other, and back", async () => {
  one = await BackingProject.create(CLOUD);
  const { project } = one;
  const file = await parts();
  await project.write(file);
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
  const repositories = Object.values(EXISTING).flat();
  const before = await webhooksOf(CLOUD, repositories);

  for (const backing of ["published", "bitlift"]) {
    const moved = await exported("--backing", backing);
    expect(moved.map(({ part, folder, moves }) => [part, folder, moves.length])).toEqual([
      ["spaces", "out/spaces", 1],
      ["first", "out/first", 1],
      ["second", "out/second", 2],
    ]);
    for (const part of moved) expect((await move(part)).filter((text) => /delete|create/.test(text))).toEqual([]);
    await project.write({ ...file, backing });
    expect(await project.bitlift("plan")).toMatchObject({ code: 0 });
    expect(await webhooksOf(CLOUD, repositories)).toEqual(before);
  }
});

it("moves one part with the state that a runner stores, and no other", async () => {
  one = await BackingProject.create(CLOUD);
  const { project } = one;
  await project.write(await parts());
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
  // The runner has it, and gives it out with state pull.
  await rename(join(project.folder, "terraform.second.tfstate"), join(project.folder, "pulled.tfstate"));

  const several = await project.bitlift("export", "out", "--backing", "published", "--state", "pulled.tfstate");
  expect([several.code, several.stderr]).toEqual([64, expect.stringContaining("--state is the state of one part, but there are 3")]);
  const options = ["--backing", "published", "--part", "second", "--flat", "--no-backend"];
  const [nothing] = await exported(...options, "--json");
  expect(nothing).toMatchObject({ part: "second", moves: [] });

  const [second] = await exported(...options, "--state", "pulled.tfstate");
  expect(second).toMatchObject({ part: "second", folder: "out", moves: [{}, {}] });
  await copyFile(join(project.folder, "pulled.tfstate"), join(project.folder, "out/terraform.tfstate"));
  const changes = await move(second!);
  if (project.engine.forgets) {
    expect(changes.map(withoutHash)).toEqual([
      ...EXISTING.second.map((name) => `bitbucket_hook.second_acme-workspace--${name}: import, update`),
      ...EXISTING.second.map((name) => `bitlift_bitbucket_cloud_webhook.second_acme-workspace--${name}: forget`),
    ]);
  }
});

it("says how to delete the objects of the last integration of a backing, after it left the file", async () => {
  one = await BackingProject.create(DATACENTER);
  const { project } = one;
  if (!project.engine.writeOnly) {
    console.warn("Not run: the published integration for Bitbucket Data Center needs write-only arguments.");
    return;
  }
  const { url } = project.sandbox.bitbucketDatacenter;
  const file = {
    servers: { main: { url, username: "admin", password: { env: "BITBUCKET_PASSWORD" } } },
    spaces: SPACES,
    integrations: {
      ledger: {
        datacenter: { server: "main", username: "spacelift-reader", token: { variable: "ledger_token" } },
        name: "Ledger",
        backing: "published",
        repositories: ["PLAT/infrastructure"],
      },
    },
  };
  await project.write(file);
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
  const { integrations: _left, ...without } = file;
  await project.write(without);
  const { code, stderr } = await project.bitlift("plan");
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining("The state of part main has 2 objects whose provider left the configuration"),
  ]);

  await project.write(file);
  expect(await project.bitlift("plan")).toMatchObject({ code: 0 });
  const command = /\(cd '.*apply -destroy.*\)/.exec(stderr)?.[0] ?? "";
  const run = command.replace(/&& \S+ (.*)\)$/, `&& '${project.engine.path}' $1 -auto-approve)`);
  expect(await runProgram("sh", ["-c", run], { cwd: project.folder, env: project.environment })).toMatchObject({ code: 0 });
  expect(await webhooksOf(DATACENTER, ["infrastructure"])).toEqual([[]]);
  await project.write(without);
  // What only the published backing needs, which the engine deletes without a block.
  expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
  expect(await one.types()).toEqual(["bitlift_space"]);
});
