/** A deployed project with an open pull request in the sandbox, and `bitlift review` as a step of a pipeline. */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { CommandProject, integration, type CommandEnd } from "./command-project";

const ROOT = resolve(__dirname, "../..");
const TSX = require.resolve("tsx");

const LONGEST_RUN_MILLISECONDS = 60_000;

type Variables = Readonly<Record<string, string | undefined>>;

export interface PostedComment {
  readonly id: string;
  readonly text: string;
  readonly deleted?: boolean;
}

export const SPACES = { platform: { name: "Reviewed" } };

export class ReviewedProject {
  readonly command: CommandProject;
  readonly product: "bitbucket-cloud" | "bitbucket-datacenter";
  /** The number of the pull request. */
  readonly pullRequest: number;
  readonly #step: Variables;

  private constructor(command: CommandProject, product: ReviewedProject["product"], pullRequest: number, step: Variables) {
    this.command = command;
    this.product = product;
    this.pullRequest = pullRequest;
    this.#step = step;
  }

  static async create(product: ReviewedProject["product"] = "bitbucket-cloud"): Promise<ReviewedProject> {
    const command = await CommandProject.create();
    const { remote, sandbox } = command;
    const at =
      product === "bitbucket-cloud"
        ? { workspace: "acme-workspace", repository: "networking" }
        : { project: "PLAT", repository: "networking" };
    const { id } = await remote.control<{ id: number }>(product, "pull-request", { ...at, action: "created", source: "rename-payments" });
    if (product === "bitbucket-datacenter") {
      const url = `${sandbox.environment["BITBUCKET_DATACENTER_URL"] ?? ""}/projects/PLAT/repos/networking/pull-requests/${id}`;
      return new ReviewedProject(command, product, id, { url, BITLIFT_REVIEW_TOKEN: "sandbox-datacenter-review-token" });
    }
    const { proxy, environment } = await remote.control<{ proxy: string; environment: Variables }>("bitbucket-cloud", "pipeline", {
      ...at,
      id,
    });
    const step = { ...environment, BITLIFT_PIPELINES_PROXY: proxy, BITLIFT_REVIEW_TOKEN: "sandbox-review-token" };
    return new ReviewedProject(command, product, id, step);
  }

  /** Deploys one integration, and writes a file in which it has another name. */
  async deployAndRename(): Promise<void> {
    const { command } = this;
    await command.write({ spaces: SPACES, integrations: { payments: integration("Payments", ["infrastructure", "billing"], "platform") } });
    const end = await command.bitlift("apply", "--auto-approve");
    if (end.code !== 0) throw new Error(end.stderr);
    await command.write({
      spaces: SPACES,
      integrations: { payments: integration("Payments renamed", ["infrastructure", "billing"], "platform") },
    });
  }

  /** In the environment of the step, with changes. */
  review(args: readonly string[], changes: Variables = {}): Promise<CommandEnd> {
    return this.#run(["review", ...args], changes);
  }

  /** Posts with `--pr` where the environment does not say which pull request it is. */
  post(args: readonly string[] = [], changes: Variables = {}): Promise<CommandEnd> {
    const { url } = this.#step;
    return this.review(["--post", ...(url === undefined ? [] : ["--pr", url]), ...args], changes);
  }

  /** Those that are not deleted. */
  async comments(): Promise<readonly PostedComment[]> {
    const all = await this.command.remote.control<readonly PostedComment[]>(this.product, "comments");
    return all.filter(({ deleted }) => deleted !== true);
  }

  statuses(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return this.command.remote.control(this.product, "statuses");
  }

  reports(): Promise<readonly { readonly annotations?: readonly unknown[] }[]> {
    return this.command.remote.control(this.product, "reports");
  }

  stop(): Promise<void> {
    return this.command.stop();
  }

  #run(args: readonly string[], changes: Variables): Promise<CommandEnd> {
    const { url: _url, ...step } = this.#step;
    const env: NodeJS.ProcessEnv = { ...this.command.environment, ...step, ...changes };
    const child = spawn(process.execPath, ["--import", TSX, resolve(ROOT, "packages/cli/bin.js"), ...args], {
      cwd: this.command.folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LONGEST_RUN_MILLISECONDS,
    });
    const said = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
    return new Promise((done, fail) => {
      child.once("error", fail).once("close", (code) => done({ code, ...said }));
    });
  }
}
