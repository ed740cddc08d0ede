/**
 * The README shows what `bitlift review` prints about a change of its file, and a picture of the page. `UPDATE_PICTURES=1` takes the picture anew,
 * which needs Chromium.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CommandProject } from "./command-project";

jest.setTimeout(120_000);

const ROOT = resolve(__dirname, "../..");
const PICTURE = join(ROOT, "docs/images/review.png");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const MOST_BYTES = 200_000;

let project: CommandProject;
/** The file of the README, in which the integration has another name. */
let renamed: string;

beforeAll(async () => {
  project = await CommandProject.create();
  const [, file = ""] = /<!-- region: examples\/file\/cloud\.yaml#whole -->\n+```yaml\n([\s\S]*?\n)```/.exec(README) ?? [];
  await write(file);
  expect((await project.bitlift("apply", "--auto-approve")).code).toBe(0);
  await attachStacks(project);
  renamed = file.replace("name: Bitbucket for Payments", "name: Bitbucket for Billing");
});

afterAll(() => project.stop());

const write = (file: string) => writeFile(join(project.folder, "bitlift.yaml"), file);

/** To the integration, in its Space. */
async function attachStacks({ remote }: CommandProject): Promise<void> {
  const { spaces } = await remote.graphql<{ readonly spaces: readonly { readonly id: string; readonly name: string }[] }>(
    "{ spaces { id name } }",
  );
  const space = spaces.find(({ name }) => name === "Payments")?.id;
  const stacks = { "Payments production": "infrastructure", "Billing production": "billing" };
  for (const [name, repository] of Object.entries(stacks)) {
    const source = {
      provider: "BITBUCKET_CLOUD",
      namespace: "acme-workspace",
      repository,
      branch: "main",
      vcsIntegrationId: "bitbucket-for-payments",
    };
    const input = { name, space, ...source, administrative: false, autodeploy: false, labels: [] };
    await remote.graphql("mutation($input:StackInput!){stackCreate(input:$input,manageState:true){id}}", { input });
  }
}

it("shows what the review prints", async () => {
  await write(renamed.replace(/\n.*acme-workspace\/infrastructure\n/, "\n"));
  const { code, stdout } = await project.bitlift("review");
  expect(code).toBe(2);
  expect(README).toContain(`\`\`\`text\n${stdout.trimEnd()}\n\`\`\``);
});

it("has a small picture of the page, at an address that also works outside the repository", async () => {
  await write(renamed);
  const page = join(project.folder, "review.html");
  expect((await project.bitlift("review", "--format", "html", "--output", page)).code).toBe(2);
  expect(await readFile(page, "utf8")).toContain("Bitbucket for Billing");
  if (process.env["UPDATE_PICTURES"] === "1") takePicture(page);
  expect(readFileSync(PICTURE).subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(statSync(PICTURE).size).toBeLessThan(MOST_BYTES);
  expect(README).toMatch(/!\[[^\]]{30,}\]\(https:\/\/github\.com\/bitlift\/bitlift\/raw\/v[\d.]+\/docs\/images\/review\.png\)/);
});

/** Of the first part of the page, in the light scheme. */
function takePicture(page: string): void {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const file = join(project.folder, "review.png");
  const options = ["--headless=new", "--disable-gpu", "--hide-scrollbars", "--window-size=960,1425", `--screenshot=${file}`, ...sandbox];
  const { status, stderr, error } = spawnSync(process.env["CHROMIUM"] ?? "chromium", [...options, `file://${page}`], { encoding: "utf8" });
  if (status !== 0) throw error ?? new Error(stderr);
  mkdirSync(join(ROOT, "docs/images"), { recursive: true });
  copyFileSync(file, PICTURE);
}
