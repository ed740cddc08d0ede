/** What `npm start` prints, on a terminal and elsewhere. */
import { Screen } from "../screen";

function screen(isTTY: boolean | undefined, env: Record<string, string> = {}) {
  const written: string[] = [];
  let clock = 0;
  const made = new Screen({ write: (text) => written.push(text), isTTY }, env, () => (clock += 1250));
  return { made, text: () => written.join("") };
}

async function play(made: Screen): Promise<void> {
  made.title("Title");
  await made.step("First", () => {
    made.say("one\n\ntwo", "good");
    return Promise.resolve();
  });
  await made.step("Second", () => Promise.resolve());
}

const PLAIN = "Title\n\n1  First\n   one\n\n   two\n   (1.3 s)\n\n2  Second\n   (1.3 s)\n";

it.each([
  ["a pipe", undefined, {}],
  ["a terminal whose user wants no colour", true, { NO_COLOR: "1" }],
  ["a dumb terminal", true, { TERM: "dumb" }],
])("on %s there is no colour, and each step has a number and its seconds", async (_case, isTTY, env) => {
  const { made, text } = screen(isTTY, env);
  await play(made);
  expect(text()).toBe(PLAIN);
});

it("on a terminal there is colour around the same text", async () => {
  const { made, text } = screen(true);
  await play(made);
  expect(text()).not.toBe(PLAIN);
  // eslint-disable-next-line no-control-regex -- the escape codes are what is looked for
  expect(text().replace(/\u001b\[[\d;]*m/g, "")).toBe(PLAIN);
});

it("a step that fails passes its error on, and what it returns otherwise", async () => {
  const { made } = screen(undefined);
  await expect(made.step("Bad", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(made.step("Good", () => Promise.resolve(7))).resolves.toBe(7);
});
