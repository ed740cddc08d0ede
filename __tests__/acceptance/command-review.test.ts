/** `bitlift review` in the pipeline of a pull request: formats, exit codes, and what arrives in Bitbucket. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { integration } from "./command-project";
import { ReviewedProject, SPACES } from "./reviewed-project";

let project: ReviewedProject;

/** Each command synthesizes, and starts an engine. */
jest.setTimeout(120_000);

afterEach(() => project.stop());

it("plans, reviews, gates, and reviews exactly what apply --plan-dir applies", async () => {
  project = await ReviewedProject.create();
  const { command } = project;
  const file = { spaces: SPACES, integrations: { payments: integration("Payments", ["infrastructure"], "platform") } };
  await command.write(file);
  expect(await project.review([])).toMatchObject({ code: 2, stdout: expect.stringContaining("Plan: 3 created.") as string });
  expect((await command.bitlift("apply", "--auto-approve")).code).toBe(0);
  expect(await project.review([])).toMatchObject({ code: 0 });

  await command.write({ ...file, integrations: {} });
  expect((await command.bitlift("plan", "--plan-dir", "plans")).code).toBe(2);
  const blocked = await project.review(["--plan-dir", "plans", "--fail-on", "integration-deleted"]);
  expect(blocked.code).toBe(3);
  expect(blocked.stdout).toContain("integration-deleted");
  const accepted = await project.review([
    "--plan-dir",
    "plans",
    "--fail-on",
    "integration-deleted",
    "--accept",
    "integration-deleted:payments",
    "--note",
    "moved to GitHub",
  ]);
  expect(accepted.code).toBe(2);
  expect(accepted.stdout).toContain("moved to GitHub");

  const outputs = ["json", "html", "sarif", "markdown", "spacelift"].flatMap((format) => ["--format", format, "--output", `out/${format}`]);
  const silent = await project.review(["--plan-dir", "plans", ...outputs]);
  expect(silent.stdout).toBe("");
  expect(silent.stderr).toContain("deleted");
  const written = (format: string) => readFile(join(command.folder, "out", format), "utf8");
  expect(JSON.parse(await written("json"))).toMatchObject({ format: 1, blocked: false });
  expect(JSON.parse(await written("sarif"))).toMatchObject({ version: "2.1.0" });
  expect(JSON.parse(await written("spacelift"))).toMatchObject({ format: 1, findings: expect.any(Array) as unknown[] });
  expect(await written("html")).toMatch(/^<!doctype html>/i);

  const shown = await command.bitlift("review", "plans/main.tfplan");
  expect(shown).toMatchObject({ code: 2, stdout: expect.stringContaining("integration-deleted") as string });
  expect((await command.bitlift("apply", "--plan-dir", "plans")).code).toBe(0);
});

describe.each(["bitbucket-cloud", "bitbucket-datacenter"] as const)("on %s", (product) => {
  it("the same review twice leaves one comment, one status and one report", async () => {
    project = await ReviewedProject.create(product);
    await project.deployAndRename();
    for (let time = 1; time <= 2; time += 1) {
      expect(await project.post()).toMatchObject({ code: 2, stderr: expect.not.stringContaining("Warning") as string });
      expect(await project.comments()).toEqual([expect.objectContaining({ text: expect.stringContaining("Payments renamed") as string })]);
      expect(await project.statuses()).toHaveLength(1);
      const reports = await project.reports();
      expect(reports).toHaveLength(1);
      expect(reports[0]?.annotations).toHaveLength(1);
    }
  });

  it("a failure of posting is said, and changes no exit code", async () => {
    project = await ReviewedProject.create(product);
    await project.deployAndRename();
    const end = await project.post(["--fail-on", "integration-renamed"], { BITLIFT_REVIEW_TOKEN: "canary-of-a-wrong-token" });
    expect(end.code).toBe(3);
    expect(end.stderr).toContain("Warning: the review was not posted.");
    expect(`${end.stdout}${end.stderr}`).not.toContain("canary");
  });
});

it("inside Pipelines the report needs no token, and what needs one is said", async () => {
  project = await ReviewedProject.create();
  await project.deployAndRename();
  const none = { BITLIFT_REVIEW_TOKEN: undefined, BITBUCKET_ACCESS_TOKEN: undefined, BITBUCKET_EMAIL: undefined };
  // The plan needs the provider's credential, so the plan comes from a file here.
  expect((await project.command.bitlift("plan", "--plan-dir", "plans")).code).toBe(2);
  const end = await project.post(["--plan-dir", "plans"], none);
  expect(end.code).toBe(2);
  expect(end.stderr).toContain("the comment of the review was not posted");
  expect(end.stderr).toContain("the build status of the review was not posted");
  expect(end.stderr).not.toContain("the report of the review");
  expect(await project.reports()).toHaveLength(1);
});
