/** A folder whose configuration has many webhooks, and a sandbox of its own. */
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  credentialArguments,
  integrationReferences,
  PLUGIN_SOURCE,
  PreparedFolder,
  repositoryFields,
  runProgram,
  SandboxClient,
  type Fields,
  type Product,
} from "../harness";
import { newFolder, type Benchmark, type Checkout } from "./benchmark";
import { APPLY, PLAN, runMeasured, type MeasuredRun } from "./measured-run";
import { mapParallel } from "./parallel";
import { repositoryNames } from "./repositories";
import { startSeparateSandbox, type SeparateSandbox } from "./separate-sandbox";
import { objectIn, withObjects, type StateFile, type StateObject } from "./state-file";

const TOKEN_VARIABLE = "BENCH_TOKEN";
const PARALLEL_REQUESTS = 8;

/** How many repositories, and how many webhooks in each; every webhook of a repository belongs to a different integration. */
export interface DeploymentSize {
  readonly repositories: number;
  readonly webhooksPerRepository: number;
}

export interface DeploymentOptions {
  readonly product: Product;
  readonly checkout: Checkout;
  readonly size: DeploymentSize;
}

export class WebhookDeployment {
  readonly #product: Product;
  readonly #remote: SandboxClient;
  readonly #sandbox: SeparateSandbox;
  readonly #folder: PreparedFolder;

  private constructor(product: Product, sandbox: SeparateSandbox, folder: PreparedFolder) {
    this.#product = product;
    this.#sandbox = sandbox;
    this.#remote = new SandboxClient(sandbox.address);
    this.#folder = folder;
  }

  /** A deployment whose resources do not exist yet. */
  static async empty(benchmark: Benchmark, options: DeploymentOptions): Promise<WebhookDeployment> {
    const { deployment, repositories, integrations } = await WebhookDeployment.#start(benchmark, options);
    await deployment.#folder.write(deployment.#configuration(repositories, integrations));
    return deployment;
  }

  /**
   * A deployment whose resources exist. Applies one webhook per integration, creates the others through Bitbucket's API, and adds them to the
   * state file with the first one as the template. A wrong template would be noticed, because the plan must be empty.
   */
  static async applied(benchmark: Benchmark, options: DeploymentOptions): Promise<WebhookDeployment> {
    const { deployment, repositories, integrations } = await WebhookDeployment.#start(benchmark, options);
    await deployment.#folder.deploy(deployment.#configuration(repositories.slice(0, 1), integrations));
    await deployment.#addToState(repositories, integrations);
    await deployment.#folder.write(deployment.#configuration(repositories, integrations));
    return deployment;
  }

