/** Lost responses: an apply succeeds anyway or reports that the result is not known, the next apply succeeds, and nothing exists twice. */
import {
  codeOf,
  integrationReferences,
  PRODUCTS,
  progressIn,
  repositoryFields,
  type EngineDiagnostic,
  type EngineRun,
  type Harness,
  type Product,
} from "../../tools/harness";
import {
  addRepository,
  configurationOf,
  countResponses,
  expectRemoteObjects,
  isSuccess,
  operationsOf,
  servicesOf,
  type Operation,
} from "./concurrent-operations";
import { defaultCredential } from "./configuration";
import { errors } from "./diagnostics";
import { changeRepository } from "./outside-changes";
import { scenario, waitUntil } from "./scenario";

/** Shorter than a response is held back, and long enough for all other requests on a busy machine. */
const SHORT_TIMEOUT = { BITLIFT_REQUEST_TIMEOUT: "2s" };

interface Loss {
  readonly name: string;
  readonly fault: Readonly<Record<string, unknown>>;
  /** The request is carried out after the client has given up. */
  readonly late?: true;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Each loss affects the first request of every operation. The comment states whether that request is carried out. */
const LOSSES: readonly Loss[] = [
  { name: "reset", fault: { kind: "reset-before" } }, // no
  { name: "reset, done", fault: { kind: "reset-after" } }, // yes
  { name: "502", fault: { kind: "status", status: 502 } }, // no
  { name: "502, done", fault: { kind: "content-type", status: 502 } }, // yes
  { name: "timeout, done", fault: { kind: "hold" }, variables: SHORT_TIMEOUT }, // yes
  { name: "timeout, done late", fault: { kind: "delay", milliseconds: 8_000 }, late: true, variables: SHORT_TIMEOUT }, // after the client's lookup
  { name: "cut off", fault: { kind: "truncated" } }, // yes
  { name: "HTML", fault: { kind: "html" } }, // no
];

/**
 * The result, by operation and loss.
 * `done`: the apply succeeded. Otherwise it failed with a diagnostic, and the next apply ran the operation again (`again`), detected that
 * it was already carried out (`seen`), adopted the webhook (`adopted`), or reported the import command (`import`).
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

/** The engine gives no address for the delete of a resource that was removed from the configuration. The text of the diagnostic contains the request. */
function isAbout(diagnostic: EngineDiagnostic, { service, name, effect, address }: Operation, round: number): boolean {
  if (diagnostic.address !== undefined) return diagnostic.address === address(round);
  if (effect !== "delete") return false;
  return service === "spacelift"
    ? diagnostic.detail.toLowerCase().includes(`"${name.toLowerCase()}"`)
    : diagnostic.detail.includes('"DELETE ');
}

function errorOf(run: EngineRun, operation: Operation, round: number): EngineDiagnostic | undefined {
  return run.diagnostics.find((diagnostic) => diagnostic.severity === "error" && isAbout(diagnostic, operation, round));
}

/** Each error has one of the two codes for lost responses, and states that the result is not known. */
function expectClearErrors(run: EngineRun): void {
  for (const diagnostic of run.diagnostics.filter(({ severity }) => severity === "error")) {
    expect(["remote-unreachable", "remote-response-invalid"]).toContain(codeOf(diagnostic));
    expect(diagnostic.detail).toMatch(/\b(not known|unknown)\b/);
  }
}

function importCommand(run: EngineRun, operation: Operation, round: number): { to: string; id: string } | undefined {
  const id = /terraform import <address> ([^\s.]+)\./.exec(errorOf(run, operation, round)?.detail ?? "")?.[1];
  return id === undefined ? undefined : { to: operation.address(round), id };
}

function resultOf(first: EngineRun, second: EngineRun | undefined, operation: Operation, round: number): string {
  const address = operation.address(round);
  const isComplete = (run: EngineRun | undefined) =>
    progressIn(run?.stdout ?? "").some((progress) => progress.type === "apply_complete" && progress.address === address);
  if (errorOf(first, operation, round) === undefined) return isComplete(first) ? "done" : "nothing";
  if (second === undefined) return "failed";
  if (errorOf(second, operation, round) !== undefined)
    return importCommand(second, operation, round) === undefined ? "failed twice" : "import";
  const adopted = second.diagnostics.some((diagnostic) => diagnostic.address === address && codeOf(diagnostic) === "webhook-adopted");
  if (adopted) return "adopted";
  return isComplete(second) ? "again" : "seen";
}

/** Runs all operations with one loss, and returns the column of the table. */
async function runColumn({ folder, remote }: Harness, product: Product, loss: Loss, round: number): Promise<readonly string[]> {
  const { name, fault, late, variables } = loss;
  const operations = operationsOf(product);
  await folder.write(configurationOf(product, round));
  await remote.clearRequests(servicesOf(product));
  for (const operation of operations) await remote.control(operation.service, "faults", { operation: operation.name, ...fault });
  const first = await folder.apply(["-parallelism=20"], variables);
  if (late === true) {
    for (const operation of operations)
      await waitUntil(`${operation.title} is carried out`, async () => (await countResponses(remote, operation, isSuccess)) > 0);
  }
  await remote.clearFaults(servicesOf(product));
  expectClearErrors(first);
  const second = first.code === 0 ? undefined : await folder.apply();
  if (second !== undefined && second.code !== 0) {
    const imports = operations.flatMap((operation) => importCommand(second, operation, round) ?? []);
    await folder.write({ ...configurationOf(product, round), import: imports });
    expect([name, errors(await folder.apply())]).toEqual([name, []]);
  }
  const after = await folder.plan();
  expect([name, after.code, after.changes]).toEqual([name, 0, []]);
  await expectRemoteObjects(remote, product, round);
  return operations.map((operation) => resultOf(first, second, operation, round));
}

function tableText(product: Product, columns: readonly (readonly string[])[]): string {
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
  scenario("a lost response causes a lookup or a clear error, and nothing exists twice", async (harness) => {
    const { folder, remote } = harness;
    await addRepository(remote, product, 0);
    await folder.deploy(configurationOf(product, 0));
    const columns: (readonly string[])[] = [];
    for (const [index, loss] of LOSSES.entries()) {
      await addRepository(remote, product, index + 1);
      columns.push(await runColumn(harness, product, loss, index + 1));
    }
    process.stdout.write(`${product.title}\n${tableText(product, columns)}\n`);
    expect(tableText(product, columns)).toBe(EXPECTED.slice(1, -1));
  });

  scenario(
    "if one of ten concurrent creates loses its connection, each webhook exists once and is in the state",
    async ({ folder, remote }) => {
      const repositories = Array.from({ length: 10 }, (_, index) => `service-${index}`);
      for (const repository of repositories) await changeRepository(remote, product, repository, "create");
      const references = integrationReferences(`${product.integration}.hub`);
      const webhooks = repositories.map((repository) => [repository, { ...repositoryFields(product, repository), ...references }]);
      await folder.write({
        resource: {
          [product.integration]: { hub: { name: "Hub", ...defaultCredential(product) } },
          [product.webhook]: Object.fromEntries(webhooks),
        },
      });
      await remote.control(product.service, "faults", { operation: product.operations.create, kind: "reset-after", nth: 3 });
      expect(errors(await folder.apply(["-parallelism=20"]))).toEqual([]);
      expect(await remote.control(product.service, "faults")).toMatchObject({ armed: [] });
      for (const repository of repositories) {
        const { [product.webhookIdAttribute]: id } = (await folder.state(`${product.webhook}.${repository}`)) ?? {};
        expect([repository, (await remote.webhooks(product, repository)).map((webhook) => webhook.id)]).toEqual([repository, [id]]);
      }
      expect((await folder.plan()).code).toBe(0);
    },
  );
});
