/** Log lines in the format that engines recognize as structured. */
import { levelFrom, formatLine, pluginLog } from "../../wire/log";

it.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ TF_LOG: "" }, undefined],
  [{ TF_LOG: "off" }, undefined],
  [{ TF_LOG: "INFO" }, "info"],
  [{ TF_LOG: "json" }, "trace"],
  [{ TF_LOG: "error", TF_LOG_PROVIDER: "Debug" }, "debug"],
  [{ TF_LOG: "trace", TF_LOG_PROVIDER: "off" }, undefined],
  [{ TF_LOG: "warn", TF_LOG_PROVIDER: "" }, "warn"],
  [{ TF_LOG: "everything" }, "trace"],
  [{ TF_LOG_CORE: "trace" }, undefined],
])("%j sets the level %s", (environment, level) => {
  expect(levelFrom(environment)).toBe(level);
});

it("every value is a string, the time has six fractional digits, and fields cannot replace reserved keys", () => {
  const fields = { count: 3, flag: false, nothing: null, missing: undefined, "@level": "x" };
  const line = formatLine("echo", "info", "hello\nworld", fields, new Date("2026-01-02T15:04:05.678Z"));
  expect(JSON.parse(line)).toEqual({
    "@level": "info",
    "@message": "hello\nworld",
    "@timestamp": "2026-01-02T15:04:05.678000Z",
    "@module": "echo",
    count: "3",
    flag: "false",
  });
  expect(line).not.toContain("\n");
});

it("long strings are shortened, so that the engine can read the line", () => {
  expect(formatLine("echo", "info", "x".repeat(100_000), { y: "y".repeat(100_000) }, new Date()).length).toBeLessThan(64 * 1024);
});

it("only lines at the level or above are written", () => {
  const lines: string[] = [];
  const log = pluginLog("echo", "warn", (line) => lines.push(line));
  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");
  expect(lines.map((line) => (JSON.parse(line) as Record<string, string>)["@message"])).toEqual(["c", "d"]);
  expect((["debug", "info", "warn"] as const).filter((level) => log.includes(level))).toEqual(["warn"]);
  pluginLog("echo", undefined, (line) => lines.push(line)).error("e");
  expect(lines).toHaveLength(2);
});
