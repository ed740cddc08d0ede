/** A machine that runs the commands of a pipeline as they are written: an engine, a sandbox, git, and stand-ins for `apk` and `npm`. */
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import type { Sandbox, Seed } from "../../packages/sandbox";
import { runProgram, SandboxClient, type ProgramEnd } from "../../tools/harness";
import { startEngineAndSandbox } from "./engine-and-sandbox";

const ROOT = resolve(__dirname, "../..");
export const EXAMPLES = join(ROOT, "examples");

/** What `npm ci` would install. */
const PACKAGES: Readonly<Record<string, string>> = {
  bitlift: ROOT,
  cdktf: "cdktf",
  constructs: "constructs",
  tsx: "tsx",
  ".bin/bitlift": join(ROOT, "dist/packages/cli/bin.js"),
  ".bin/cdktf": "cdktf-cli/bundle/bin/cdktf",
};

/** No settings of the person who runs the tests. */
const GIT = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Ada Admin",
  GIT_AUTHOR_EMAIL: "ada@acme.example",
  GIT_COMMITTER_NAME: "Ada Admin",
  GIT_COMMITTER_EMAIL: "ada@acme.example",
};

export class PipelineMachine {
  readonly engine: Engine;
  readonly sandbox: Sandbox;
  readonly remote: SandboxClient;
  /** An empty folder, except for `bin` and `installed`. */
  readonly root: string;
  readonly stop: () => Promise<void>;
  readonly environment: Readonly<Record<string, string>>;

  private constructor(started: Awaited<ReturnType<typeof startEngineAndSandbox>>, environment: Readonly<Record<string, string>>) {
    this.engine = started.engine;
    this.sandbox = started.sandbox;
    this.remote = new SandboxClient(started.sandbox);
    this.root = started.folder;
    this.stop = started.stop;
    this.environment = environment;
  }

  /** @param prefix Start of the folder's name. */
  static async start(prefix: string, seed?: Seed): Promise<PipelineMachine> {
    const started = await startEngineAndSandbox(prefix, seed);
    const { engine, sandbox, folder } = started;
    const bin = join(folder, "bin");
    await mkdir(bin);
    await installPackages(join(folder, "installed"));
    const install = `#!/bin/sh\n[ -e node_modules ] || cp -RP "${join(folder, "installed/node_modules")}" .\n`;
    await writeFile(join(bin, "npm"), install, { mode: 0o755 });
    await writeFile(join(bin, "apk"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
    const environment = await cleanEnvironment(engine, folder, {
      ...sandbox.environment,
      ...GIT,
      CI: "true",
      FORCE_COLOR: "0",
      TF_CLI_ARGS: "-no-color",
      PAYMENTS_BITBUCKET_API_TOKEN: "reads-code",
    });
    return new PipelineMachine(started, { ...environment, PATH: [bin, environment["PATH"]].join(delimiter) });
  }

  sh(command: string, cwd: string, variables: Readonly<Record<string, string>> = {}): Promise<ProgramEnd> {
    return runProgram("/bin/sh", ["-c", command], { cwd, env: { ...this.environment, ...variables } });
  }

  /** The lines of a script, one after another, until one fails. */
  script(lines: readonly string[], cwd: string, variables: Readonly<Record<string, string>> = {}): Promise<ProgramEnd> {
    return runProgram("/bin/sh", ["-e", "-c", lines.join("\n")], { cwd, env: { ...this.environment, ...variables } });
  }

  /** What `bitlift init` writes, with the bitlift.yaml of an example. */
  async writeProject(
    folder: string,
    pipeline: "spacelift" | "bitbucket",
    change: (text: string) => string = (text) => text,
  ): Promise<void> {
    await mkdir(folder);
    expect(await this.sh(`npm ci && npx bitlift init --pipeline ${pipeline}`, folder)).toMatchObject({ code: 0 });
    const example = pipeline === "spacelift" ? "spacelift" : "pipelines";
    await writeFile(join(folder, "bitlift.yaml"), change(await readFile(join(EXAMPLES, example, "bitlift.yaml"), "utf8")));
  }
}

async function installPackages(folder: string): Promise<void> {
  for (const [name, target] of Object.entries(PACKAGES)) {
    const link = join(folder, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(resolve(ROOT, "node_modules", target), link);
  }
}
