/** Which engine runs: Terraform or OpenTofu, found by name or on PATH, and new enough. */
import { execFile } from "node:child_process";
import { access, constants, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { problem } from "./catalog";
import { Problem } from "../diagnostics";

/** The two families of engines. */
export type EngineName = "Terraform" | "OpenTofu";

/** An engine that is installed and new enough. */
export interface Engine {
  /** Absolute path of the executable. */
  readonly path: string;
  readonly name: EngineName;
  /** Like `1.11.4`. */
  readonly version: string;
  /** Whether it knows write-only arguments and ephemeral variables: 1.11 of either family. */
  readonly writeOnly: boolean;
}

/** Variables of the caller's environment that choosing an engine reads. */
export type Environment = Readonly<Record<string, string | undefined>>;

const MINIMUM: Readonly<Record<EngineName, string>> = { Terraform: "1.5.7", OpenTofu: "1.6.0" };
const NEEDED = `Terraform ${MINIMUM.Terraform} or newer, or OpenTofu ${MINIMUM.OpenTofu} or newer`;
const VARIABLES = ["BITLIFT_ENGINE", "TERRAFORM_BINARY_NAME"] as const;
const ON_PATH = ["terraform", "tofu"] as const;

/**
 * The engine that `BITLIFT_ENGINE` names, else the one that `TERRAFORM_BINARY_NAME` names, else `terraform`, else `tofu` on PATH.
 * A named engine is the only candidate; without a name, an engine on PATH that is too old gives way to one that is not.
 * Throws a Problem, `engine-missing` or `engine-too-old`.
 */
export async function chooseEngine(env: Environment = process.env): Promise<Engine> {
  const variable = VARIABLES.find((name) => env[name] !== undefined && env[name] !== "");
  if (variable !== undefined) return named(variable, env[variable] ?? "", env);
  let refused: Error | undefined;
  for (const name of ON_PATH) {
    const path = await find(name, env);
    if (path === undefined) continue;
    try {
      return await judge(path, env);
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown;
      refused ??= thrown;
    }
  }
  if (refused !== undefined) throw refused;
  throw problem("engine-missing", {
    why: "Neither terraform nor tofu is on PATH.",
    fix: `Install ${NEEDED}, or set BITLIFT_ENGINE to the path of one.`,
  });
}

async function named(variable: string, name: string, env: Environment): Promise<Engine> {
  const path = await find(name, env);
  if (path !== undefined) return judge(path, env);
  throw problem("engine-missing", {
    why: `${variable} names "${name}", which is no executable file${name.includes("/") ? "" : " on PATH"}.`,
    fix: `Set ${variable} to ${NEEDED}, or unset it to use the engine on PATH.`,
  });
}

async function find(name: string, env: Environment): Promise<string | undefined> {
  const candidates = name.includes("/")
    ? [resolve(name)]
    : (env["PATH"] ?? "")
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, name));
  for (const candidate of candidates) if (await executable(candidate)) return candidate;
  return undefined;
}

async function executable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function judge(path: string, env: Environment): Promise<Engine> {
  const { name, version } = await ask(path, env);
  if (!atLeast(version, MINIMUM[name])) {
    throw problem("engine-too-old", {
      why: `${path} is ${name} ${version}; Bitlift needs ${NEEDED}.`,
      fix: "Install a newer engine, or set BITLIFT_ENGINE to the path of one.",
    });
  }
  return { path, name, version, writeOnly: atLeast(version, "1.11.0") };
}

/** The JSON form holds the version on both families under the same key; only the plain form says which family it is. */
async function ask(path: string, env: Environment): Promise<{ name: EngineName; version: string }> {
  const folder = await mkdtemp(join(tmpdir(), "bitlift-engine-"));
  try {
    // OpenTofu prints a warning to standard output when the file that TF_CLI_CONFIG_FILE names does not exist.
    const configuration = join(folder, "empty.tfrc");
    await writeFile(configuration, "");
    const child = { ...env, TF_CLI_CONFIG_FILE: configuration, CHECKPOINT_DISABLE: "1", TF_CLI_ARGS: "", TF_CLI_ARGS_version: "" };
    const [json, plain] = await Promise.all([output(path, ["version", "-json"], folder, child), output(path, ["version"], folder, child)]);
    const version = versionIn(json);
    const name = /^(Terraform|OpenTofu) v/m.exec(plain)?.[1] as EngineName | undefined;
    if (version !== undefined && name !== undefined) return { name, version };
    throw new Error(`it answered "${firstLine(plain)}"`);
  } catch (thrown) {
    throw problem(
      "engine-missing",
      {
        why: `${path} did not say which version it is: ${thrown instanceof Error ? firstLine(thrown.message) : "it failed"}.`,
        fix: `Install ${NEEDED}, or set BITLIFT_ENGINE to the path of one.`,
      },
      { cause: thrown },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function output(path: string, args: readonly string[], cwd: string, env: Environment): Promise<string> {
  return new Promise((done, fail) => {
    execFile(path, args, { cwd, env, timeout: 30_000 }, (failure, stdout) => {
      if (failure) fail(new Error(failure.message, { cause: failure }));
      else done(stdout);
    });
  });
}

function versionIn(json: string): string | undefined {
  const parsed: unknown = JSON.parse(json.slice(Math.max(json.indexOf("{"), 0)));
  const version = typeof parsed === "object" && parsed !== null && "terraform_version" in parsed ? parsed.terraform_version : undefined;
  return typeof version === "string" && /^\d+\.\d+\.\d+/.test(version) ? version : undefined;
}

/** Compares the three numbers; a pre-release counts as its release. */
function atLeast(version: string, minimum: string): boolean {
  const [a, b] = [version, minimum].map((text) => text.split(/[.-]/).slice(0, 3).map(Number)) as [number[], number[]];
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
