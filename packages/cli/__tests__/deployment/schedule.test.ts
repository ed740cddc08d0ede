/** Work for parts at the same time: the number, the order, and what a failure does. */
import { runScheduled, type Scheduled } from "../../deployment/schedule";

/** Items that end when the test says so. */
class Work {
  readonly log: string[] = [];
  readonly #ends = new Map<string, (thrown?: Error) => void>();

  readonly run = ({ name }: Scheduled): Promise<void> => {
    this.log.push(`${name} starts`);
    return new Promise((resolve, reject) => {
      this.#ends.set(name, (thrown) => (thrown === undefined ? resolve() : reject(thrown)));
    });
  };

  async end(name: string, thrown?: Error): Promise<void> {
    this.log.push(`${name} ends`);
    this.#ends.get(name)?.(thrown);
    await new Promise((done) => setImmediate(done));
  }
}

const item = (name: string, ...after: readonly string[]): Scheduled => ({ name, after });

it("starts items in their order, and no more than the number at once", async () => {
  const work = new Work();
  const all = runScheduled([item("a"), item("b"), item("c")], 2, work.run);
  await work.end("b");
  await work.end("c");
  await work.end("a");
  await all;
  expect(work.log).toEqual(["a starts", "b starts", "b ends", "c starts", "c ends", "a ends"]);
});

it("an item waits for those it comes after, and later items do not wait for it", async () => {
  const work = new Work();
  const all = runScheduled([item("a"), item("b", "a", "gone"), item("c")], 4, work.run);
  expect(work.log).toEqual(["a starts", "c starts"]);
  await work.end("a");
  await work.end("b");
  await work.end("c");
  await all;
  expect(work.log.slice(2)).toEqual(["a ends", "b starts", "b ends", "c ends"]);
});

it("an item does not wait for one that is later in the list", async () => {
  const work = new Work();
  const all = runScheduled([item("a", "b"), item("b", "a")], 4, work.run);
  await work.end("a");
  await work.end("b");
  await all;
  expect(work.log).toEqual(["a starts", "a ends", "b starts", "b ends"]);
});

it("after a failure nothing else starts, and the failure is thrown when everything has ended", async () => {
  const work = new Work();
  let thrown: unknown;
  const all = runScheduled([item("a"), item("b"), item("c")], 2, work.run).catch((failure: unknown) => (thrown = failure));
  await work.end("a", new Error("first"));
  expect(thrown).toBeUndefined();
  await work.end("b", new Error("second"));
  await all;
  expect(thrown).toEqual(new Error("first"));
  expect(work.log).not.toContain("c starts");
});

it("no items end at once", async () => {
  await expect(runScheduled([], 4, new Work().run)).resolves.toBeUndefined();
});
