/** `bitlift plan` and `bitlift apply` with the real engine: summary, layers, saved plans, one part alone, removals, errors. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { CommandProject, integration } from "./command-project";

jest.setTimeout(180_000);

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
});
afterEach(() => project.stop());

const lines = (text: string) => text.trimEnd().split("\n");

it("plans with exit code 2, applies without asking, and then plans nothing with exit code 0", async () => {
  await project.write({
    spaces: { payments: { name: "Payments" } },
    integrations: { payments: integration("Bitbucket for Payments", ["infrastructure", "networking"], "payments") },
  });
  const planned = await project.bitlift("plan");
  expect([planned.code, planned.stderr]).toEqual([2, ""]);
  expect(lines(planned.stdout)).toEqual([
    "main: 4 to create",
    "  bitlift_bitbucket_cloud_integration: 1 to create",
    expect.stringMatching(/^ {4}\+ bitlift_bitbucket_cloud_integration\.payments_\w+ \(Bitbucket for Payments\)$/),
    "  bitlift_bitbucket_cloud_webhook: 2 to create",
    expect.stringMatching(/^ {4}\+ .* \(acme-workspace\/infrastructure\)$/),
    expect.stringMatching(/^ {4}\+ .* \(acme-workspace\/networking\)$/),
    "  bitlift_space: 1 to create",
    expect.stringMatching(/^ {4}\+ bitlift_space\.space-payments_\w+ \(Payments\)$/),
    "Plan: 4 to create in 1 part.",
  ]);
  const applied = await project.bitlift("apply", "--auto-approve");
  expect([applied.code, lines(applied.stdout).at(-1)]).toEqual([0, "main: applied: 4 created"]);
  expect(await project.bitlift("plan")).toEqual({ code: 0, stdout: "main: no changes\nPlan: no changes in 1 part.\n", stderr: "" });
  const again = await project.bitlift("apply", "--auto-approve");
  expect([again.code, again.stderr]).toEqual([0, "Nothing to apply.\n"]);
});

it("in a pipeline, nothing is said about copying files: the command runs the engine itself", async () => {
  await project.write({ spaces: { payments: { name: "Payments" } } });
  expect(await project.withVariables({ CI: "true" }).bitlift("plan")).toMatchObject({ code: 2, stderr: "" });
});

const SPLIT = {
  parts: "integration",
  spaces: { payments: { name: "Payments" }, tools: { name: "Tools" } },
  integrations: {
    payments: integration("Bitbucket for Payments", ["infrastructure"], "payments"),
    everyone: integration("Bitbucket for All", ["networking"]),
  },
};

describe("several parts", () => {
  beforeEach(() => project.write(SPLIT));

  it("a part whose Space does not exist yet waits, and is applied in a later layer of the same command with --approve-later", async () => {
    const planned = await project.bitlift("plan", "--plan-dir", "plans");
    expect(planned.code).toBe(2);
    expect(planned.stdout).toContain('payments: waits for spaces: Space "Payments" of part spaces\n');
    expect(planned.stdout).toContain("Plan: 4 to create in 3 parts; 1 part waits.\n");
    expect((await stat(join(project.folder, "plans/spaces.tfplan"))).mode & 0o777).toBe(0o600);

    const applied = await project.bitlift("apply", "--plan-dir", "plans", "--approve-later");
    expect([applied.code, applied.stderr]).toEqual([0, ""]);
    expect(lines(applied.stdout).filter((line) => line.includes(": applied"))).toEqual([
      "spaces: applied: 2 created",
      "everyone: applied: 2 created",
      "payments: applied: 2 created",
    ]);
    expect((await project.bitlift("plan")).code).toBe(0);
  });

  it("reviewed plans alone apply what was reviewed, and exit code 2 says that a part remains", async () => {
    await project.bitlift("plan", "--plan-dir", "plans");
    const applied = await project.bitlift("apply", "--plan-dir", "plans");
    expect(applied.code).toBe(2);
    expect(applied.stderr).toContain("Not applied yet: payments.");
    const { stdout } = await project.bitlift("plan");
    expect(stdout).toMatch(/^spaces: no changes\npayments: 2 to create\n/);
  });

  it("a Space is deleted after the part that leaves it", async () => {
    const ops = (space: string) => ({ ...SPLIT.integrations, ops: integration("Ops", ["billing"], space) });
    await project.write({ ...SPLIT, integrations: ops("tools") });
    expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
    await project.write({ ...SPLIT, spaces: { payments: { name: "Payments" } }, integrations: ops("payments") });
    const applied = await project.bitlift("apply", "--auto-approve", "--parallel", "4");
    expect([applied.code, applied.stderr]).toEqual([0, ""]);
    expect(lines(applied.stdout).filter((line) => line.includes(": applied"))).toEqual([
      expect.stringMatching(/^ops: applied: /),
      "spaces: applied: 1 deleted",
    ]);
  });

  it("one part planned alone sends requests about its own objects only", async () => {
    expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
    await project.remote.clearRequests(["spacelift", "bitbucket-cloud"]);
    const { code, stdout } = await project.bitlift("plan", "--part", "everyone");
    expect([code, stdout]).toEqual([0, "everyone: no changes\nPlan: no changes in 1 part.\n"]);
    const requests = await project.remote.requests("bitbucket-cloud");
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter(({ path = "" }) => path.includes("/infrastructure"))).toEqual([]);
  });

  it("--json prints one object per line: the parts, the engine's own lines, the counts, and the exit code at the end", async () => {
    const { code, stdout } = await project.bitlift("plan", "--json");
    const messages = lines(stdout).map((line) => JSON.parse(line) as { type: string });
    expect(code).toBe(2);
    expect(messages[0]).toMatchObject({
      type: "start",
      format: 1,
      parts: [{ name: "spaces" }, { name: "payments" }, { name: "everyone" }],
    });
    expect(messages.filter(({ type }) => type === "part")).toEqual([
      expect.objectContaining({ part: "spaces", status: "changes", counts: expect.objectContaining({ create: 2 }) }),
      { type: "part", part: "payments", status: "waits", waitsFor: ['Space "Payments" of part spaces'] },
      expect.objectContaining({ part: "everyone", status: "changes" }),
    ]);
    expect(messages.some(({ type }) => type === "engine")).toBe(true);
    expect(messages.slice(-2)).toEqual([expect.objectContaining({ type: "summary", waiting: ["payments"] }), { type: "end", exitCode: 2 }]);
  });

  it("a part planned without the part of its Spaces waits for it, and others of the command are applied", async () => {
    const selected = ["--part", "payments", "everyone"];
    const { code, stdout, stderr } = await project.bitlift("plan", ...selected);
    expect([code, stderr]).toEqual([2, ""]);
    expect(stdout).toMatch(/^payments: waits for spaces: Space "Payments" of part spaces\neveryone: 2 to create\n/);
    expect(stdout).toContain("Plan: 2 to create in 2 parts; 1 part waits.\n");
    const applied = await project.bitlift("apply", "--auto-approve", ...selected);
    expect([applied.code, applied.stdout]).toEqual([2, expect.stringContaining("everyone: applied: 2 created\n")]);
    expect(applied.stderr).toBe("Not applied yet: payments. Apply spaces first, or leave --part out.\n");
  });

  it("a part that cannot be planned does not stop the others, and the exit code is 1", async () => {
    // Managed elsewhere, so that no part creates it.
    const spaces = { ...SPLIT.spaces, legacy: { existing: { name: "Nowhere" } } };
    await project.write({ ...SPLIT, spaces, integrations: { ...SPLIT.integrations, old: integration("Old", ["billing"], "legacy") } });
    const selected = ["--part", "old", "everyone"];
    const { code, stdout, stderr } = await project.bitlift("plan", ...selected);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^everyone: 2 to create\n/)]);
    expect(stdout).toMatch(/^old: failed\nPlan: 2 to create in 2 parts; 1 part failed\.\n/m);
    expect(stderr).toMatch(/^bitlift\.yaml:1:\d+: error: Space "legacy": .*\n {2}with data\.bitlift_space\.space-legacy, part old\n/);
    expect(stderr).toContain("(space-not-found)");
    const applied = await project.bitlift("apply", "--auto-approve", ...selected);
    expect([applied.code, applied.stdout.includes("applied")]).toEqual([1, false]);
    expect(applied.stderr).toContain(
      "\nNothing was applied, because old could not be planned. To apply the others, add --part everyone.\n",
    );
  });
});

it("says where a message belongs in the file, and what to do there", async () => {
  await project.write({
    spaces: { platform: { name: "Platform" } },
    integrations: { payments: integration("Bitbucket for Payments", ["infrastructure", "nope"], "platform") },
  });
  const { code, stderr } = await project.withVariables({ PAYMENTS_BITBUCKET_API_TOKEN: "" }).bitlift("plan");
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^bitlift\.yaml:1:\d+: warning: Space "platform": A Space with this name already exists\n {2}with bitlift_space\./m,
  );
  expect(stderr).toContain(
    'In bitlift.yaml: to use the Space that exists, replace the settings of Space "platform" with existing: { name: "Platform" }.',
  );
  expect(stderr).toMatch(
    /^bitlift\.yaml:1:\d+: warning: repository "acme-workspace\/nope" of integration "payments": The repository does/m,
  );
  expect(stderr).toContain("In bitlift.yaml: integrations.payments.cloud.token names the variable.");
  const { stdout } = await project.bitlift("plan", "--json");
  const messages = lines(stdout).map((line) => JSON.parse(line) as { readonly place?: object; readonly advice?: string });
  expect(messages.filter(({ advice }) => advice?.startsWith("In bitlift.yaml: "))).toMatchObject([
    { type: "engine", place: { file: "bitlift.yaml", line: 1 } },
    { type: "engine", place: { file: "bitlift.yaml", line: 1 } },
  ]);
  const { stdout: review } = await project.bitlift("review");
  expect(review).toContain("replace the settings of Space");
});

it("warns about a set that matches no repository, in the plan and in the review", async () => {
  const payments = { ...integration("Bitbucket for Payments", []), repositories: [{ every: "acme-workspace", match: ["zzz-*"] }] };
  await project.write({ integrations: { payments } });
  const { code, stderr } = await project.bitlift("plan");
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^bitlift\.yaml:1:\d+: warning: set "acme-workspace" of integration "payments": A set matches no repository\n/),
  ]);
  expect((await project.bitlift("review")).stdout).toContain("A set matches no repository: ");
});

it("says what a file without a login lacks, and how to try it", async () => {
  await project.write({ spaces: { payments: { name: "Payments" } } });
  const { code, stderr } = await project.withVariables({ SPACELIFT_API_KEY_SECRET: "" }).bitlift("plan");
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/In bitlift\.yaml: the file has no login to Spacelift: .* npx bitlift sandbox /),
  ]);
});

it("refuses to delete more of a type than the file allows, until --accept-removals gives exactly the number", async () => {
  const spaces = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`s${index}`, { name: `Space ${index}` }]));
  await project.write({ spaces });
  expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
  await project.write({ spaces: { s0: { name: "Space 0" } } });
  const planned = await project.bitlift("plan");
  expect([planned.code, planned.stderr]).toEqual([2, expect.stringContaining("delete 5 of 6 bitlift_space")]);
  for (const accepted of [[], ["--accept-removals", "4"]]) {
    const refused = await project.bitlift("apply", "--auto-approve", ...accepted);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("--accept-removals 5")]);
    expect(refused.stderr).toContain("(removals-over-limit)");
  }
  const applied = await project.bitlift("apply", "--auto-approve", "--accept-removals", "5");
  expect([applied.code, applied.stdout]).toEqual([0, expect.stringContaining("5 to delete")]);
});

it("one of 50 parts with 5,000 repositories, planned alone, is synthesized and asked about alone", async () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const team = (number: number) => {
    const repositories = numbers(100).map((index) => `team-${number}-repository-${index}`);
    return [`team-${number}`, integration(`Team ${number}`, repositories)] as const;
  };
  await project.write({ parts: "integration", integrations: Object.fromEntries(numbers(50).map(team)) });
  const { code, stdout } = await project.bitlift("plan", "--part", "team-7");
  expect([code, lines(stdout).at(-1)]).toEqual([2, "Plan: 101 to create in 1 part."]);
  expect(await readdir(join(project.folder, "cdktf.out/stacks"))).toEqual(["team-7"]);

  const requests = (await project.remote.requests("bitbucket-cloud")).filter(({ path = "" }) => !path.startsWith("/_sandbox"));
  expect(requests.length).toBeGreaterThan(0);
  expect(requests.filter(({ path = "" }) => !path.includes("/team-7-repository-"))).toEqual([]);
  const sent = JSON.stringify((await project.remote.requests("spacelift")).map(({ body }) => body));
  expect(sent).not.toMatch(/team-(?!7\b)\d/i);
});

it("a key that changed without previously is hinted at, once for each entry", async () => {
  const file = (key: string) => ({
    spaces: { [key]: { name: "Payments" } },
    integrations: { [`${key}-code`]: integration("Code", ["infrastructure", "networking"], key) },
  });
  await project.write(file("payments"));
  expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
  await project.write(file("pay"));
  const { code, stdout } = await project.bitlift("plan");
  expect(code).toBe(2);
  expect(lines(stdout).filter((line) => line.includes("previously"))).toEqual([
    '  Space "payments" is deleted and "pay" is created. If that is a new key for the same object, add previously: [payments] to "pay".',
    '  Integration "payments-code" is deleted and "pay-code" is created. If that is a new key for the same object, add previously: [payments-code] to "pay-code".',
  ]);
  const messages = lines((await project.bitlift("plan", "--json")).stdout).map((line) => JSON.parse(line) as { type: string });
  expect(messages.find(({ type }) => type === "part")).toMatchObject({
    newKeys: [
      { entry: "Space", former: "payments", key: "pay" },
      { entry: "Integration", former: "payments-code", key: "pay-code" },
    ],
  });
});

it("an absolute TF_DATA_DIR has a folder for each part", async () => {
  await project.write(SPLIT);
  const data = join(project.folder, "data");
  const planned = await project.withVariables({ TF_DATA_DIR: data }).bitlift("plan");
  expect([planned.code, planned.stderr]).toEqual([2, ""]);
  expect((await readdir(data)).sort()).toEqual(["everyone", "spaces"]);
  expect((await project.withVariables({ TF_DATA_DIR: data }).bitlift("apply", "--auto-approve")).code).toBe(0);
  expect((await readdir(data)).sort()).toEqual(["everyone", "payments", "spaces"]);
});

it.each<[string, readonly string[], number, string]>([
  ["a part that does not exist", ["plan", "--part", "nope"], 64, "part-unknown"],
  ["an apply without a terminal", ["apply"], 64, "confirmation-missing"],
  ["a folder without plans", ["apply", "--plan-dir", "nowhere"], 1, "plans-unusable"],
])("%s: says so before anything is planned", async (_case, args, code, expectedCode) => {
  await project.write({ spaces: { payments: { name: "Payments" } } });
  const ended = await project.bitlift(...args);
  expect([ended.code, ended.stdout]).toEqual([code, ""]);
  expect(ended.stderr).toContain(`(${expectedCode})`);
});

it("a file with an error is reported with its place, and the app is not started", async () => {
  await project.write({ wrong: true });
  const { code, stdout, stderr } = await project.bitlift("plan");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/bitlift\.yaml:1:\d+: error: unknown key "wrong"/);
  await expect(readFile(join(project.folder, "cdktf.out/manifest.json"))).rejects.toThrow("ENOENT");
});