  static async #start(benchmark: Benchmark, { product, checkout, size }: DeploymentOptions) {
    const sandbox = await startSeparateSandbox(size.repositories);
    const variables = { ...sandbox.address.environment, [TOKEN_VARIABLE]: "a-token", PATH: benchmark.path };
    const root = await newFolder(benchmark);
    const folder = await PreparedFolder.create({ engine: benchmark.engine, root, variables, plugin: checkout.plugin });
    const integrations = Array.from({ length: size.webhooksPerRepository }, (_, index) => `i${index}`);
    return { deployment: new WebhookDeployment(product, sandbox, folder), repositories: repositoryNames(size.repositories), integrations };
  }

  /** Plans once. @throws if the plan has changes */
  plan(): Promise<MeasuredRun> {
    return this.#run(PLAN);
  }

  /** Applies everything. */
  apply(): Promise<MeasuredRun> {
    return this.#run(APPLY);
  }

  /** Saves a plan, and reads it as JSON. */
  async showPlan(): Promise<{ readonly json: string; readonly seconds: number }> {
    const { engine, path, environment } = this.#folder;
    await runMeasured(engine.path, [...PLAN, "-out=plan.bin"], { folder: path, env: environment, acceptChanges: true });
    const start = performance.now();
    const { code, stdout, output } = await runProgram(engine.path, ["show", "-json", "plan.bin"], { cwd: path, env: environment });
    if (code !== 0) throw new Error(output.slice(-4000));
    return { json: stdout, seconds: (performance.now() - start) / 1000 };
  }

  /** Stops the sandbox, and removes the folder. */
  async stop(): Promise<void> {
    await this.#sandbox.stop();
    await this.#folder.remove();
  }

  async #run(args: readonly string[]): Promise<MeasuredRun> {
    const { service } = this.#product;
    await this.#remote.clearRequests(["spacelift", service]);
    const { engine, path, environment } = this.#folder;
    const run = await runMeasured(engine.path, args, { folder: path, env: environment });
    const [bitbucket, spacelift] = [await this.#remote.countRequests(service), await this.#remote.countRequests("spacelift")];
    return { ...run, requests: { bitbucket, spacelift } };
  }

  #configuration(repositories: readonly string[], integrations: readonly string[]): Fields {
    const { integration, webhook } = this.#product;
    const credential = credentialArguments(this.#product, TOKEN_VARIABLE);
    const webhooks = repositories.flatMap((repository) =>
      integrations.map((key) => {
        const references = integrationReferences(`${integration}.${key}`);
        return [`${key}_${repository}`, { ...repositoryFields(this.#product, repository), ...references }];
      }),
    );
    return {
      resource: {
        [integration]: Object.fromEntries(integrations.map((key) => [key, { name: `Bench ${key}`, ...credential }])),
        [webhook]: Object.fromEntries(webhooks) as Fields,
      },
    };
  }

  async #addToState(repositories: readonly string[], integrations: readonly string[]): Promise<void> {
    const path = join(this.#folder.path, "terraform.tfstate");
    const state = JSON.parse(await readFile(path, "utf8")) as StateFile;
    const [first = "", ...others] = repositories;
    const templates = await Promise.all(integrations.map((integration) => this.#template(state, integration, first)));
    const objects = await mapParallel(others, PARALLEL_REQUESTS, async (repository) => {
      const { [this.#product.idField]: id } = await this.#request("GET", this.#product.repositoryPath(repository));
      return Promise.all(templates.map((template) => this.#copy(template, repository, String(id))));
    });
    await writeFile(path, JSON.stringify(withObjects(state, PLUGIN_SOURCE, objects.flat())));
  }

  async #template(state: StateFile, integration: string, repository: string): Promise<Template> {
    const { webhook, webhookIdAttribute } = this.#product;
    const object = objectIn(state, webhook, `${integration}_${repository}`);
    const id = encodeURIComponent(String(object.attributes[webhookIdAttribute]));
    return { integration, object, response: await this.#request("GET", `${this.#webhooksPath(repository)}/${id}`) };
  }

  /** Creates a copy of the webhook in another repository. If Bitbucket does not return secrets, each copy gets a new one. */
  async #copy({ integration, object, response }: Template, repository: string, repositoryId: string): Promise<StateObject> {
    const { webhookIdAttribute, idField, returnsSecret } = this.#product;
    const body = this.#product.webhookBody(response, returnsSecret ? {} : { secret: randomUUID() });
    const created = await this.#request("POST", this.#webhooksPath(repository), body);
    return {
      ...object,
      name: `${integration}_${repository}`,
      attributes: { ...object.attributes, repository, [webhookIdAttribute]: created[idField] },
      private: changePrivateState(object.private, { repositoryId }),
    };
  }

  #webhooksPath(repository: string): string {
    return `${this.#product.repositoryPath(repository)}${this.#product.webhooksPath}`;
  }

  #request(method: "GET" | "POST", path: string, body?: unknown): Promise<Fields> {
    return this.#remote.bitbucket(this.#product, method, path, body) as Promise<Fields>;
  }
}

/** An applied webhook: its object in the state, and Bitbucket's response. */
interface Template {
  readonly integration: string;
  readonly object: StateObject;
  readonly response: Fields;
}

/** The plugin's private state is JSON, which the engine stores in base64. */
function changePrivateState(text = "", changes: Fields): string {
  const values = JSON.parse(Buffer.from(text, "base64").toString()) as Fields;
  return Buffer.from(JSON.stringify({ ...values, ...changes })).toString("base64");
}
