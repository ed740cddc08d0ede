/** A project in a temporary folder, a sandbox, and the command `bitlift` as a process. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { SandboxClient } from "../../tools/harness";

const ROOT = resolve(__dirname, "../..");
const TSX = require.resolve("tsx");

export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Types on the keyboard of the terminal. */
  readonly type: (text: string) => void;
  /** Ends the readers of both streams, as `bitlift apply 2>&1 | head -1` does. */
  readonly stopReading: () => void;
  readonly said: { out: string; err: string };
  readonly ended: Promise<CommandEnd>;
}

export class CommandProject {
  readonly engine: Engine;
  readonly sandbox: Sandbox;
  readonly remote: SandboxClient;
  /** The folder of cdktf.json. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly #root: string;

  private constructor(root: string, engine: Engine, sandbox: Sandbox, environment: Readonly<Record<string, string>>) {
    this.#root = root;
    this.folder = join(root, "project");
    this.engine = engine;
    this.sandbox = sandbox;
    this.remote = new SandboxClient(sandbox);
    this.environment = environment;
  }

  static async create(): Promise<CommandProject> {
    const engine = await chooseEngine();
    const sandbox = await startSandbox();
    // A short name, because plugins create sockets below it.
    const root = await mkdtemp(join(tmpdir(), "bl-"));
    const token = sandbox.environment["SPACELIFT_BITBUCKET_TOKEN"];
    const environment = await cleanEnvironment(engine, root, { ...sandbox.environment, PAYMENTS_BITBUCKET_API_TOKEN: token });
    const project = new CommandProject(root, engine, sandbox, environment);
    await mkdir(project.folder);
    const app = `node --import ${TSX} ${join(ROOT, "main.ts")}`;
    await writeFile(join(project.folder, "cdktf.json"), JSON.stringify({ language: "typescript", app, sendCrashReports: "false" }));
    return project;
  }

  /** The same project with further variables. */
  withVariables(variables: Readonly<Record<string, string>>): CommandProject {
    return new CommandProject(this.#root, this.engine, this.sandbox, { ...this.environment, ...variables });
  }

  async write(file: object): Promise<void> {
    await writeFile(join(this.folder, "bitlift.yaml"), JSON.stringify({ version: 1, ...file }));
  }

  start(...args: readonly string[]): RunningCommand {
    return this.#start(process.execPath, commandLine(args), "ignore");
  }

  /** The command in a terminal of its own, with `script` of util-linux. Both of its streams arrive as standard output. */
  startInTerminal(columns: number, ...args: readonly string[]): RunningCommand {
    const command = [process.execPath, ...commandLine(args)].map((word) => `'${word}'`).join(" ");
    return this.#start("script", ["-qefc", `stty cols ${columns}; exec ${command}`, "/dev/null"], "pipe");
  }

  #start(file: string, args: readonly string[], stdin: "ignore" | "pipe"): RunningCommand {
    const child = spawn(file, args, { cwd: this.folder, env: this.environment, stdio: [stdin, "pipe", "pipe"] });
    const said = { out: "", err: "" };
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (said.out += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (said.err += text));
    const ended = new Promise<CommandEnd>((done, fail) => {
      child.once("error", fail).once("close", (code) => done({ code, stdout: said.out, stderr: said.err }));
    });
    const stopReading = () => [child.stdout, child.stderr].forEach((stream) => stream?.destroy());
    return { kill: (signal) => child.kill(signal), type: (text) => child.stdin?.write(text), stopReading, said, ended };
  }

  bitlift(...args: readonly string[]): Promise<CommandEnd> {
    return this.start(...args).ended;
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.#root, { recursive: true, force: true });
  }
}

function commandLine(args: readonly string[]): readonly string[] {
  return ["--import", TSX, join(ROOT, "packages/cli/bin.js"), ...args];
}

/** An integration on Bitbucket Cloud, as the file describes it. */
export function integration(name: string, repositories: readonly string[], space?: string): object {
  const cloud = { email: "spacelift@acme.example", token: { env: "PAYMENTS_BITBUCKET_API_TOKEN" } };
  return { cloud, name, repositories: repositories.map((slug) => `acme-workspace/${slug}`), ...(space === undefined ? {} : { space }) };
}
