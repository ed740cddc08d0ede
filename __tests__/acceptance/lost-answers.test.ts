/** Answers that do not arrive: an apply succeeds all the same or says what is open, the next one succeeds, and nothing is there twice. */
import { changeRepository } from "./by-hand";
import { credentialOf, repositoryOf, wiredTo, type Product } from "./product";
import { PRODUCTS } from "./products";
import { addRepository, answered, bothSides, configurationOf, disarm, forget, operationsOf, succeeded, type Operation } from "./rounds";
import { codeOf, errors, scenario, toldIn, until, type Ran, type Said, type World } from "./world";

/** Shorter than an answer is withheld, and long enough for everything else on a busy machine. */
const IMPATIENT = { BITLIFT_REQUEST_TIMEOUT: "2s" };

interface Loss {
  readonly name: string;
  readonly fault: Readonly<Record<string, unknown>>;
  /** Carried out when the client has given up already. */
  readonly late?: true;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Each hits the first request of every operation. The comment says whether that request is carried out. */
const LOSSES: readonly Loss[] = [
  { name: "reset", fault: { kind: "reset-before" } }, // no
  { name: "reset, done", fault: { kind: "reset-after" } }, // yes
  { name: "502", fault: { kind: "status", status: 502 } }, // no
  { name: "502, done", fault: { kind: "content-type", status: 502 } }, // yes
  { name: "timeout, done", fault: { kind: "hold" }, variables: IMPATIENT }, // yes
  { name: "timeout, done late", fault: { kind: "delay", milliseconds: 8_000 }, late: true, variables: IMPATIENT }, // after the client's look
  { name: "cut off", fault: { kind: "truncated" } }, // yes
  { name: "HTML", fault: { kind: "html" } }, // no
];

/**
 * What came of it, operation by loss.
 * `done`: the apply succeeded. Otherwise it was refused with a diagnostic, and the next apply did it (`again`), found that it was done
 * (`seen`), adopted the webhook (`adopted`), or named the import command (`import`).
 */
const EXPECTED = `
                       | reset | reset, done | 502   | 502, done | timeout, done | timeout, done late | cut off | HTML
Space create           | done  | done        | done  | done      | done          | import             | done    | done
Space update           | again | seen        | again | seen      | seen          | seen               | seen    | again
Space delete           | again | seen        | again | seen      | seen          | seen               | seen    | again
integration create     | done  | done        | done  | done      | done          | done               | done    | done
integration update     | again | seen        | again | seen      | seen          | seen               | seen    | again
integration regenerate | again | again       | again | again     | again         | again              | again   | again
integration delete     | again | seen        | again | seen      | seen          | seen               | seen    | again
webhook create         | done  | done        | done  | done      | done          | adopted            | done    | done
webhook replace        | again | seen        | again | seen      | seen          | seen               | seen    | again
webhook delete         | again | seen        | again | seen      | seen          | seen               | seen    | again
`;

const DELETE = /^"DELETE /;

/** A diagnostic about the delete of something that is not configured any more has no address: its text names the request. */
function isAbout(said: Said, { service, name, effect, address }: Operation, round: number): boolean {
  if (said.address !== undefined) return said.address === address(round);
  const request = /answer to ("[^"]+")|answered ("[^"]+")/.exec(said.detail);
  const asked = request?.[1] ?? request?.[2] ?? "";
  return effect === "delete" && (service === "spacelift" ? asked.toLowerCase() === `"${name.toLowerCase()}"` : DELETE.test(asked));
}

function refusal(ran: Ran, operation: Operation, round: number): Said | undefined {
  return ran.said.find((one) => one.severity === "error" && isAbout(one, operation, round));
}

/** Nobody is left guessing: each refusal is one of ours, and says that it is not known whether the operation was carried out. */
function clear(ran: Ran): void {
  for (const { severity, detail } of ran.said) {
    if (severity === "error")
      expect(detail).toMatch(/Whether it was carried out is not known\..*\((remote-unreachable|remote-response-invalid)\)$/s);
  }
}

function outcome(first: Ran, second: Ran | undefined, operation: Operation, round: number): string {
  const at = operation.address(round);
  const did = (ran: Ran | undefined) => toldIn(ran?.stdout ?? "").some(({ type, address }) => type === "apply_complete" && address === at);
  if (refusal(first, operation, round) === undefined) return did(first) ? "done" : "nothing";
  if (second === undefined) return "refused";
  if (refusal(second, operation, round) !== undefined)
    return importCommand(second, operation, round) === undefined ? "refused twice" : "import";
  if (second.said.some((one) => one.address === at && codeOf(one) === "webhook-adopted")) return "adopted";
  return did(second) ? "again" : "seen";
}

function importCommand(ran: Ran, operation: Operation, round: number): { to: string; id: string } | undefined {
  const id = /terraform import <address> ([^\s.]+)\./.exec(refusal(ran, operation, round)?.detail ?? "")?.[1];
  return id === undefined ? undefined : { to: operation.address(round), id };
}

/** One loss, all operations; answers the column of the table. */
async function play(world: World, product: Product, { name, fault, late, variables }: Loss, round: number): Promise<readonly string[]> {
  const operations = operationsOf(product);
  await world.write(configurationOf(product, round));
  await forget(world, product);
  for (const operation of operations) await world.control(operation.service, "faults", { operation: operation.name, ...fault });
  const first = await world.apply(["-parallelism=20"], variables);
  if (late === true) {
    for (const operation of operations)
      await until(`${operation.title} is carried out`, async () => (await answered(world, operation, succeeded)) > 0);
  }
  await disarm(world, product);
  clear(first);
  const second = first.code === 0 ? undefined : await world.apply();
  if (second !== undefined && second.code !== 0) {
    const imports = operations.flatMap((operation) => importCommand(second, operation, round) ?? []);
    await world.write({ ...configurationOf(product, round), import: imports });
    expect([name, errors(await world.apply())]).toEqual([name, []]);
  }
  const after = await world.plan();
  expect([name, after.code, after.changes]).toEqual([name, 0, []]);
  await bothSides(world, product, round);
  return operations.map((operation) => outcome(first, second, operation, round));
}

function tableOf(product: Product, columns: readonly (readonly string[])[]): string {
  const rows = operationsOf(product).map(({ title }, index) => [title, ...columns.map((column) => column[index] ?? "")]);
  const lines = [["", ...LOSSES.map(({ name }) => name)], ...rows];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(" | ")
        .trimEnd(),
    )
    .join("\n");
}

