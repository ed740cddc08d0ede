/** A folder whose state holds many applied webhooks, and a sandbox that has the same ones. */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join, resolve } from "node:path";
import { request } from "undici";
import type { Engine } from "../../packages/engine";
import type { Sandbox } from "../../packages/sandbox";
import { version } from "../../package.json";
import { runEngine, type Run } from "./engine-run";
import type { BenchProduct } from "./products";
import { objectIn, withObjects, type StateFile, type StateObject } from "./state-file";

const SOURCE = "terraform.local/bitlift/bitlift";
const PLUGIN = resolve(__dirname, "../../dist/plugin/terraform-provider-bitlift");

/** How many repositories, and how many webhooks in each; every webhook of a repository feeds another integration. */
export interface Size {
  readonly repositories: number;
  readonly each: number;
}

/** A plan with what it asked for. */
export interface CountedRun extends Run {
  readonly bitbucketRequests: number;
  readonly spaceliftRequests: number;
}

export class Webhooks {
  private constructor(
    private readonly product: BenchProduct,
    private readonly sandbox: Sandbox,
    private readonly engine: Engine,
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /**
   * Applies one webhook per integration for real, and takes its state as the pattern for the rest: those are made through Bitbucket's
   * API and written into the state file. The plan must then be empty, so a wrong pattern cannot pass.
   */
  static async apply(
    product: BenchProduct,
    sandbox: Sandbox,
    engine: Engine,
    folder: string,
    env: Readonly<Record<string, string>>,
    size: Size,
  ): Promise<Webhooks> {
    const webhooks = new Webhooks(product, sandbox, engine, folder, { ...env, ...sandbox.environment, BENCH_TOKEN: "a-token" });
    await webhooks.placePlugin();
    const repositories = Array.from({ length: size.repositories }, (_, index) => `bench-${String(index)}`);
    const integrations = Array.from({ length: size.each }, (_, index) => `i${String(index)}`);
    for (const repository of repositories) {
      await send("POST", `${webhooks.bitbucketOrigin}/_sandbox/repository`, {}, { change: "create", ...product.namespace, repository });
    }
    await webhooks.write(repositories.slice(0, 1), integrations);
    await webhooks.run(["init", "-input=false", "-no-color"]);
    await webhooks.run(["apply", "-input=false", "-no-color", "-auto-approve"]);
    await webhooks.seedState(repositories, integrations);
    await webhooks.write(repositories, integrations);
    return webhooks;
  }

  /** One plan that must be empty. */
  async plan(): Promise<CountedRun> {
    await this.forgetRequests();
    const run = await this.run(["plan", "-input=false", "-no-color", "-detailed-exitcode"]);
    return {
      ...run,
      bitbucketRequests: await this.countRequests(this.bitbucketOrigin),
      spaceliftRequests: await this.countRequests(this.sandbox.spacelift.origin),
    };
  }

  private get bitbucketOrigin(): string {
    return this.sandbox[this.product.service].origin;
  }

  private run(args: readonly string[]): Promise<Run> {
    return runEngine(this.engine.path, args, { folder: this.folder, env: this.env });
  }

  private async placePlugin(): Promise<void> {
    const target = join(this.folder, "terraform.d/plugins", SOURCE, version, `${platform()}_${arch() === "arm64" ? "arm64" : "amd64"}`);
    await mkdir(target, { recursive: true });
    await copyFile(PLUGIN, join(target, `terraform-provider-bitlift_v${version}`));
  }

  private async write(repositories: readonly string[], integrations: readonly string[]): Promise<void> {
    const { integration: INTEGRATION, webhook: WEBHOOK, namespace, login } = this.product;
    const named = (prefix: string, name: string) => `${prefix}_${name}`;
    const webhook = (repository: string, integration: string) => ({
      ...namespace,
      repository,
      integration_id: `\${${INTEGRATION}.${integration}.id}`,
      webhook_url: `\${${INTEGRATION}.${integration}.webhook_url}`,
      secret_fingerprint: `\${${INTEGRATION}.${integration}.webhook_secret_fingerprint}`,
    });
    const configuration = {
      terraform: { required_providers: { bitlift: { source: SOURCE, version } } },
      resource: {
        [INTEGRATION]: Object.fromEntries(integrations.map((key) => [key, { name: `Bench ${key}`, ...login("BENCH_TOKEN") }])),
        [WEBHOOK]: Object.fromEntries(
          repositories.flatMap((repository) =>
            integrations.map((integration) => [named(integration, repository), webhook(repository, integration)]),
          ),
        ),
      },
    };
    await writeFile(join(this.folder, "main.tf.json"), JSON.stringify(configuration));
  }

  private async seedState(repositories: readonly string[], integrations: readonly string[]): Promise<void> {
    const path = join(this.folder, "terraform.tfstate");
    const state = JSON.parse(await readFile(path, "utf8")) as StateFile;
    const [first = "", ...others] = repositories;
    const objects: StateObject[] = [];
    const { webhook, id, path: pathOf, hooks, copyOf } = this.product;
    const ids = new Map<string, string>();
    for (const repository of others) ids.set(repository, String((await this.bitbucket("GET", pathOf(repository)))[id.field]));
    for (const integration of integrations) {
      const pattern = objectIn(state, webhook, `${integration}_${first}`);
      const raw = await this.bitbucket("GET", `${pathOf(first)}${hooks}/${encodeURIComponent(String(pattern.attributes[id.attribute]))}`);
      for (const [repository, repositoryId] of ids) {
        const made = await this.bitbucket("POST", `${pathOf(repository)}${hooks}`, copyOf(raw));
        objects.push({
          ...pattern,
          name: `${integration}_${repository}`,
          attributes: { ...pattern.attributes, repository, [id.attribute]: made[id.field] },
          private: withPrivate(pattern.private, { repositoryId }),
        });
      }
    }
    await writeFile(path, JSON.stringify(withObjects(state, SOURCE, objects)));
  }

  private async bitbucket(method: "GET" | "POST", path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const { url, token } = this.product.rest(this.sandbox.environment);
    return (await send(method, `${url}${path}`, { authorization: `Bearer ${token}` }, body)) as Readonly<Record<string, unknown>>;
  }

  private async forgetRequests(): Promise<void> {
    for (const origin of [this.sandbox.spacelift.origin, this.bitbucketOrigin]) await send("DELETE", `${origin}/_sandbox/requests`);
  }

  private async countRequests(origin: string): Promise<number> {
    const requests = (await send("GET", `${origin}/_sandbox/requests`)) as readonly { readonly path: string }[];
    return requests.filter(({ path }) => !path.startsWith("/_sandbox")).length;
  }
}

/** What the plugin keeps for itself is JSON, and the engine writes it in base64. */
function withPrivate(text = "", changes: Readonly<Record<string, unknown>>): string {
  const kept = JSON.parse(Buffer.from(text, "base64").toString()) as Readonly<Record<string, unknown>>;
  return Buffer.from(JSON.stringify({ ...kept, ...changes })).toString("base64");
}

async function send(
  method: "GET" | "POST" | "DELETE",
  url: string,
  headers: Readonly<Record<string, string>> = {},
  body?: unknown,
): Promise<unknown> {
  const { statusCode, body: answer } = await request(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (statusCode >= 300) throw new Error(`${method} ${url} was answered with ${String(statusCode)}: ${text.slice(0, 500)}`);
  return text === "" ? undefined : JSON.parse(text);
}
