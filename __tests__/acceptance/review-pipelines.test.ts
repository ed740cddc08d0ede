/** The pipelines that `bitlift init` writes and the guides show, line by line: a pull request is reviewed, and the reviewed plan is applied. */
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { DEFAULT_SEED, type Seed, type SeedCredential } from "../../packages/sandbox";
import { CLOUD, type ProgramEnd, type Webhook } from "../../tools/harness";
import { EXAMPLES, PipelineMachine } from "./pipeline-machine";

jest.setTimeout(240_000);

let machine: PipelineMachine;
let root: string;

beforeEach(async () => {
  machine = await PipelineMachine.start("review-", { [SERVICE]: withReader() });
  root = machine.root;
});

afterEach(() => machine.stop());

const SUCCESS = { code: 0 };
const rename = (text: string) => text.replace("name: Bitbucket for Payments", "name: Bitbucket for Billing");

interface Step {
  readonly clone?: { readonly depth: string };
  readonly deployment?: string;
  readonly script: readonly string[];
  readonly artifacts?: readonly string[];
}
interface Pipelines {
  readonly pipelines: {
    readonly "pull-requests": Record<string, readonly { readonly step: Step }[]>;
    readonly branches: Record<string, readonly { readonly step: Step }[]>;
  };
}
interface StartedStep {
  readonly proxy: string;
  readonly environment: Readonly<Record<string, string>>;
}

const SERVICE = "bitbucket-cloud";
const REPOSITORY = { workspace: "acme-workspace", repository: "infrastructure" };
/** A key that can only read, a token that can only read webhooks, and one that can only review. */
const READING = {
  BITBUCKET_ACCESS_TOKEN: "",
  BITBUCKET_EMAIL: "reader@acme.example",
  BITBUCKET_API_TOKEN: "token-that-reads-webhooks",
  SPACELIFT_API_KEY_ID: "01READER000000000000000000",
  SPACELIFT_API_KEY_SECRET: "reader-secret-of-the-sandbox",
  BITLIFT_REVIEW_TOKEN: "sandbox-review-token",
};

function withReader(): NonNullable<Seed[typeof SERVICE]> {
  const { credentials = [], ...rest } = DEFAULT_SEED[SERVICE];
  const reader: SeedCredential = {
    kind: "api-token",
    email: READING.BITBUCKET_EMAIL,
    displayName: "Reader",
    token: READING.BITBUCKET_API_TOKEN,
    scopes: ["read:webhook:bitbucket", "read:repository:bitbucket"],
    access: { "acme-workspace/*": "admin" },
  };
  return { ...rest, credentials: [...credentials, reader] };
}

