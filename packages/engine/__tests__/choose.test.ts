/** Choosing an engine, with shims on a private PATH. */
import { join } from "node:path";
import { Problem } from "../../diagnostics";
import { chooseEngine, cleanEnvironment, type Environment } from "../index";
import { privatePath, removePaths, type Shim } from "./shim";

const terraform = (version: string): Shim => ({ name: "Terraform", version });
const tofu = (version: string): Shim => ({ name: "OpenTofu", version, warns: true });

afterEach(removePaths);

async function problemOfChoosing(env: Environment): Promise<Problem> {
  try {
    await chooseEngine(env);
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw thrown;
  }
  throw new Error("an engine was chosen");
}

describe("without a variable, the engine on PATH is chosen", () => {
  it.each([
    ["terraform if both are on PATH", { terraform: terraform("1.11.4"), tofu: tofu("1.12.6") }, "terraform", "Terraform", "1.11.4", true],
    ["tofu if it is the only one", { tofu: tofu("1.12.6") }, "tofu", "OpenTofu", "1.12.6", true],
    ["tofu if terraform is too old", { terraform: terraform("1.5.6"), tofu: tofu("1.6.0") }, "tofu", "OpenTofu", "1.6.0", false],
    ["the oldest Terraform", { terraform: terraform("1.5.7") }, "terraform", "Terraform", "1.5.7", false],
    ["a pre-release of 1.11, which supports write-only arguments", { tofu: tofu("1.11.0-rc1") }, "tofu", "OpenTofu", "1.11.0-rc1", true],
    ["OpenTofu under the name terraform", { terraform: tofu("1.7.0") }, "terraform", "OpenTofu", "1.7.0", false],
    [
      "Terraform that can forget an object, but not move it to another type",
      { terraform: terraform("1.7.5") },
      "terraform",
      "Terraform",
      "1.7.5",
      false,
    ],
    ["a version with a two-digit minor number", { terraform: terraform("1.10.0") }, "terraform", "Terraform", "1.10.0", false],
  ] as const)("%s", async (_case, shims, file, name, version, writeOnly) => {
    const path = privatePath(shims);
    const resourceIdentity = version === "1.12.6";
    const announcesApply = name === "Terraform" && !["1.5.7", "1.7.5"].includes(version);
    const movesBetweenTypes = !["1.5.7", "1.6.0", "1.7.0", "1.7.5"].includes(version);
    const features = { writeOnly, resourceIdentity, movesBetweenTypes, forgets: movesBetweenTypes || version === "1.7.5", announcesApply };
    await expect(chooseEngine({ PATH: path })).resolves.toEqual({ path: join(path, file), name, version, ...features });
  });
});

it.each<[file: "terraform" | "tofu", version: string, forgets: boolean, movesBetweenTypes: boolean, writeOnly: boolean]>([
  ["terraform", "1.5.7", false, false, false],
  ["terraform", "1.6.6", false, false, false],
  ["terraform", "1.7.0", true, false, false],
  ["terraform", "1.8.0", true, true, false],
  ["terraform", "1.10.5", true, true, false],
  ["terraform", "1.11.0", true, true, true],
  ["terraform", "1.15.5", true, true, true],
  ["tofu", "1.6.0", false, false, false],
  // Its removed block has no lifecycle until 1.10.
  ["tofu", "1.7.0", false, false, false],
  ["tofu", "1.9.1", false, false, false],
  ["tofu", "1.10.0", true, true, false],
  ["tofu", "1.11.0", true, true, true],
  ["tofu", "1.12.6", true, true, true],
])("%s %s: forgets an object: %s; moves it to another type: %s; takes secrets in variables: %s", async (file, version, ...features) => {
  const path = privatePath({ [file]: file === "tofu" ? tofu(version) : terraform(version) });
  const engine = await chooseEngine({ PATH: path });
  expect([engine.forgets, engine.movesBetweenTypes, engine.writeOnly]).toEqual(features);
});

