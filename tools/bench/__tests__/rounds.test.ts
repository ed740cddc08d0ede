/** The order of measurements. */
import { mapParallel } from "../parallel";
import { interleave } from "../rounds";

it("measurements alternate, and every second round runs in reverse order", async () => {
  const order: string[] = [];
  const measurement = (name: string) => async () => {
    order.push(name);
    return `${name}${order.length}`;
  };
  const results = await interleave([measurement("a"), measurement("b"), measurement("c")], 2);
  expect(order.join("")).toBe("abccba");
  expect(results).toEqual([
    ["a1", "a6"],
    ["b2", "b5"],
    ["c3", "c4"],
  ]);
});

it("parallel work keeps the order of its items, and its limit", async () => {
  let running = 0;
  let most = 0;
  const results = await mapParallel([5, 1, 4, 2, 3], 2, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, item));
    running--;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

it("after a failure, parallel work starts no further item", async () => {
  const started: number[] = [];
  const work = mapParallel([1, 2, 3, 4, 5], 2, async (item) => {
    started.push(item);
    await Promise.resolve();
    if (item === 1) throw new Error("the first item failed");
  });
  await expect(work).rejects.toThrow("the first item failed");
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(started.length).toBeLessThan(5);
});
