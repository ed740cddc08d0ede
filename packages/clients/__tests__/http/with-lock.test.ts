/** The lock by key. */
import { withLock } from "../../http/with-lock";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it("runs work with the same key in order, even after a failure", async () => {
  const order: string[] = [];
  const work =
    (name: string, ms: number, fails = false) =>
    async () => {
      order.push(`${name} begins`);
      await pause(ms);
      order.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([
    withLock("a", work("first", 20, true)),
    withLock("a", work("second", 1)),
    withLock("b", work("other", 1)),
  ]);
  expect(results.map((result) => result.status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(order.filter((entry) => !entry.startsWith("other"))).toEqual(["first begins", "first ends", "second begins", "second ends"]);
  expect(order.indexOf("other ends")).toBeLessThan(order.indexOf("first ends"));
});
