/** The plugin or the engine is killed during an apply: the next apply continues from what exists, and in the end every object exists once. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { EngineName } from "../../packages/engine";
import {
  codeOf,
  PRODUCTS,
  progressIn,
  type EngineRun,
  type Harness,
  type PreparedFolder,
  type Product,
  type SandboxClient,
} from "../../tools/harness";
import {
  addRepository,
  configurationOf,
  countResponses,
  expectRemoteObjects,
  isSuccess,
  operationsOf,
  roundLabel,
  servicesOf,
} from "./concurrent-operations";
import { scenario, waitUntil } from "./scenario";

const PROCESSES = ["plugin", "engine"] as const;
type KilledProcess = (typeof PROCESSES)[number];

/** The process is killed before any request is carried out, when all are but no response has arrived, or after the engine has stored all. */
const MOMENTS = ["before", "no response", "after"] as const;
type Moment = (typeof MOMENTS)[number];

/**
 * How long after its first change an engine stores the next one. Terraform writes a local state after each change; OpenTofu writes it with the
 * first change that happens at least 20 seconds after the first one.
 */
const STATE_DELAY_MILLISECONDS: Readonly<Record<EngineName, number>> = { Terraform: 1, OpenTofu: 21_000 };

const NO_CHANGE = "no change";

/** What the apply after the crash does with each object. */
const NEXT_APPLY: Readonly<Record<Exclude<Moment, "after">, Readonly<Record<string, string>>>> = {
  before: {
    "Space create": "create",
    "Space update": "update",
    "Space delete": "delete",
    "integration create": "create",
    "integration update": "update",
    "integration regenerate": "update",
    "integration delete": "delete",
    "webhook create": "create",
    "webhook replace": "update",
    "webhook delete": "delete",
  },
  "no response": {
    "Space create": "error: duplicate-space-name, then imported",
    "Space update": NO_CHANGE,
    "Space delete": NO_CHANGE,
    "integration create": "error: duplicate-integration-name, then imported",
    "integration update": NO_CHANGE,
    // No remote system stores which rotation the secret comes from, so the next apply regenerates it again.
    "integration regenerate": "update",
    "integration delete": NO_CHANGE,
    "webhook create": "create: webhook-adopted",
    // The secret is unchanged, and everything else is already as configured.
    "webhook replace": NO_CHANGE,
    "webhook delete": NO_CHANGE,
  },
};

function expectedNextApply(product: Product, moment: Moment): Readonly<Record<string, string>> {
  return moment === "after" ? Object.fromEntries(operationsOf(product).map(({ title }) => [title, NO_CHANGE])) : NEXT_APPLY[moment];
}

/** Holds the requests or the responses back, so that the moment lasts. */
async function addFaults({ folder, remote }: Harness, product: Product, moment: Moment): Promise<void> {
  if (moment === "after") {
    const milliseconds = STATE_DELAY_MILLISECONDS[folder.engine.name];
    await remote.control("spacelift", "faults", { operation: "spaceUpdate", kind: "delay", nth: 2, milliseconds });
    await remote.control("spacelift", "faults", { operation: "spaceUpdate", kind: "hold", nth: 3 });
    return;
  }
  // A rate limit postpones the request, which is then not carried out, for longer than it takes to kill the process.
  const fault = moment === "before" ? { kind: "status", status: 429, headers: { "retry-after": "600" } } : { kind: "hold" };
  for (const { service, name } of operationsOf(product)) await remote.control(service, "faults", { operation: name, ...fault });
}

/** Whether the state file contains the results of the round. */
async function isStored(folder: PreparedFolder, product: Product, round: number): Promise<boolean> {
  interface State {
    resources: { type: string; name: string; instances: { attributes: unknown }[] }[];
  }
  let state: State;
  try {
    state = JSON.parse(await folder.stateFile()) as State;
  } catch {
    // The engine is writing the file.
    return false;
  }
  return operationsOf(product).every(({ effect, address }) => {
    const resource = state.resources.find(({ type, name }) => `${type}.${name}` === address(round));
    if (effect === "update") return JSON.stringify(resource?.instances).includes(roundLabel(round));
    return (resource !== undefined) === (effect === "create");
  });
}

/** Waits until every operation has started and each service has rejected a request. */
async function waitForRejectedRequests(
  remote: SandboxClient,
  product: Product,
  round: number,
  started: () => readonly string[],
): Promise<void> {
  const operations = operationsOf(product);
  await waitUntil("every operation has started", () => operations.every(({ address }) => started().includes(address(round))));
  for (const service of servicesOf(product)) {
    await waitUntil(`${service} has rejected a request`, async () => {
      const ofService = operations.filter((operation) => operation.service === service);
      const counts = await Promise.all(ofService.map((operation) => countResponses(remote, operation, (status) => status === 429)));
      return counts.some((count) => count > 0);
    });
  }
}

/** Waits until each service holds back all the responses that it is going to hold back. */
async function waitForHeldResponses(remote: SandboxClient, product: Product, moment: Moment): Promise<void> {
  for (const service of servicesOf(product)) {
    const ofService = operationsOf(product).filter((operation) => operation.service === service).length;
    const expected = moment === "no response" ? ofService : service === "spacelift" ? 1 : 0;
    await waitUntil(`${service} holds ${expected} responses back`, async () => {
      const { holding } = await remote.control<{ holding: number }>(service, "faults");
      return holding === expected;
    });
  }
}

