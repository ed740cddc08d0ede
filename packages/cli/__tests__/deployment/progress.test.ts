/** When and where progress is written: a line that is written again on a terminal, a few lines in a log. */
import type { EngineMessage } from "../../deployment/engine-messages";
import { Progress } from "../../deployment/progress";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function streamOf(terminal: { readonly columns: number } | undefined): { stream: NodeJS.WriteStream; written: string[] } {
  const written: string[] = [];
  const stream = { isTTY: terminal !== undefined, columns: terminal?.columns, write: (text: string) => written.push(text) };
  return { stream: stream as unknown as NodeJS.WriteStream, written };
}

const webhook = (type: string): EngineMessage => ({
  raw: {},
  type,
  diagnostic: undefined,
  resource: { address: "a", type: "bitlift_bitbucket_cloud_webhook" },
  action: undefined,
});

it("says nothing about a phase that ends within a second", () => {
  const { stream, written } = streamOf({ columns: 80 });
  const progress = new Progress(stream);
  progress.start(1);
  progress.phase("main", "plan");
  jest.advanceTimersByTime(900);
  progress.partDone();
  jest.advanceTimersByTime(10_000);
  expect(written).toEqual([]);
});

it("writes one line again on a terminal, and removes it", () => {
  const { stream, written } = streamOf({ columns: 80 });
  const progress = new Progress(stream);
  progress.start(2);
  progress.phase("main", "apply", 3);
  progress.message(webhook("apply_complete"));
  jest.advanceTimersByTime(2_000);
  expect(written.at(-1)).toBe("\r\u001b[Kmain: apply, 1 of 3 webhooks, 2 s (0 of 2 parts done)");
  progress.partDone();
  expect(written.at(-1)).toBe("\r\u001b[K");
});

it.each([
  [20, "main: apply, 2 s (0"],
  [1, ""],
  [0, "main: apply, 2 s (0 of 1 part done)"],
])("cuts the line for a terminal of %i columns, where 0 means an unknown width", (columns, text) => {
  const { stream, written } = streamOf({ columns });
  const progress = new Progress(stream);
  progress.start(1);
  progress.phase("main", "apply");
  jest.advanceTimersByTime(2_000);
  expect(written.at(-1)).toBe(`\r\u001b[K${text}`);
});

it("writes a line in a log only every ten seconds, without control characters, and across phases", () => {
  const { stream, written } = streamOf(undefined);
  const progress = new Progress(stream);
  progress.start(30);
  for (let part = 1; part <= 15; part++) {
    progress.phase(`p${part}`, "plan");
    jest.advanceTimersByTime(2_000);
    progress.partDone();
  }
  progress.phase("last", "plan");
  jest.advanceTimersByTime(30_000);
  progress.partDone();
  expect(written.filter((text) => text.includes("\r") || text.includes("\u001b"))).toEqual([]);
  expect(written.length).toBeGreaterThanOrEqual(5);
  expect(written.length).toBeLessThanOrEqual(6);
});

it.each([
  ["412 of 1,000 requests left", ", 412 of 1,000 requests left"],
  [undefined, ""],
])("says that %s", (left, text) => {
  const { stream, written } = streamOf({ columns: 80 });
  const progress = new Progress(stream, () => left);
  progress.start(1);
  progress.phase("main", "plan");
  jest.advanceTimersByTime(2_000);
  expect(written.at(-1)).toBe(`\r\u001b[Kmain: plan${text}, 2 s (0 of 1 part done)`);
});