describe("Bitbucket Pipelines", () => {
  let author: string;
  let clones = 0;

  /** The repository with the project on its main branch, and a clone in which the author of the change works. */
  async function startRepository(): Promise<readonly [review: Step, plan: Step, apply: Step]> {
    author = join(root, "author");
    // A file instead of the bucket, outside every clone.
    const backend = `local: { path: "${join(root, "{part}.tfstate")}" }`;
    await machine.writeProject(author, "bitbucket", (text) => text.replace(/s3: \{.*?\} \}/, `${backend} }`));
    const git = `git init -q -b main && git add . && git commit -q -m Start && git clone -q --bare . "${root}/remote.git" && git remote add origin "${root}/remote.git"`;
    expect(await machine.sh(git, author)).toMatchObject(SUCCESS);
    const { pipelines } = parse(await readFile(join(author, "bitbucket-pipelines.yml"), "utf8")) as Pipelines;
    const [review] = pipelines["pull-requests"]["**"] ?? [];
    const [plan, apply] = pipelines.branches["main"] ?? [];
    return [review!.step, plan!.step, apply!.step];
  }

  async function push(branch: string, change: (text: string) => string): Promise<void> {
    expect(await machine.sh(`git checkout -q -B ${branch}`, author)).toMatchObject(SUCCESS);
    const file = join(author, "bitlift.yaml");
    await writeFile(file, change(await readFile(file, "utf8")));
    expect(await machine.sh(`git commit -q -a -m Change && git push -q -f origin ${branch}`, author)).toMatchObject(SUCCESS);
  }

  /** Each step has a new clone of one branch, as Bitbucket makes it. */
  async function run({ clone, script }: Step, branch: string, variables: Record<string, string>, artifacts?: string) {
    const folder = join(root, `clone-${++clones}`);
    const depth = clone?.depth === "full" ? "" : "--depth 50";
    const command = `git clone -q --single-branch --branch ${branch} ${depth} "file://${root}/remote.git" "${folder}"`;
    expect(await machine.sh(command, root)).toMatchObject(SUCCESS);
    if (artifacts !== undefined) await cp(artifacts, join(folder, "plans"), { recursive: true });
    return { folder, end: await machine.script(script, folder, variables) };
  }

  async function startStep(build: { readonly id: number } | { readonly branch: string }): Promise<Record<string, string>> {
    const { proxy, environment } = await machine.remote.control<StartedStep>(SERVICE, "pipeline", { ...REPOSITORY, ...build });
    return { ...environment, BITLIFT_PIPELINES_PROXY: proxy };
  }

  /** The variables of its step. */
  async function openPullRequest(source: string): Promise<Record<string, string>> {
    const created = { ...REPOSITORY, action: "created", source };
    const { id } = await machine.remote.control<{ readonly id: number }>(SERVICE, "pull-request", created);
    return startStep({ id });
  }

  /** Plans, reviews and applies the main branch, and returns what the step with the plan says. */
  async function deployMain(plan: Step, apply: Step): Promise<ProgramEnd> {
    const variables = await startStep({ branch: "main" });
    const planned = await run(plan, "main", variables);
    expect(planned.end).toMatchObject(SUCCESS);
    expect(plan.artifacts).toEqual(["plans/**"]);
    const applied = await run(apply, "main", variables, join(planned.folder, "plans"));
    expect(applied.end).toMatchObject({ ...SUCCESS, output: expect.stringMatching(/^main: applied: /m) as unknown });
    expect(await machine.sh("npx bitlift plan", applied.folder)).toMatchObject(SUCCESS);
    return planned.end;
  }

  async function posted() {
    const [comments, statuses, reports] = await Promise.all(
      ["comments", "statuses", "reports"].map((path) =>
        machine.remote.control<readonly { text?: string; deleted?: boolean; state?: string }[]>(SERVICE, path),
      ),
    );
    return { comments: comments!.filter(({ deleted }) => deleted !== true), statuses: statuses!, reports: reports! };
  }

  it("reviews a pull request with keys that can only read, and applies the reviewed plan of the main branch", async () => {
    const [review, plan, apply] = await startRepository();
    expect((await deployMain(plan, apply)).stdout).toContain("Plan: 4 created.");
    const deployed = await webhooks();
    expect(deployed).toHaveLength(3);

    await push("add-billing", (text) => text.replace("/networking]", "/networking, acme-workspace/billing]"));
    const variables = { ...(await openPullRequest("add-billing")), ...READING };
    for (let time = 1; time <= 2; time += 1) {
      const { folder, end } = await run(review, "add-billing", variables);
      expect([end.code, end.output]).toEqual([0, expect.stringContaining("Plan: 1 created.")]);
      expect(end.output).not.toContain("was not posted");
      expect(await readFile(join(folder, "review.html"), "utf8")).toContain("acme-workspace/billing");
      const { comments, statuses, reports } = await posted();
      expect(comments).toEqual([expect.objectContaining({ text: expect.stringContaining("Plan: 1 created.") as unknown })]);
      expect(statuses).toEqual([expect.objectContaining({ state: "SUCCESSFUL" })]);
      expect(reports).toHaveLength(1);
    }
    expect(await webhooks()).toEqual(deployed);

    await push("main", rename);
    expect((await deployMain(plan, apply)).stdout).toContain("[integration-renamed]");
  });

  it("a danger fails the step, and the pull request cannot accept it", async () => {
    const [review, plan, apply] = await startRepository();
    await deployMain(plan, apply);
    await attachStack();
    await push("delete-payments", (text) =>
      text.replace(/\nintegrations:[\s\S]*$/, '\naccept: [{ finding: "integration-deleted:payments", note: "It is mine." }]\n'),
    );
    const variables = { ...(await openPullRequest("delete-payments")), ...READING };
    const { end } = await run(review, "delete-payments", variables);
    expect(end.code).not.toBe(0);
    expect(end.stdout).toContain("[integration-deleted]");
    expect(end.stdout).toContain("[accepted-in-this-change]");
    const { comments, statuses } = await posted();
    expect(comments).toEqual([expect.objectContaining({ text: expect.stringContaining("Blocked") as unknown })]);
    expect(statuses).toEqual([expect.objectContaining({ state: "FAILED" })]);
  });
});

