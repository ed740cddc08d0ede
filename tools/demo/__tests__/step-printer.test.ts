/** Numbered steps, on a terminal and elsewhere. */
import { StepPrinter } from "../step-printer";

function createPrinter(isTTY: boolean | undefined, env: Record<string, string> = {}) {
  const written: string[] = [];
  let clock = 0;
  const printer = new StepPrinter({ write: (text) => written.push(text), isTTY }, env, () => (clock += 1250));
  return { printer, text: () => written.join("") };
}

async function printSteps(printer: StepPrinter): Promise<void> {
  printer.printTitle("Title");
  await printer.step("First", () => {
    printer.print("one\n\ntwo", "success");
    return Promise.resolve();
  });
  await printer.step("Second", () => Promise.resolve());
}

const PLAIN = "Title\n\n1  First\n   one\n\n   two\n   (1.3 s)\n\n2  Second\n   (1.3 s)\n";

it.each([
  ["a pipe", undefined, {}],
  ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }],
  ["a dumb terminal", true, { TERM: "dumb" }],
])("on %s the text has no color, and each step has a number and a duration", async (_case, isTTY, env) => {
  const { printer, text } = createPrinter(isTTY, env);
  await printSteps(printer);
  expect(text()).toBe(PLAIN);
});

it("on a terminal the same text has color", async () => {
  const { printer, text } = createPrinter(true);
  await printSteps(printer);
  expect(text()).not.toBe(PLAIN);
  // eslint-disable-next-line no-control-regex -- the expression matches escape codes
  expect(text().replace(/\u001b\[[\d;]*m/g, "")).toBe(PLAIN);
});

it("a step returns the result of its function, or rejects with its error", async () => {
  const { printer } = createPrinter(undefined);
  await expect(printer.step("Bad", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(printer.step("Good", () => Promise.resolve(7))).resolves.toBe(7);
});
