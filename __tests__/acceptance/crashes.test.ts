/** Killed at any moment: the next apply goes on from what is there, and in the end everything is there once. */
import type { Product } from "./product";
import { PRODUCTS } from "./products";
import { addRepository, answered, bothSides, configurationOf, disarm, forget, mark, operationsOf, servicesOf, succeeded } from "./rounds";
import { codeOf, errors, scenario, toldIn, until, type Ran, type Service, type World } from "./world";

type Victim = "plugin" | "engine";
/** When the process dies: its requests are not carried out yet; they are, and no answer came; the engine has stored the answers. */
type Moment = "before" | "unanswered" | "after";

const NOTHING = "nothing to do";

/** What the apply after the crash does with each object. */
const AFTERWARDS: Readonly<Record<Exclude<Moment, "after">, Readonly<Record<string, string>>>> = {
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
  unanswered: {
    "Space create": "refused: duplicate-space-name, then imported",
    "Space update": NOTHING,
    "Space delete": NOTHING,
    "integration create": "refused: duplicate-integration-name, then imported",
    "integration update": NOTHING,
    // Which rotation the secret comes from is in no remote system: it is done once more.
    "integration regenerate": "update",
    "integration delete": NOTHING,
    "webhook create": "create: webhook-adopted",
    // The secret is the one that it was, and all the rest is as it should be.
    "webhook replace": NOTHING,
    "webhook delete": NOTHING,
  },
};

function afterwards(product: Product, moment: Moment): Readonly<Record<string, string>> {
  return moment === "after" ? Object.fromEntries(operationsOf(product).map(({ title }) => [title, NOTHING])) : AFTERWARDS[moment];
}

async function arm(world: World, product: Product, moment: Moment): Promise<void> {
  for (const { service, name } of operationsOf(product)) {
    // A limit keeps the request back, certainly not carried out, for as long as it takes to kill whoever waits.
    const limited = { kind: "status", status: 429, headers: { "retry-after": "600" } };
    if (moment !== "after")
      await world.control(service, "faults", { operation: name, ...(moment === "before" ? limited : { kind: "hold" }) });
  }
  if (moment === "after") await world.control("spacelift", "faults", { operation: "spaceUpdate", kind: "hold", nth: 2 });
}

async function holding(world: World, service: Service): Promise<number> {
  return ((await world.control(service, "faults")) as { holding: number }).holding;
}

/** Whether the engine's state file shows what the round wants. */
async function stored(world: World, product: Product, round: number): Promise<boolean> {
  interface State {
    resources: { type: string; name: string; instances: { attributes: unknown }[] }[];
  }
  let state: State;
  try {
    state = JSON.parse(await world.stateFile()) as State;
  } catch {
    // It is being written.
    return false;
  }
  return operationsOf(product).every(({ effect, address }) => {
    const found = state.resources.find(({ type, name }) => `${type}.${name}` === address(round));
    if (effect === "update") return JSON.stringify(found?.instances).includes(mark(round));
    return (found !== undefined) === (effect === "create");
  });
}