/** To the integration of the example. */
async function attachStack(): Promise<void> {
  const { remote } = machine;
  const state = await readFile(join(root, "main.tfstate"), "utf8");
  const [, space] = /"space_id": "([^"]+)"/.exec(state) ?? [];
  const input = {
    name: "Payments production",
    space,
    provider: "BITBUCKET_CLOUD",
    namespace: REPOSITORY.workspace,
    repository: REPOSITORY.repository,
    branch: "main",
    vcsIntegrationId: "bitbucket-for-payments",
    administrative: false,
    autodeploy: false,
    labels: [],
  };
  await remote.graphql("mutation($input:StackInput!){stackCreate(input:$input,manageState:true){id}}", { input });
}

/** Those of the example's repositories, and one of another program. */
async function webhooks(): Promise<readonly Webhook[]> {
  const lists = ["infrastructure", "networking", "billing"].map((repository) => machine.remote.webhooks(CLOUD, repository));
  return (await Promise.all(lists)).flat();
}

describe("a Spacelift run", () => {
  interface Hooks {
    readonly stack_defaults: { readonly before_init: readonly string[]; readonly after_plan: readonly string[] };
  }

  it("writes the review where the policies read it", async () => {
    const folder = join(root, "repository");
    await machine.writeProject(folder, "spacelift");
    const { stack_defaults: hooks } = parse(await readFile(join(folder, ".spacelift/config.yml"), "utf8")) as Hooks;
    const engine = machine.engine.path;
    const plan = [...hooks.before_init, `"${engine}" init -input=false`, `"${engine}" plan -input=false -out=spacelift.plan`];
    expect(await machine.script([...plan, ...hooks.after_plan, `"${engine}" apply spacelift.plan`], folder)).toMatchObject(SUCCESS);

    const file = join(folder, "bitlift.yaml");
    await writeFile(file, rename(await readFile(file, "utf8")));
    const end = await machine.script([...plan, ...hooks.after_plan], folder);
    expect(end).toMatchObject({ ...SUCCESS, stdout: expect.stringContaining("[integration-renamed]") as unknown });

    const review = JSON.parse(await readFile(join(folder, "bitlift.custom.spacelift.json"), "utf8")) as Record<string, unknown>;
    expect(review["findings"]).toEqual([expect.objectContaining({ code: "integration-renamed", severity: "notice", verdict: "open" })]);
    expect(review["comment"]).toContain("`integration-renamed`");
    const [finding = {}] = review["findings"] as Record<string, unknown>[];
    for (const name of ["plan-policy.rego", "notification-policy.rego"]) {
      const policy = await readFile(join(EXAMPLES, "pipelines/review", name), "utf8");
      for (const [, field = ""] of policy.matchAll(/\breview\.(\w+)/g)) expect(review).toHaveProperty(field);
      for (const [, field = ""] of policy.matchAll(/\bfinding\.(\w+)/g)) expect(finding).toHaveProperty(field);
    }
  });

  it("fails without a review, even if the repository brings a file of that name", async () => {
    const folder = join(root, "repository");
    await machine.writeProject(folder, "spacelift");
    await writeFile(join(folder, "bitlift.custom.spacelift.json"), "{}");
    const { stack_defaults: hooks } = parse(await readFile(join(folder, ".spacelift/config.yml"), "utf8")) as Hooks;
    await writeFile(join(folder, "spacelift.plan"), "not a plan");
    expect((await machine.script(hooks.after_plan, folder)).code).not.toBe(0);
  });
});
