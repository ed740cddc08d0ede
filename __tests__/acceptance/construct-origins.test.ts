/** The lines of a program in the findings of `bitlift review`: a TypeScript app, and one that is compiled to JavaScript with a source map. */
import { existsSync } from "node:fs";
import { readFile, symlink, writeFile } from "node:fs/promises";
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

/** The types disappear in the compiled program, so its lines differ. */
const program = (name: string) => `import { App, TerraformStack } from "cdktf";
import { BitbucketCloudIntegration, BitliftProvider, Credential } from ${JSON.stringify(join(ROOT, "lib"))};

interface Team {
  readonly name: string;
  readonly repositories: readonly string[];
}

function addTeam(stack: TerraformStack, { name, repositories }: Team): void {
  const credential = { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("PAYMENTS_BITBUCKET_API_TOKEN") };
  const integration = new BitbucketCloudIntegration(stack, "payments", { name, credential });
  for (const repository of repositories) {
    integration.addRepository(repository);
  }
}

const app = new App();
const stack = new TerraformStack(app, "main");
new BitliftProvider(stack, "bitlift", { pluginPath: ${JSON.stringify(PLUGIN)} });
addTeam(stack, { name: ${JSON.stringify(name)}, repositories: ["acme-workspace/infrastructure"] });
app.synth();
`;

async function writeProgram(name: string, isCompiled: boolean): Promise<void> {
  await writeFile(join(project.folder, "main.ts"), program(name));
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
  readonly findings: readonly { readonly code: string; readonly subject: { readonly key: string; readonly place?: unknown } }[];
}

async function reviewedPlaces(...args: readonly string[]) {
  const end = await project.bitlift("review", "--format", "json", ...args);
  expect(end).toMatchObject({ code: 2 });
  return (JSON.parse(end.stdout) as ReviewJson).findings;
}

it.each([
  ["TypeScript", false],
  ["JavaScript with a source map", true],
])("a finding about a construct names the line of the program: %s", async (_language, isCompiled) => {
  await writeProgram("Payments", isCompiled);
  expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
  await writeProgram("Payments renamed", isCompiled);
  console.log(JSON.stringify(await reviewedPlaces(), null, 1));
  expect(existsSync(join(ROOT, "x"))).toBe(false);
  console.log(await readFile(join(project.folder, "main.ts"), "utf8"));
});
