/** Paths of a user in which a command cannot write: what is in the way is named, whatever command it is. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../../diagnostics";
import { Interruption } from "../deployment/child";
import { review as reviewPlans } from "../../review";
import { PlanFolder } from "../deployment/plan-folder";
import { exportPart } from "../export/part-export";
import { readProject } from "../project/project";
import { synthesize } from "../project/synthesis";
import { checkOptions } from "../review/review-options";
import { writeOutputs } from "../review/outputs";

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "output-")));
  process.chdir(folder);
  writeFileSync("file", "");
  mkdirSync("folder");
});
afterEach(() => {
  process.chdir(before);
  delete process.env["CDKTF_OUTDIR"];
  rmSync(folder, { recursive: true });
});

async function refusal(run: () => unknown): Promise<{ readonly code: string; readonly why: string; readonly fix: string }> {
  try {
    await run();
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown.diagnostic;
    throw thrown;
  }
  throw new Error("It was not refused.");
}

const exported = (target: string) => {
  writeFileSync("cdk.tf.json", "{}");
  return exportPart({ name: "main", folder, file: join(folder, "cdk.tf.json"), dependencies: [] }, target, false);
};
const synthesized = (output: string) => {
  writeFileSync("cdktf.json", JSON.stringify({ app: "true", output }));
  const interruption = new Interruption();
  return synthesize(readProject(folder), {}, interruption).finally(() => interruption.stop());
};
const reviewed = (file: string) => checkOptions([], { format: [{ format: "json", file }] });

it.each<[string, (path: string) => unknown, string]>([
  ["bitlift plan --plan-dir", (path) => PlanFolder.create(path), "--plan-dir"],
  ["bitlift export", exported, "The folder of the part main"],
  ["output in cdktf.json", synthesized, "output in cdktf.json"],
])("%s: a file instead of the folder, or of a folder around it", async (_what, run, setting) => {
  expect(await refusal(() => run("file"))).toMatchObject({
    code: "output-not-written",
    why: `${setting} is file, which is not a folder.`,
    fix: "Name another folder, which need not exist, or move file away.",
  });
  expect(await refusal(() => run("file/inner"))).toMatchObject({ why: `${setting} is file/inner, but file is not a folder.` });
});

it("CDKTF_OUTDIR is named if it gives the folder", async () => {
  process.env["CDKTF_OUTDIR"] = "file";
  expect((await refusal(() => synthesized("cdktf.out"))).why).toBe("CDKTF_OUTDIR is file, which is not a folder.");
});

it("bitlift review refuses the file of --output before it plans", async () => {
  expect((await refusal(() => reviewed("folder"))).why).toBe("--output is folder, which is a folder.");
  expect((await refusal(() => reviewed("file/review.json"))).why).toBe("The folder of --output is file, which is not a folder.");
  expect(() => reviewed("folder/new/review.json")).not.toThrow();
});

it("a folder that appears while the command runs is reported, too", async () => {
  const options = { format: [{ format: "json", file: "folder" }] } as const;
  const review = reviewPlans({ plans: [], waiting: [], failed: [], configuration: undefined, account: undefined });
  expect(await refusal(() => writeOutputs(review, { options, prefix: "" }))).toMatchObject({
    code: "output-not-written",
    why: expect.stringContaining("EISDIR"),
  });
});

it("a folder where an export writes a file is reported", async () => {
  mkdirSync("folder/cdk.tf.json");
  expect(await refusal(() => exported("folder"))).toMatchObject({
    code: "output-not-written",
    why: expect.stringContaining("cdk.tf.json"),
  });
});
