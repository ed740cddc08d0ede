/** The lock by key. */
import { withLock } from "../../http/with-lock";

/** Work that ends when the test says so, and writes down when it begins. */
function controlled(begun: string[], name: string) {
  let [end, fail]: [() => void, (thrown: Error) => void] = [() => undefined, () => undefined];
  const ended = new Promise<void>((resolve, reject) => ([end, fail] = [resolve, reject]));
  const work = async () => {
    begun.push(name);
    await ended;
    return name;
  };
  return { work, end: () => end(), fail: () => fail(new Error(name)) };
}

/** Everything that can go on without a timer has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("runs work with the same key in order, even after a failure", async () => {
  const begun: string[] = [];
  const [first, second, third] = [controlled(begun, "first"), controlled(begun, "second"), controlled(begun, "third")];
  const results = Promise.allSettled([first, second, third].map(({ work }) => withLock("a", work)));
  await settled();
  expect(begun).toEqual(["first"]);
  first.fail();
  await settled();
  expect(begun).toEqual(["first", "second"]);
  second.end();
  await settled();
  expect(begun).toEqual(["first", "second", "third"]);
  third.end();
  expect((await results).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});

it("work with another key does not wait", async () => {
  const begun: string[] = [];
  const [first, other] = [controlled(begun, "first"), controlled(begun, "other")];
  const running = withLock("a", first.work);
  const result = withLock("b", other.work);
  other.end();
  await expect(result).resolves.toBe("other");
  expect(begun).toEqual(["first", "other"]);
  first.end();
  await expect(running).resolves.toBe("first");
});