describe("an engine set by a variable is the only candidate", () => {
  it("BITLIFT_ENGINE takes precedence over TERRAFORM_BINARY_NAME and PATH", async () => {
    const path = privatePath({ terraform: terraform("1.11.4"), mine: tofu("1.8.1") });
    const engine = await chooseEngine({ PATH: path, BITLIFT_ENGINE: "mine", TERRAFORM_BINARY_NAME: "terraform" });
    expect(engine).toMatchObject({ path: join(path, "mine"), name: "OpenTofu" });
  });

  it("TERRAFORM_BINARY_NAME takes precedence over PATH, and an empty variable counts as unset", async () => {
    const path = privatePath({ terraform: terraform("1.11.4"), tofu: tofu("1.8.1") });
    const engine = await chooseEngine({ PATH: path, BITLIFT_ENGINE: "", TERRAFORM_BINARY_NAME: join(path, "tofu") });
    expect(engine.name).toBe("OpenTofu");
  });

  it("an engine that does not exist is an error, even if another engine is on PATH", async () => {
    const thrown = await problemOfChoosing({ PATH: privatePath({ terraform: terraform("1.11.4") }), BITLIFT_ENGINE: "tofu" });
    expect(thrown.diagnostic).toMatchObject({
      code: "engine-missing",
      why: 'BITLIFT_ENGINE is "tofu", but PATH contains no executable file with that name.',
    });
  });
});

describe("an error states the next action", () => {
  it("if no engine is found", async () => {
    const thrown = await problemOfChoosing({ PATH: privatePath({}) });
    expect(thrown.diagnostic.code).toBe("engine-missing");
    expect(thrown.diagnostic.why).toBe("Neither terraform nor tofu is on PATH.");
    expect(thrown.diagnostic.fix).toContain("Terraform 1.5.7 or later, or OpenTofu 1.6.0 or later");
  });

  it.each([
    ["Terraform", { terraform: terraform("1.5.6") }, "is Terraform 1.5.6,"],
    ["OpenTofu, which has a different minimum than Terraform", { tofu: tofu("1.5.9") }, "is OpenTofu 1.5.9,"],
  ] as const)("if the engine is too old: %s", async (_case, shims, expectedWhy) => {
    const thrown = await problemOfChoosing({ PATH: privatePath(shims) });
    expect(thrown.diagnostic.code).toBe("engine-too-old");
    expect(thrown.diagnostic.why).toContain(expectedWhy);
    expect(thrown.diagnostic.fix).toContain("BITLIFT_ENGINE");
  });

  it.each([
    ["a program that fails", "#!/bin/sh\nexit 3\n"],
    ["a program that prints something else", "#!/bin/sh\necho hello\n"],
    ["a program that prints JSON without a version", "#!/bin/sh\necho '{}'\n"],
  ])("for %s", async (_case, script) => {
    const thrown = await problemOfChoosing({ PATH: privatePath({ terraform: script }) });
    expect(thrown.diagnostic.code).toBe("engine-missing");
    expect(thrown.diagnostic.why).toContain("did not print its version");
  });
});

it("a clean environment contains the engine, and neither credentials nor engine settings of the caller", async () => {
  const folder = privatePath({});
  process.env["SPACELIFT_API_TOKEN"] = "not for child processes";
  process.env["TF_VAR_secret"] = "not for child processes";
  try {
    const features = { writeOnly: true, resourceIdentity: true, movesBetweenTypes: true, forgets: true, announcesApply: false };
    const engine = { path: "/opt/tofu", name: "OpenTofu", version: "1.12.6", ...features } as const;
    const env = await cleanEnvironment(engine, folder, { BITBUCKET_API_URL: "http://127.0.0.1:1/2.0", TERM: undefined });
    expect(Object.values(env)).not.toContain("not for child processes");
    expect(env).toMatchObject({
      TERRAFORM_BINARY_NAME: "/opt/tofu",
      CHECKPOINT_DISABLE: "1",
      HOME: join(folder, "home"),
      BITBUCKET_API_URL: "http://127.0.0.1:1/2.0",
    });
    expect(env).not.toHaveProperty("TERM");
    expect(env["TF_CLI_CONFIG_FILE"]).toBe(join(folder, "empty.tfrc"));
  } finally {
    delete process.env["SPACELIFT_API_TOKEN"];
    delete process.env["TF_VAR_secret"];
  }
});