/** Waits for the moment. */
async function reached(world: World, product: Product, round: number, moment: Moment, started: () => readonly string[]): Promise<void> {
  if (moment === "before") {
    await until("every object is under way", () => operationsOf(product).every(({ address }) => started().includes(address(round))));
    for (const service of servicesOf(product)) {
      await until(`${service} has kept a request back`, async () => {
        const counts = await Promise.all(
          operationsOf(product)
            .filter((one) => one.service === service)
            .map((one) => answered(world, one, (status) => status === 429)),
        );
        return counts.some((count) => count > 0);
      });
    }
    return;
  }
  if (moment === "after") await until("the engine has stored every answer", () => stored(world, product, round));
  for (const service of servicesOf(product)) {
    const expected =
      moment === "unanswered" ? operationsOf(product).filter((one) => one.service === service).length : service === "spacelift" ? 1 : 0;
    await until(`${service} keeps ${String(expected)} answers back`, async () => (await holding(world, service)) === expected);
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** One apply that does not live to its end. */
async function crash(world: World, product: Product, round: number, moment: Moment, victim: Victim): Promise<void> {
  await forget(world, product);
  await arm(world, product, moment);
  const running = world.begin(["apply", "-json", "-input=false", "-auto-approve", "-parallelism=20"]);
  await reached(world, product, round, moment, () =>
    running
      .told()
      .filter(({ type }) => type === "apply_start")
      .map(({ address }) => address),
  );
  const plugins = await world.pluginsOf(running.pid);
  expect(plugins).toHaveLength(1);
  for (const pid of victim === "plugin" ? plugins : [running.pid]) process.kill(pid, "SIGKILL");
  expect((await running.ended).code).not.toBe(0);
  await until("no plugin is left", () => !plugins.some(alive));
  await disarm(world, product);
  for (const operation of operationsOf(product)) {
    const times = await answered(world, operation, succeeded);
    // The last Space of the round is updated too, and its answer is the one that never came.
    const expected = moment === "before" ? 0 : moment === "after" && operation.name === "spaceUpdate" ? 2 : 1;
    expect([operation.title, times]).toEqual([operation.title, expected]);
  }
}

/** An apply, as often as the engine's own lock file has to be taken away first, as a person would. */
async function applyUnlocked(world: World, locks: string[]): Promise<Ran> {
  const applied = await world.apply();
  const lock = /Error acquiring the state lock.*?ID:\s+([0-9a-f-]{36})/s.exec(applied.output.replaceAll("\\n", "\n"))?.[1];
  if (lock === undefined) return applied;
  locks.push(lock);
  await world.run(["force-unlock", "-force", lock]);
  return applyUnlocked(world, locks);
}

/** What became of each object, and for those that were refused the id in the import command. */
function outcomes(
  ran: Ran,
  product: Product,
  round: number,
): { readonly rows: Readonly<Record<string, string>>; readonly imports: object[] } {
  const told = toldIn(ran.stdout).filter(({ type }) => type === "apply_complete");
  const imports: object[] = [];
  const rows = operationsOf(product).map(({ title, address }) => {
    const at = address(round);
    const said = ran.said.filter((one) => one.address === at);
    const refused = said.find((one) => one.severity === "error");
    if (refused !== undefined) {
      const id = /terraform import <address> ([^\s.]+)\./.exec(refused.detail)?.[1];
      if (id === undefined) throw new Error(`no import command: ${refused.detail}`);
      imports.push({ to: at, id });
      return [title, `refused: ${codeOf(refused)}, then imported`] as const;
    }
    const action = told.find((one) => one.address === at)?.action ?? NOTHING;
    return [title, [action, ...new Set(said.map(codeOf))].join(": ")] as const;
  });
  return { rows: Object.fromEntries(rows), imports };
}

const VICTIMS: readonly Victim[] = ["plugin", "engine"];
const cases = PRODUCTS.flatMap((product) => VICTIMS.map((victim) => ({ title: product.title, product, victim })));

describe.each(cases)("on $title the $victim is killed", ({ product, victim }) => {
  scenario("before, in the middle of and after every operation, and the next apply goes on", async (world) => {
    const moments: readonly Moment[] = ["before", "unanswered", "after"];
    const locks: string[] = [];
    for (let round = 0; round <= moments.length; round++) await addRepository(world, product, round);
    await world.write(configurationOf(product, 0));
    expect(errors(await world.apply())).toEqual([]);
    for (const [index, moment] of moments.entries()) {
      const round = index + 1;
      await world.write(configurationOf(product, round));
      await crash(world, product, round, moment, victim);
      const { rows, imports } = outcomes(await applyUnlocked(world, locks), product, round);
      expect([moment, rows]).toEqual([moment, afterwards(product, moment)]);
      if (imports.length > 0) await world.write({ ...configurationOf(product, round), import: imports });
      if (imports.length > 0) await world.settle();
      else expect((await world.plan()).code).toBe(0);
      await bothSides(world, product, round);
    }
    process.stdout.write(
      `${product.title}, ${victim} killed: ${String(operationsOf(product).length * moments.length)} moments; the engine's lock was in the way ${String(locks.length)} times\n`,
    );
  });
});
