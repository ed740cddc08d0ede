/** One acceptance scenario: a sandbox, an engine, a folder with a configuration, and the built plugin beside it. */
import { execFile, spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { arch, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { version } from "../../package.json";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { rawHooks } from "./by-hand";
import { changesOf, diagnosticsIn, toldIn, undeclaredIn, type Planned, type Ran, type Told } from "./engine-output";
import { TOKEN, TOKEN_VARIABLE, type BitbucketService, type Hook, type Product } from "./product";

export { codeOf, differences, errors, toldIn, warnings, type Change, type Planned, type Ran, type Said, type Told } from "./engine-output";

/** An engine's command that is under way. */
export interface Running {
  readonly pid: number;
  /** What the engine has told so far. */
  told(): readonly Told[];
  readonly ended: Promise<Ran>;
}

/** Asked once per test file. */
let chosen: Promise<Engine> | undefined;

export type Service = "spacelift" | BitbucketService;
const PART_OF = { spacelift: "spacelift", "bitbucket-cloud": "bitbucketCloud", "bitbucket-datacenter": "bitbucketDatacenter" } as const;

type Variables = Readonly<Record<string, string | undefined>>;

export class World {
  private plans = 0;
  private constructor(
    readonly sandbox: Sandbox,
    readonly engine: Engine,
    readonly folder: string,
    private readonly base: Readonly<Record<string, string>>,
  ) {}

  static async start(options: Parameters<typeof startSandbox>[0] = {}): Promise<World> {
    const engine = await (chosen ??= chooseEngine(process.env));
    const sandbox = await startSandbox(options);
    const folder = await mkdtemp(join(tmpdir(), "bl-"));
    const base = await cleanEnvironment(engine, folder, { ...sandbox.environment, [TOKEN_VARIABLE]: TOKEN });
    const world = new World(sandbox, engine, folder, base);
    await mkdir(world.stack, { recursive: true });
    await world.placePlugin();
    return world;
  }

  get stack(): string {
    return join(this.folder, "stack");
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async placePlugin(): Promise<void> {
    const cpu = arch() === "arm64" ? "arm64" : "amd64";
    const target = join(this.stack, "terraform.d/plugins/terraform.local/bitlift/bitlift", version, `${platform()}_${cpu}`);
    await mkdir(target, { recursive: true });
    await copyFile(join(__dirname, "../../dist/plugin/terraform-provider-bitlift"), join(target, `terraform-provider-bitlift_v${version}`));
  }

  /** Writes the configuration (Terraform's JSON form) and initialises the folder the first time. */
  async write(configuration: Record<string, unknown>): Promise<void> {
    const terraform = { required_providers: { bitlift: { source: "terraform.local/bitlift/bitlift", version } } };
    await writeFile(join(this.stack, "main.tf.json"), JSON.stringify({ terraform, ...configuration }, null, 2));
    if ((await readdir(this.stack)).includes(".terraform")) return;
    const ran = await this.run(["init", "-input=false", "-no-color"]);
    if (ran.code !== 0) throw new Error(ran.output);
  }

  async plan(args: readonly string[] = [], variables: Variables = {}): Promise<Planned> {
    const file = `plan-${String(++this.plans)}.bin`;
    const ran = await this.run(["plan", "-json", "-input=false", "-detailed-exitcode", `-out=${file}`, ...args], variables);
    const json = ran.code !== 2 ? "" : (await this.run(["show", "-json", file], variables)).stdout;
    return { ...ran, file, json, changes: json === "" ? [] : changesOf(json) };
  }

  apply(args: readonly string[] = [], variables: Variables = {}): Promise<Ran> {
    return this.run(["apply", "-json", "-input=false", "-auto-approve", ...args], variables);
  }

  /** Writes the configuration and applies it: where a scenario begins. */
  async establish(configuration: Record<string, unknown>): Promise<void> {
    await this.write(configuration);
    const applied = await this.apply();
    if (applied.code !== 0) throw new Error(applied.output);
  }

  /** Applies and insists on success and on an empty plan afterwards. */
  async settle(variables: Variables = {}): Promise<Ran> {
    const applied = await this.apply([], variables);
    if (applied.code !== 0) throw new Error(applied.output);
    const after = await this.plan([], variables);
    if (after.code !== 0)
      throw new Error(`the plan after the apply is not empty: ${JSON.stringify(after.changes, null, 1)}\n${after.output}`);
    return applied;
  }

  destroy(variables: Variables = {}): Promise<Ran> {
    return this.run(["destroy", "-json", "-input=false", "-auto-approve"], variables);
  }

  /** Attributes of one managed resource in the state; read from the file, since an engine takes its time to start. */
  async state(address: string): Promise<Record<string, unknown> | undefined> {
    interface Stored {
      readonly mode: string;
      readonly type: string;
      readonly name: string;
      readonly instances: readonly { readonly deposed?: string; readonly attributes: Record<string, unknown> }[];
    }
    const file = await this.stateFile().catch(() => '{"resources":[]}');
    const { resources } = JSON.parse(file) as { readonly resources: readonly Stored[] };
    const found = resources.find(({ mode, type, name }) => mode === "managed" && `${type}.${name}` === address);
    return found?.instances.find((one) => one.deposed === undefined)?.attributes;
  }

  stateFile(): Promise<string> {
    return readFile(join(this.stack, "terraform.tfstate"), "utf8");
  }

  private environment(variables: Variables): Record<string, string> {
    return Object.fromEntries(
      Object.entries({ ...this.base, ...variables }).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  }

  /** Starts a command and does not wait for its end, so that a test can bring the end about. */
  begin(args: readonly string[], variables: Variables = {}): Running {
    const child = spawn(this.engine.path, args, { cwd: this.stack, env: this.environment(variables), stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
    const { pid } = child;
    if (pid === undefined) throw new Error(`${this.engine.path} did not start`);
    // "exit" and not "close": a plugin that outlives the engine holds its streams open.
    const ended = new Promise<Ran>((done) =>
      child.once("exit", (code) => {
        setImmediate(() => {
          done({ code: code ?? 1, said: diagnosticsIn(stdout), output: stdout + stderr, stdout });
        });
      }),
    );
    return { pid, told: () => toldIn(stdout), ended };
  }

  /** Processes of our plugin that this engine has started and that are alive. */
  async pluginsOf(engine: number): Promise<readonly number[]> {
    const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
    return stdout
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, parent, ...args]) => parent === String(engine) && args.join(" ").includes("terraform-provider-bitlift"))
      .map(([pid]) => Number(pid));
  }

  run(args: readonly string[], variables: Variables = {}): Promise<Ran> {
    const env = this.environment(variables);
    return new Promise((done, fail) => {
      execFile(this.engine.path, args, { cwd: this.stack, env, maxBuffer: 1 << 28 }, (failure, stdout, stderr) => {
        const code = failure === null ? 0 : typeof failure.code === "number" ? failure.code : 1;
        const undeclared = undeclaredIn(diagnosticsIn(stdout));
        if (undeclared.length > 0) fail(new Error(`The reference pages do not name these: ${undeclared.join(", ")}.`));
        done({ code, said: diagnosticsIn(stdout), output: stdout + stderr, stdout });
      });
    });
  }

  /** The sandbox's control path of one service. */
  async control(service: Service, path: string, body?: unknown, method = body === undefined ? "GET" : "POST"): Promise<unknown> {
    const { origin } = this.sandbox[PART_OF[service]];
    const answer = await fetch(
      `${origin}/_sandbox/${path}`,
      body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } },
    );
    if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`);
    return answer.json();
  }

  /** A GraphQL operation, as another program with the seeded root key would send it. */
  async graphql(query: string, variables: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const post = async (body: unknown, headers: Record<string, string>) => {
      const endpoint = `${String(this.sandbox.environment["SPACELIFT_API_KEY_ENDPOINT"])}/graphql`;
      const answer = await fetch(endpoint, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      });
      const { data, errors } = (await answer.json()) as { data?: Record<string, unknown>; errors?: unknown };
      if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
      return data;
    };
    const login = "mutation($id:ID!,$secret:String!){apiKeyUser(id:$id,secret:$secret){jwt}}";
    const { SPACELIFT_API_KEY_ID: id, SPACELIFT_API_KEY_SECRET: secret } = this.sandbox.environment;
    const { apiKeyUser } = (await post({ query: login, variables: { id, secret } }, {})) as { apiKeyUser: { jwt: string } };
    return post({ query, variables }, { authorization: `Bearer ${apiKeyUser.jwt}` });
  }

  /** A request to one of the emulated Bitbucket products with the seeded credential. */
  async bitbucket(product: Product, method: string, path: string, body?: unknown): Promise<unknown> {
    const { url, authorization } = product.rest(this.sandbox.environment);
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { "content-type": "application/json", authorization },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  async hooks(product: Product, repository: string): Promise<readonly Hook[]> {
    return (await rawHooks(this, product, repository)).map((raw) => product.hookOf(raw));
  }
}

/** Asks again and again until the answer is yes. A condition that never comes true fails, with its name. */
export async function until(what: string, check: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 1_200; attempt++) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain: ${what}`);
}

/** A scenario with a world of its own, whatever happens in it. */
export function scenario(name: string, play: (world: World) => Promise<void>, options: Parameters<typeof startSandbox>[0] = {}): void {
  it(
    name,
    async () => {
      const world = await World.start(options);
      try {
        await play(world);
      } finally {
        await world.stop();
      }
    },
    240_000,
  );
}
