/** The lines of a program in the findings of `bitlift review`: a TypeScript app, and one that is compiled to JavaScript with a source map. */
import { readdir, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { CommandProject } from "./command-project";

const ROOT = resolve(__dirname, "../..");
const TSX = require.resolve("tsx");
const PLUGIN = join(ROOT, "dist/plugin/terraform-provider-bitlift");

/** Each command synthesizes, and starts an engine. */
jest.setTimeout(180_000);

let project: CommandProject;

beforeEach(async () => {
  project = await CommandProject.create();
  await symlink(join(ROOT, "node_modules"), join(project.folder, "node_modules"));
});
afterEach(() => project.stop());

interface Settings {
  readonly name: string;
  readonly active: boolean;
}

/** The types disappear in the compiled program, so its lines differ. */
const program = ({ name, active }: Settings) => `import { App, TerraformStack } from "cdktf";
import { BitbucketCloudIntegration, BitliftProvider, Credential } from ${JSON.stringify(join(ROOT, "lib"))};

interface Team {
  readonly name: string;
  readonly repositories: readonly string[];
}

function addTeam(stack: TerraformStack, { name, repositories }: Team): void {
  const credential = { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("PAYMENTS_BITBUCKET_API_TOKEN") };
  const integration = new BitbucketCloudIntegration(stack, "payments", { name, credential });
  for (const repository of repositories) {
    integration.addRepository(repository, { active: ${String(active)} });
  }
}

const app = new App();
const stack = new TerraformStack(app, "main");
new BitliftProvider(stack, "bitlift", { pluginPath: ${JSON.stringify(PLUGIN)} });
addTeam(stack, { name: ${JSON.stringify(name)}, repositories: ["acme-workspace/infrastructure"] });
app.synth();
`;

async function writeProgram(settings: Settings, isCompiled: boolean): Promise<void> {
  await writeFile(join(project.folder, "main.ts"), program(settings));
  const app = isCompiled ? "node dist/main.js" : `node --import ${TSX} main.ts`;
  await writeFile(join(project.folder, "cdktf.json"), JSON.stringify({ language: "typescript", app, sendCrashReports: "false" }));
  if (!isCompiled) return;
  await build({
    absWorkingDir: project.folder,
    entryPoints: ["main.ts"],
    outdir: "dist",
    bundle: true,
    platform: "node",
    sourcemap: true,
    external: ["cdktf", "constructs"],
  });
}

interface ReviewJson {
  readonly findings: readonly { readonly code: string; readonly subject: { readonly kind: string; readonly place?: unknown } }[];
}

/** Where the review sees each kind of object. */
async function reviewedPlaces(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const end = await project.bitlift("review", "--format", "json", ...args);
  expect(end).toMatchObject({ code: 2 });
  const { findings } = JSON.parse(end.stdout) as ReviewJson;
  return Object.fromEntries(findings.map(({ subject: { kind, place } }) => [kind, place]));
}

const PLACES = {
  integration: expect.objectContaining({ file: "main.ts", line: 11 }) as unknown,
  webhook: expect.objectContaining({ file: "main.ts", line: 13 }) as unknown,
};

it.each([
  ["TypeScript", false],
  ["JavaScript with a source map", true],
])("a finding about a construct names the line of the program: %s", async (_language, isCompiled) => {
  await writeProgram({ name: "Payments", active: true }, isCompiled);
  expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
  await writeProgram({ name: "Payments renamed", active: false }, isCompiled);
  expect(await reviewedPlaces()).toEqual(PLACES);
  expect((await project.bitlift("plan", "--plan-dir", "plans")).code).toBe(2);
  expect(await reviewedPlaces("--plan-dir", "plans")).toEqual(PLACES);
  // The lines are in no file that stays, so the saved plans still fit.
  expect(await readdir(join(project.folder, "cdktf.out/stacks/main"))).not.toContain("bitlift-origins.json");
  expect((await project.bitlift("apply", "--plan-dir", "plans")).code).toBe(0);
});
