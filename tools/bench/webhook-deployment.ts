/** A folder whose state contains many webhooks, and a sandbox that contains the same webhooks. */
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../packages/engine";
import type { Sandbox } from "../../packages/sandbox";
import {
  credentialArguments,
  integrationReferences,
  PLUGIN_SOURCE,
  PreparedFolder,
  repositoryFields,
  SandboxClient,
  type Fields,
  type Product,
} from "../harness";
import { runMeasured, type MeasuredRun } from "./measured-run";
import { objectIn, withObjects, type StateFile, type StateObject } from "./state-file";

const TOKEN_VARIABLE = "BENCH_TOKEN";

/** How many repositories, and how many webhooks in each; every webhook of a repository belongs to a different integration. */
export interface DeploymentSize {
  readonly repositories: number;
  readonly webhooksPerRepository: number;
}

/** A plan with the number of requests that it sent. */
export interface CountedPlan extends MeasuredRun {
  readonly bitbucketRequests: number;
  readonly spaceliftRequests: number;
}

export class WebhookDeployment {
  readonly #product: Product;
  readonly #remote: SandboxClient;
  readonly #folder: PreparedFolder;

  private constructor(product: Product, sandbox: Sandbox, folder: PreparedFolder) {
    this.#product = product;
    this.#remote = new SandboxClient(sandbox);
    this.#folder = folder;
  }

  /**
   * Applies one webhook per integration, creates the others through Bitbucket's API, and adds them to the state file with the first one as
   * the template. A wrong template would be noticed, because the plan must be empty.
   */
  static async create(product: Product, sandbox: Sandbox, engine: Engine, root: string, size: DeploymentSize): Promise<WebhookDeployment> {
    const variables = { ...sandbox.environment, [TOKEN_VARIABLE]: "a-token" };
    const folder = await PreparedFolder.create({ engine, root, variables });
    const deployment = new WebhookDeployment(product, sandbox, folder);
    const repositories = Array.from({ length: size.repositories }, (_, index) => `bench-${index}`);
    const integrations = Array.from({ length: size.webhooksPerRepository }, (_, index) => `i${index}`);
    for (const repository of repositories) {
      const change = { change: "create", ...repositoryFields(product, repository) };
      await deployment.#remote.control(product.service, "repository", change);
    }
    await folder.deploy(deployment.#configuration(repositories.slice(0, 1), integrations));
    await deployment.#addToState(repositories, integrations);
    await folder.write(deployment.#configuration(repositories, integrations));
    return deployment;
  }

  /** Plans once. @throws if the plan has changes */
  async plan(): Promise<CountedPlan> {
    const { service } = this.#product;
    await this.#remote.clearRequests(["spacelift", service]);
    const { engine, path, environment } = this.#folder;
    const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode"];
    const run = await runMeasured(engine.path, args, { folder: path, env: environment });
    const bitbucketRequests = await this.#remote.countRequests(service);
    return { ...run, bitbucketRequests, spaceliftRequests: await this.#remote.countRequests("spacelift") };
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
    const { webhook, webhookIdAttribute, idField } = this.#product;
    const repositoryIds = new Map<string, string>();
    for (const repository of others) {
      repositoryIds.set(repository, String((await this.#request("GET", this.#product.repositoryPath(repository)))[idField]));
    }
    const objects: StateObject[] = [];
    for (const integration of integrations) {
      const template = objectIn(state, webhook, `${integration}_${first}`);
      const makeBody = await this.#copyBodies(first, template.attributes[webhookIdAttribute]);
      for (const [repository, repositoryId] of repositoryIds) {
        const created = await this.#request("POST", this.#webhooksPath(repository), makeBody());
        objects.push({
          ...template,
          name: `${integration}_${repository}`,
          attributes: { ...template.attributes, repository, [webhookIdAttribute]: created[idField] },
          private: changePrivateState(template.private, { repositoryId }),
        });
      }
    }
    await writeFile(path, JSON.stringify(withObjects(state, PLUGIN_SOURCE, objects)));
  }

  /** Returns a function that makes bodies for copies of a webhook. If Bitbucket does not return secrets, each copy gets a new one. */
  async #copyBodies(repository: string, id: unknown): Promise<() => Fields> {
    const response = await this.#request("GET", `${this.#webhooksPath(repository)}/${encodeURIComponent(String(id))}`);
    return () => this.#product.webhookBody(response, this.#product.returnsSecret ? {} : { secret: randomUUID() });
  }

  #webhooksPath(repository: string): string {
    return `${this.#product.repositoryPath(repository)}${this.#product.webhooksPath}`;
  }

  #request(method: "GET" | "POST", path: string, body?: unknown): Promise<Fields> {
    return this.#remote.bitbucket(this.#product, method, path, body) as Promise<Fields>;
  }
}

/** The plugin's private state is JSON, which the engine stores in base64. */
function changePrivateState(text = "", changes: Fields): string {
  const values = JSON.parse(Buffer.from(text, "base64").toString()) as Fields;
  return Buffer.from(JSON.stringify({ ...values, ...changes })).toString("base64");
}
