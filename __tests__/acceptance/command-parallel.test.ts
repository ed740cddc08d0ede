/** Several parts at the same time: what runs beside what, the order of the output, failures, and Bitbucket's rate limit. */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandProject, integration } from "./command-project";

jest.setTimeout(180_000);

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
});
afterEach(() => project.stop());

interface Line {
  readonly type: string;
  readonly part?: string;
  readonly phase?: string;
}

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

/** The most parts that were between the begin of a phase and their end at the same time. */
function mostAtOnce(lines: readonly Line[], phase: string, end: string): number {
  const running = new Set<string>();
  let most = 0;
  for (const { type, part = "", phase: begun } of lines) {
    if (type === "phase" && begun === phase) running.add(part);
    // The engine reports the end of its work before the command prints the result of the part in its turn.
    if (type === end) running.delete(part);
    most = Math.max(most, running.size);
  }
  return most;
}

const KEYS = ["one", "two", "three", "four"];
const REPOSITORIES = ["infrastructure", "networking", "billing", "handbook"];
const integrations = Object.fromEntries(KEYS.map((key, index) => [key, integration(key, [REPOSITORIES[index] ?? ""])]));

it.each([
  ["1", 1],
  ["4", 4],
])("--parallel %s plans %i at once, with the results in the order of the file", async (parallel, expected) => {
  await project.write({ parts: "integration", integrations });
  // The first part is the last to end.
  await project.remote.control("bitbucket-cloud", "faults", { operation: "*", kind: "delay", milliseconds: 2_000, times: 3 });
  const { code, stdout } = await project.bitlift("plan", "--json", "--parallel", parallel);
  expect(code).toBe(2);
  const lines = linesOf(stdout);
  expect(mostAtOnce(lines, "init", "part")).toBe(expected);
  expect(lines.filter(({ type }) => type === "part").map(({ part }) => part)).toEqual(KEYS);
});

/** Before `init`, waits a second with a folder in place, and writes a line if another `init` has put it there. */
const watchfulEngine = (path: string) => `#!/bin/sh
if [ "$1" = init ]; then
  mkdir "$WATCH/init" 2>/dev/null || echo overlap >> "$WATCH/overlaps"
  sleep 1
  "${path}" "$@"
  code=$?
  rmdir "$WATCH/init" 2>/dev/null
  exit $code
fi
exec "${path}" "$@"
`;

it.each([
  ["at the same time", {}, true],
  ["one after the other with a plugin cache", { TF_PLUGIN_CACHE_DIR: "." }, false],
])("folders are initialized %s", async (_case, variables, expected) => {
  await project.write({ parts: "integration", integrations });
  const engine = join(project.folder, "engine");
  await writeFile(engine, watchfulEngine(project.engine.path), { mode: 0o755 });
  const watched = project.withVariables({ ...variables, BITLIFT_ENGINE: engine, WATCH: project.folder });
  const { code, stderr } = await watched.bitlift("plan", "--parallel", "4");
  expect([code, stderr]).toEqual([2, ""]);
  expect(existsSync(join(project.folder, "overlaps"))).toBe(expected);
});

it("a part that fails does not stop the others, and its messages stand together in their turn", async () => {
  const broken = { ...integrations, two: integration("two", ["infrastructure"], "legacy") };
  await project.write({ parts: "integration", spaces: { legacy: { existing: { name: "Nowhere" } } }, integrations: broken });
  const { code, stdout, stderr } = await project.bitlift("plan", "--parallel", "4");
  expect(code).toBe(1);
  expect(stdout.split("\n").filter((line) => /^\w+: /.test(line))).toEqual([
    "one: 2 to create",
    "two: failed",
    "three: 2 to create",
    "four: 2 to create",
    "Plan: 6 to create in 4 parts; 1 part failed.",
  ]);
  expect(stderr).toMatch(/^bitlift\.yaml:1:\d+: error: Space "legacy": .*\n {2}with data\.bitlift_space\.space-legacy, part two\n/);
  const applied = await project.bitlift("apply", "--auto-approve", "--parallel", "4");
  expect([applied.code, applied.stdout.includes("applied")]).toEqual([1, false]);
});

it("an apply of four parts at once applies the others of a part that fails, and the next apply does the rest", async () => {
  await project.write({ parts: "integration", integrations });
  const planned = await project.bitlift("plan", "--plan-dir", "plans", "--parallel", "4");
  expect(planned.code).toBe(2);
  await project.remote.control("spacelift", "faults", { operation: "bitbucketCloudIntegrationCreateV2", kind: "status", status: 400 });
  const applied = await project.bitlift("apply", "--plan-dir", "plans", "--parallel", "4");
  expect(applied.code).toBe(1);
  const names = applied.stdout.split("\n").filter((line) => line.includes(": applied"));
  expect(names).toEqual(KEYS.map((key) => `${key}: applied: 2 created`).filter((line) => names.includes(line)));
  expect(names).toHaveLength(3);
  expect(applied.stderr).toMatch(/^Not applied: (one|two|three|four)\. Correct/m);
  const rest = await project.bitlift("apply", "--auto-approve", "--parallel", "4");
  expect([rest.code, rest.stderr]).toEqual([0, ""]);
  expect((await project.bitlift("plan")).code).toBe(0);
});

it("parts with webhooks in the same repository are applied one after the other", async () => {
  const same = { one: integration("one", ["infrastructure"]), two: integration("two", ["infrastructure"]) };
  await project.write({ parts: "integration", integrations: same });
  const { code, stdout } = await project.bitlift("apply", "--auto-approve", "--json", "--parallel", "4");
  expect(code).toBe(0);
  const lines = linesOf(stdout);
  expect([mostAtOnce(lines, "init", "part"), mostAtOnce(lines, "apply", "applied")]).toEqual([2, 1]);
});

it("parts that share Bitbucket's rate limit wait for it, and do not fail", async () => {
  const repositories = (key: string) => Array.from({ length: 25 }, (_, index) => `${key}-${index}`);
  const many = Object.fromEntries(KEYS.map((key) => [key, integration(key, repositories(key))]));
  await project.write({ parts: "integration", integrations: many });
  const limit = { "rate-limit": "on", "rate-window": 2, "rate-budget": 20, "rate-headers": "retry-after" };
  await project.remote.control("bitbucket-cloud", "switches", limit);
  const patient = project.withVariables({ BITLIFT_RATE_LIMIT_MAX_WAIT: "90s" });
  const { code, stdout, stderr } = await patient.bitlift("plan", "--parallel", "4");
  expect([code, stderr.includes("(remote-rate-limited)")]).toEqual([2, false]);
  expect(stdout).toContain("Plan: 104 to create in 4 parts.\n");
  const statuses = (await project.remote.requests("bitbucket-cloud")).map(({ status }) => status);
  // A rejected request is sent again; no other one is.
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  expect(statuses.filter((status) => status !== 429)).toHaveLength(4 * 25);
});
