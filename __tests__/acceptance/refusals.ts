/** Tables of refusals: what is arranged, which code is said at which object, and in which words. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { configuration } from "./configuration";
import type { Product } from "./product";
import type { Ran, Service, World } from "./world";

export const READER = { SPACELIFT_API_KEY_ID: "01READER000000000000000000", SPACELIFT_API_KEY_SECRET: "reader-secret-of-the-sandbox" };

/** `error duplicate-integration-name bitlift_space.payments parent_space_id`, sorted, each once. */
export function told(ran: Ran): readonly string[] {
  const lines = ran.said.map(({ severity, detail, address, attribute }) => {
    const code = /\(([a-z-]+)\)\s*$/.exec(detail)?.[1] ?? detail;
    const argument = /^"(\w+)":/.exec(attribute ?? "")?.[1];
    return [severity, code, address ?? "-", ...(argument === undefined ? [] : [argument])].join(" ");
  });
  return [...new Set(lines)].sort();
}

/** What the diagnostics at an object say. */
export const textAt = (ran: Ran, address: string): string =>
  ran.said
    .filter((one) => one.address === address)
    .map((one) => one.detail)
    .join("\n");

/** One thing that stands in the way of reading. */
export interface Row {
  readonly variables?: (world: World, elsewhere: string) => Readonly<Record<string, string | undefined>>;
  /** Faults by service. */
  readonly faults?: (elsewhere: string) => readonly (readonly [Service, Readonly<Record<string, unknown>>])[];
  readonly arrange?: (world: World) => Promise<unknown>;
  readonly undo?: (world: World) => Promise<unknown>;
  readonly told: readonly string[];
  readonly at: string;
  readonly says: RegExp;
}

/** The same for both webhooks of the usual configuration. */
export const everyWebhook = ({ WEBHOOK, NETWORKING }: Product, code: string): readonly string[] => [
  `error ${code} ${WEBHOOK}`,
  `error ${code} ${NETWORKING}`,
];

/** A host that counts who comes; nobody with a credential shall. */
async function elsewhere(play: (origin: string, seen: readonly string[]) => Promise<void>): Promise<void> {
  const seen: string[] = [];
  const server: Server = createServer((request, response) => {
    seen.push(`${String(request.method)} ${String(request.url)}${request.headers.authorization === undefined ? "" : " with a credential"}`);
    response.end("{}");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    await play(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/caught`, seen);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

/** One plan for each row, on the usual configuration that is applied and in order. Nothing is taken for gone, and nothing is left behind. */
export function playReads(world: World, product: Product, rows: Readonly<Record<string, Row>>): Promise<void> {
  return elsewhere(async (origin, seen) => {
    await world.establish(configuration(product));
    const found: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    for (const [name, row] of Object.entries(rows)) {
      await row.arrange?.(world);
      for (const [service, fault] of row.faults?.(origin) ?? []) await world.control(service, "faults", fault);
      const planned = await world.plan([], row.variables?.(world, origin));
      await row.undo?.(world);
      for (const service of ["spacelift", product.service] as const) await world.control(service, "faults", { clear: true });
      found[name] = { told: told(planned), text: textAt(planned, row.at), changes: planned.changes };
      expected[name] = { told: [...row.told].sort(), text: expect.stringMatching(row.says) as unknown, changes: [] };
    }
    expect(found).toEqual(expected);
    expect(seen).toEqual([]);
    expect((await world.plan()).code).toBe(0);
  });
}