/** Running plugin processes that this engine has started. */
async function pluginsOf(engine: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  return stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...args]) => Number(parent) === engine && args.join(" ").includes("terraform-provider-bitlift"))
    .map(([pid]) => Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Kills one apply before its end. Its engine starts the plugin; the other commands use a waiting plugin, which does not see this apply. */
async function crash(harness: Harness, product: Product, round: number, moment: Moment, killed: KilledProcess): Promise<void> {
  const { folder, remote } = harness;
  await remote.clearRequests(servicesOf(product));
  await addFaults(harness, product, moment);
  const running = folder.start(["apply", "-json", "-input=false", "-auto-approve", "-parallelism=20"]);
  const started = () =>
    running
      .progress()
      .filter(({ type }) => type === "apply_start")
      .map(({ address }) => address);
  if (moment === "after") await waitUntil("the engine has stored every response", () => isStored(folder, product, round));
  if (moment === "before") await waitForRejectedRequests(remote, product, round, started);
  else await waitForHeldResponses(remote, product, moment);
  const plugins = await pluginsOf(running.pid);
  expect(plugins).toHaveLength(1);
  for (const pid of killed === "plugin" ? plugins : [running.pid]) process.kill(pid, "SIGKILL");
  expect((await running.ended).code).not.toBe(0);
  await waitUntil("every plugin has ended", () => !plugins.some(isRunning));
  await remote.clearFaults(servicesOf(product));
  for (const operation of operationsOf(product)) {
    // The Spaces "later" and "last" were also updated; the response for "last" is the one that never arrived.
    const expected = moment === "before" ? 0 : moment === "after" && operation.name === "spaceUpdate" ? 3 : 1;
    expect([operation.title, await countResponses(remote, operation, isSuccess)]).toEqual([operation.title, expected]);
  }
}

/** Applies; if the killed engine left its state lock, removes the lock first, as a person would, and adds its id to `removedLocks`. */
async function applyUnlocked(folder: PreparedFolder, removedLocks: string[]): Promise<EngineRun> {
  const applied = await folder.apply();
  const lock = /Error acquiring the state lock.*?ID:\s+([0-9a-f-]{36})/s.exec(applied.output.replaceAll("\\n", "\n"))?.[1];
  if (lock === undefined) return applied;
  removedLocks.push(lock);
  await folder.run(["force-unlock", "-force", lock]);
  return applyUnlocked(folder, removedLocks);
}

interface Outcomes {
  /** Outcomes by the title of the operation. */
  readonly outcomes: Readonly<Record<string, string>>;
  /** Import blocks, from the import commands in the errors. */
  readonly imports: object[];
}

function outcomesOf(run: EngineRun, product: Product, round: number): Outcomes {
  const completed = progressIn(run.stdout).filter(({ type }) => type === "apply_complete");
  const imports: object[] = [];
  const outcomes = operationsOf(product).map(({ title, address }) => {
    const to = address(round);
    const diagnostics = run.diagnostics.filter((diagnostic) => diagnostic.address === to);
    const error = diagnostics.find(({ severity }) => severity === "error");
    if (error !== undefined) {
      const id = /terraform import <address> ([^\s.]+)\./.exec(error.detail)?.[1];
      if (id === undefined) throw new Error(`The error has no import command: ${error.detail}`);
      imports.push({ to, id });
      return [title, `error: ${codeOf(error)}, then imported`] as const;
    }
    const action = completed.find((progress) => progress.address === to)?.action ?? NO_CHANGE;
    return [title, [action, ...new Set(diagnostics.map(codeOf))].join(": ")] as const;
  });
  return { outcomes: Object.fromEntries(outcomes), imports };
}

const CASES = PRODUCTS.flatMap((product) => PROCESSES.map((killed) => ({ title: product.title, product, killed })));

describe.each(CASES)("on $title, after the $killed is killed", ({ product, killed }) => {
  scenario("before, during or after every operation, the next apply continues from what exists", async (harness) => {
    const { folder, remote } = harness;
    const locks: string[] = [];
    for (let round = 0; round <= MOMENTS.length; round++) await addRepository(remote, product, round);
    await folder.deploy(configurationOf(product, 0));
    for (const [index, moment] of MOMENTS.entries()) {
      const round = index + 1;
      await folder.write(configurationOf(product, round));
      await crash(harness, product, round, moment, killed);
      const { outcomes, imports } = outcomesOf(await applyUnlocked(folder, locks), product, round);
      expect([moment, outcomes]).toEqual([moment, expectedNextApply(product, moment)]);
      if (imports.length > 0) {
        await folder.write({ ...configurationOf(product, round), import: imports });
        await folder.applyAndReplan();
      } else expect((await folder.plan()).code).toBe(0);
      await expectRemoteObjects(remote, product, round);
    }
    const cells = operationsOf(product).length * MOMENTS.length;
    process.stdout.write(`${product.title}, ${killed} killed: ${cells} cases; removed the engine's lock ${locks.length} times\n`);
  });
});
