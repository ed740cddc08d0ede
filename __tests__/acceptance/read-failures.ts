/** Tables of reads that fail: the cause of each, the codes that the plan reports at each object, and the values that the text contains. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Harness, Product, Service } from "../../tools/harness";
import { configuration } from "./configuration";
import { diagnosticLines, textAt } from "./diagnostics";

export const READER = { SPACELIFT_API_KEY_ID: "01READER000000000000000000", SPACELIFT_API_KEY_SECRET: "reader-secret-of-the-sandbox" };
export const PLATFORM = { SPACELIFT_API_KEY_ID: "01PLATFORM0000000000000000", SPACELIFT_API_KEY_SECRET: "platform-secret-of-the-sandbox" };

/** One reason why a plan cannot read an object. `otherOrigin` is a server that must not receive a request. */
export interface ReadFailure {
  readonly variables?: (harness: Harness, otherOrigin: string) => Readonly<Record<string, string | undefined>>;
  /** Faults by service. */
  readonly faults?: (otherOrigin: string) => readonly (readonly [Service, Readonly<Record<string, unknown>>])[];
  readonly arrange?: (harness: Harness) => Promise<unknown>;
  readonly undo?: (harness: Harness) => Promise<unknown>;
  /** Lines such as `error remote-redirect bitlift_space.payments`. */
  readonly diagnostics: readonly string[];
  /** The object whose diagnostic contains the values. */
  readonly at: string;
  readonly values: readonly (string | RegExp)[];
}

/** The lines of an error that is reported at both webhooks of the default configuration. */
export const atBothWebhooks = ({ WEBHOOK, NETWORKING }: Product, code: string): readonly string[] => [
  `error ${code} ${WEBHOOK}`,
  `error ${code} ${NETWORKING}`,
];

/** Starts a server that records every request, for the duration of `run`. */
async function withOtherOrigin(run: (origin: string, requests: readonly string[]) => Promise<void>): Promise<void> {
  const requests: string[] = [];
  const server = createServer(({ method = "", url = "", headers }, response) => {
    requests.push(`${method} ${url}${headers.authorization === undefined ? "" : " with a credential"}`);
    response.end("{}");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/caught`, requests);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

/** The values that a text does not contain. */
export const missingValues = (text: string, values: readonly (string | RegExp)[]): readonly (string | RegExp)[] =>
  values.filter((value) => (typeof value === "string" ? !text.includes(value) : !value.test(text)));

/**
 * Plans once for each failure, on the applied default configuration. No plan has changes, because a failed read does not count as a deleted
 * object; the last plan, without a failure, is empty.
 */
export function expectReadFailures(harness: Harness, product: Product, failures: Readonly<Record<string, ReadFailure>>): Promise<void> {
  const { folder, remote } = harness;
  return withOtherOrigin(async (origin, requests) => {
    await folder.deploy(configuration(product));
    for (const [name, failure] of Object.entries(failures)) {
      await failure.arrange?.(harness);
      for (const [service, fault] of failure.faults?.(origin) ?? []) await remote.control(service, "faults", fault);
      const planned = await folder.plan([], failure.variables?.(harness, origin));
      await failure.undo?.(harness);
      for (const service of ["spacelift", product.service] as const) await remote.control(service, "faults", { clear: true });
      const text = textAt(planned, failure.at);
      expect({
        name,
        diagnostics: diagnosticLines(planned),
        changes: planned.changes,
        text,
        missing: missingValues(text, failure.values),
      }).toEqual({
        name,
        diagnostics: [...failure.diagnostics].sort(),
        changes: [],
        text,
        missing: [],
      });
    }
    expect(requests).toEqual([]);
    expect((await folder.plan()).code).toBe(0);
  });
}
