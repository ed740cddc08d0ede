/** Choosing an engine, with shims on a private PATH. */
import { join } from "node:path";
import { Problem } from "../../diagnostics";
import { chooseEngine, cleanEnvironment, type Environment } from "../index";
import { privatePath, removePaths, type Shim } from "./shim";

const terraform = (version: string): Shim => ({ family: "Terraform", version });
const tofu = (version: string): Shim => ({ family: "OpenTofu", version, warns: true });

afterEach(removePaths);

async function refusal(env: Environment): Promise<Problem> {
  try {
    await chooseEngine(env);
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw thrown;
  }
  throw new Error("an engine was chosen");
}

describe("without a name, the engine on PATH is chosen", () => {
  it.each([
    ["terraform when both are there", { terraform: terraform("1.11.4"), tofu: tofu("1.12.6") }, "terraform", "Terraform", "1.11.4", true],
    ["tofu alone", { tofu: tofu("1.12.6") }, "tofu", "OpenTofu", "1.12.6", true],
    ["tofu when terraform is too old", { terraform: terraform("1.5.6"), tofu: tofu("1.6.0") }, "tofu", "OpenTofu", "1.6.0", false],
    ["the oldest Terraform", { terraform: terraform("1.5.7") }, "terraform", "Terraform", "1.5.7", false],
    ["a pre-release of an engine with write-only arguments", { tofu: tofu("1.11.0-rc1") }, "tofu", "OpenTofu", "1.11.0-rc1", true],
    ["OpenTofu under the name terraform", { terraform: tofu("1.7.0") }, "terraform", "OpenTofu", "1.7.0", false],
    ["a two-digit minor is not read as a small one", { terraform: terraform("1.10.0") }, "terraform", "Terraform", "1.10.0", false],
  ] as const)("%s", async (_case, shims, file, name, version, writeOnly) => {
    const path = privatePath(shims);
    await expect(chooseEngine({ PATH: path })).resolves.toEqual({ path: join(path, file), name, version, writeOnly });
  });
});

describe("a named engine is the only candidate", () => {
  it("BITLIFT_ENGINE goes before TERRAFORM_BINARY_NAME and PATH", async () => {
    const path = privatePath({ terraform: terraform("1.11.4"), mine: tofu("1.8.1") });
    const engine = await chooseEngine({ PATH: path, BITLIFT_ENGINE: "mine", TERRAFORM_BINARY_NAME: "terraform" });
    expect(engine).toMatchObject({ path: join(path, "mine"), name: "OpenTofu" });
  });

  it("TERRAFORM_BINARY_NAME goes before PATH, and an empty variable counts as unset", async () => {
    const path = privatePath({ terraform: terraform("1.11.4"), tofu: tofu("1.8.1") });
    const engine = await chooseEngine({ PATH: path, BITLIFT_ENGINE: "", TERRAFORM_BINARY_NAME: join(path, "tofu") });
    expect(engine.name).toBe("OpenTofu");
  });

  it("a name that is nowhere is refused although another engine is on PATH", async () => {
    const thrown = await refusal({ PATH: privatePath({ terraform: terraform("1.11.4") }), BITLIFT_ENGINE: "tofu" });
    expect(thrown.diagnostic).toMatchObject({
      code: "engine-missing",
      why: 'BITLIFT_ENGINE names "tofu", which is no executable file on PATH.',
    });
  });
});

describe("what cannot be used is refused with what to do", () => {
  it("no engine at all", async () => {
    const thrown = await refusal({ PATH: privatePath({}) });
    expect(thrown.diagnostic.code).toBe("engine-missing");
    expect(thrown.diagnostic.why).toBe("Neither terraform nor tofu is on PATH.");
    expect(thrown.diagnostic.fix).toContain("Terraform 1.5.7 or newer, or OpenTofu 1.6.0 or newer");
  });

  it.each([
    ["Terraform", { terraform: terraform("1.5.6") }, "is Terraform 1.5.6;"],
    ["OpenTofu, by its own minimum and not by Terraform's", { tofu: tofu("1.5.9") }, "is OpenTofu 1.5.9;"],
  ] as const)("too old: %s", async (_case, shims, words) => {
    const thrown = await refusal({ PATH: privatePath(shims) });
    expect(thrown.diagnostic.code).toBe("engine-too-old");
    expect(thrown.diagnostic.why).toContain(words);
    expect(thrown.diagnostic.fix).toContain("BITLIFT_ENGINE");
  });

  it.each([
    ["a program that fails", "#!/bin/sh\nexit 3\n"],
    ["a program that answers something else", "#!/bin/sh\necho hello\n"],
    ["a program that answers JSON without a version", "#!/bin/sh\necho '{}'\n"],
  ])("%s", async (_case, text) => {
    const thrown = await refusal({ PATH: privatePath({ terraform: text }) });
    expect(thrown.diagnostic.code).toBe("engine-missing");
    expect(thrown.diagnostic.why).toContain("did not say which version it is");
  });
});

it("a child's environment holds the engine and nothing of the caller's credentials or engine settings", async () => {
  const folder = privatePath({});
  process.env["SPACELIFT_API_TOKEN"] = "not for children";
  process.env["TF_VAR_secret"] = "not for children";
  try {
    const engine = { path: "/opt/tofu", name: "OpenTofu", version: "1.12.6", writeOnly: true } as const;
    const env = await cleanEnvironment(engine, folder, { BITBUCKET_API_URL: "http://127.0.0.1:1/2.0", TERM: undefined });
    expect(Object.values(env)).not.toContain("not for children");
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
