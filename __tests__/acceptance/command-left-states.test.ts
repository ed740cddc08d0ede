/** Parts that leave the file while their states still hold objects: what `bitlift plan` says works when it is followed literally. */
import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { CommandProject, integration } from "./command-project";

jest.setTimeout(180_000);

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
});
afterEach(() => project.stop());

const A = integration("A", ["infrastructure"]);
const B = integration("B", ["networking"]);
const NOTHING = { code: 0, stderr: "" };

async function apply(file: object): Promise<void> {
  await project.write(file);
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0 });
}

/** Runs the lines of the warnings that are commands. */
async function follow(warnings: string): Promise<void> {
  const commands = warnings.split("\n").filter((line) => /^ {2}(mv|for) /.test(line));
  expect(commands.length).toBeGreaterThan(0);
  const path = `${dirname(project.engine.path)}:${process.env["PATH"] ?? ""}`;
  await promisify(execFile)("sh", ["-ec", commands.join("\n")], { cwd: project.folder, env: { ...project.environment, PATH: path } });
}

it("a deleted integration with a part of its own is named, and an empty list of the part deletes it", async () => {
  await apply({ parts: "integration", integrations: { a: A, b: B } });
  await project.write({ parts: "integration", integrations: { b: B } });
  const { code, stdout, stderr } = await project.bitlift("plan");
  expect([code, stdout]).toEqual([0, "b: no changes\nPlan: no changes in 1 part.\n"]);
  expect(stderr).toBe(
    [
      "Warning: The file no longer has the part a, but its state terraform.a.tfstate still holds 1 bitlift_bitbucket_cloud_integration (A) and 1 bitlift_bitbucket_cloud_webhook (acme-workspace/infrastructure). No plan changes or deletes them.",
      "  To delete them, keep the part with an empty list until that is applied:",
      "  parts: [{ name: b, integrations: [b] }, { name: a, integrations: [] }]",
      "  To keep them without Bitlift, move the file of the state out of this folder.",
      "",
    ].join("\n"),
  );
  const [left] = (await project.bitlift("plan", "--json")).stdout.split("\n").filter((line) => line.startsWith('{"type":"left"'));
  expect(JSON.parse(left ?? "")).toMatchObject({ part: "a", objects: [{ label: "A" }, { label: "acme-workspace/infrastructure" }] });
  // Only the whole project is searched: with --part, the app may leave parts out.
  expect(await project.bitlift("plan", "--part", "b")).toMatchObject(NOTHING);

  const emptied = [
    { name: "b", integrations: ["b"] },
    { name: "a", integrations: [] },
  ];
  await project.write({ parts: emptied, integrations: { b: B } });
  const applied = await project.bitlift("apply", "--auto-approve");
  expect([applied.code, applied.stderr]).toEqual([0, ""]);
  expect(applied.stdout).toContain("a: 2 to delete\n");
  await project.write({ parts: "integration", integrations: { b: B } });
  expect(await project.bitlift("plan")).toMatchObject(NOTHING);
});

it("the server of Bitbucket Data Center is known to a part that became empty", async () => {
  const { BITBUCKET_DATACENTER_URL: url = "" } = project.environment;
  const servers = { main: { url, token: { env: "BITBUCKET_DATACENTER_TOKEN" } } };
  const datacenter = { server: "main", username: "spacelift-reader", token: { env: "SPACELIFT_BITBUCKET_DATACENTER_TOKEN" } };
  const ledger = { datacenter, name: "Ledger", repositories: ["PLAT/infrastructure"] };
  const b = { name: "b", integrations: ["b"] };
  await apply({ servers, parts: [b, { name: "ledger", integrations: ["ledger"] }], integrations: { b: B, ledger } });
  await project.write({ servers, parts: [b, { name: "ledger", integrations: [] }], integrations: { b: B } });
  const applied = await project.bitlift("apply", "--auto-approve");
  expect([applied.code, applied.stderr]).toEqual([0, ""]);
  expect(applied.stdout).toContain("ledger: 2 to delete\n");
});

it.each<[string, object, object]>([
  ["a part has a new name", { parts: [{ name: "x", integrations: ["a"] }] }, { parts: [{ name: "y", integrations: ["a"] }] }],
  ["the file is no longer split", { parts: "integration" }, {}],
  ["the file is split", {}, { parts: "integration" }],
])("%s: the printed commands move the state, after which nothing changes", async (_case, before, after) => {
  const integrations = { a: A, ...(JSON.stringify(before).includes('"x"') ? {} : { b: B }) };
  const file = { integrations, spaces: { payments: { name: "Payments" } } };
  await apply({ ...file, ...before });
  await project.write({ ...file, ...after });
  const planned = await project.bitlift("plan");
  expect([planned.code, planned.stderr]).toEqual([2, expect.stringContaining("Warning: The file no longer has the part ")]);
  await follow(planned.stderr);
  const { code, stderr } = await project.bitlift("plan");
  expect([code, stderr]).toEqual([0, ""]);
});
