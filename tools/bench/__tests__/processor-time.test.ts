/** Processor time of the engine and of its plugins. */
import { divideTime, parseStat, processSeconds } from "../processor-time";

it("the fields of /proc/<pid>/stat are read after the name, which may contain spaces and parentheses", () => {
  const text = "123 (a (b) c) S 1 123 123 0 -1 4194304 99 0 0 0 150 25 300 75 20 0 1 0 2822035 3133440 417\n";
  expect(parseStat(text)).toEqual({ own: 1.75, children: 3.75 });
});

it("a process that does not exist has no time", () => {
  expect(processSeconds(2 ** 30)).toBeUndefined();
});

it.each([
  ["our plugin, which reports its time", { total: 5, sampledEngine: 2.9, reportedPlugins: 2 }, { engine: 3, plugins: 2 }],
  ["a plugin that reports nothing", { total: 5, sampledEngine: 3, reportedPlugins: undefined }, { engine: 3, plugins: 2 }],
  ["a system without /proc", { total: undefined, sampledEngine: undefined, reportedPlugins: 2 }, { engine: undefined, plugins: 2 }],
  ["a system without /proc, and no report", { total: undefined, sampledEngine: undefined, reportedPlugins: undefined }, {}],
  ["a sum that rounding made too small", { total: 1.99, sampledEngine: 2, reportedPlugins: undefined }, { engine: 2, plugins: 0 }],
])("the time of a run is divided for %s", (_case, times, expected) => {
  expect(divideTime(times)).toEqual(expected);
});