describe.each(PRODUCTS)("on $title", (product) => {
  scenario("an answer that does not arrive is followed by a look or a clear refusal, and nothing is there twice", async (world) => {
    await addRepository(world, product, 0);
    await world.write(configurationOf(product, 0));
    expect(errors(await world.apply())).toEqual([]);
    const columns: (readonly string[])[] = [];
    for (const [index, loss] of LOSSES.entries()) {
      await addRepository(world, product, index + 1);
      columns.push(await play(world, product, loss, index + 1));
    }
    process.stdout.write(`${product.title}\n${tableOf(product, columns)}\n`);
    expect(tableOf(product, columns)).toBe(EXPECTED.slice(1, -1));
  });

  scenario("one of ten creates in flight loses its connection: all ten webhooks exist once and are in the state", async (world) => {
    const repositories = Array.from({ length: 10 }, (_, index) => `service-${String(index)}`);
    for (const repository of repositories) await changeRepository(world, product, repository, "create");
    const hub = `${product.integration}.hub`;
    await world.write({
      resource: {
        [product.integration]: { hub: { name: "Hub", ...credentialOf(product) } },
        [product.webhook]: Object.fromEntries(
          repositories.map((repository) => [repository, { ...repositoryOf(product, repository), ...wiredTo(hub) }]),
        ),
      },
    });
    await world.control(product.service, "faults", { operation: product.operations.create, kind: "reset-after", nth: 3 });
    expect(errors(await world.apply(["-parallelism=20"]))).toEqual([]);
    expect((await world.control(product.service, "faults")) as object).toMatchObject({ armed: [] });
    const state = JSON.parse(await world.stateFile()) as {
      resources: { name: string; instances: { attributes: Record<string, unknown> }[] }[];
    };
    for (const repository of repositories) {
      const stored = state.resources.find(({ name }) => name === repository)?.instances.map(({ attributes }) => attributes[product.hookId]);
      expect([repository, (await world.hooks(product, repository)).map((hook) => hook.id)]).toEqual([repository, stored]);
    }
    expect((await world.plan()).code).toBe(0);
  });
});
