/** Chooses the engine: Terraform or OpenTofu, set by a variable or found on PATH, and recent enough. */
import { execFile } from "node:child_process";
import { access, constants, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { Problem } from "../diagnostics";
import { problem } from "./catalog";

/** The product that an executable is, whatever the name of its file. */
export type EngineName = "Terraform" | "OpenTofu";

/** An installed engine of a supported version. */
export interface Engine {
  /** Absolute path of the executable. */
  readonly path: string;
  readonly name: EngineName;
  /** Like `1.11.4`. */
  readonly version: string;
  /** Whether it supports write-only arguments and ephemeral variables: Terraform or OpenTofu 1.11 or later. */
  readonly writeOnly: boolean;
  /** Whether an `import` block accepts an identity: Terraform or OpenTofu 1.12 or later. */
  readonly resourceIdentity: boolean;
  /** Whether a `moved` block may name two resource types, also of two providers: Terraform 1.8 or later, OpenTofu 1.10 or later. */
  readonly movesBetweenTypes: boolean;
  /** Whether a `removed` block may keep the remote object: Terraform 1.7 or later, OpenTofu 1.10 or later. */
  readonly forgets: boolean;
  /** Whether it tells providers that a plan is part of an apply, in which it plans every change again: Terraform 1.9 or later. */
  readonly announcesApply: boolean;
}

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

const MINIMUM_VERSIONS: Readonly<Record<EngineName, string>> = { Terraform: "1.5.7", OpenTofu: "1.6.0" };
const SUPPORTED = `Terraform ${MINIMUM_VERSIONS.Terraform} or later, or OpenTofu ${MINIMUM_VERSIONS.OpenTofu} or later`;
const VARIABLES = ["BITLIFT_ENGINE", "TERRAFORM_BINARY_NAME"] as const;
const NAMES_ON_PATH = ["terraform", "tofu"] as const;
const VERSION_TIMEOUT_MILLISECONDS = 30_000;

/**
 * The engine in `BITLIFT_ENGINE`, otherwise the one in `TERRAFORM_BINARY_NAME`, otherwise `terraform` or `tofu` on PATH, in this order.
 * An engine set by a variable is the only candidate. On PATH, `tofu` is chosen if `terraform` is too old or does not print its version.
 * Throws a Problem: `engine-missing` or `engine-too-old`.
 */
export async function chooseEngine(env: Environment = process.env): Promise<Engine> {
  const variable = VARIABLES.find((name) => env[name] !== undefined && env[name] !== "");
  return variable === undefined ? chooseOnPath(env) : chooseFromVariable(variable, env[variable] ?? "", env);
}

async function chooseOnPath(env: Environment): Promise<Engine> {
  let firstProblem: Problem | undefined;
  for (const name of NAMES_ON_PATH) {
    const path = await findExecutable(name, env);
    if (path === undefined) continue;
    try {
      return await inspectEngine(path, env);
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown;
      firstProblem ??= thrown;
    }
  }
  if (firstProblem !== undefined) throw firstProblem;
  throw problem("engine-missing", {
    why: "Neither terraform nor tofu is on PATH.",
    fix: `Install ${SUPPORTED}, or set BITLIFT_ENGINE to the path of an installed engine.`,
  });
}

async function chooseFromVariable(variable: string, name: string, env: Environment): Promise<Engine> {
  const path = await findExecutable(name, env);
  if (path !== undefined) return inspectEngine(path, env);
  const reason = name.includes("/") ? "no executable file has that path" : "PATH contains no executable file with that name";
  throw problem("engine-missing", {
    why: `${variable} is "${name}", but ${reason}.`,
    fix: `Unset ${variable} to use the engine on PATH, or set it to the path of ${SUPPORTED}.`,
  });
}

async function findExecutable(name: string, env: Environment): Promise<string | undefined> {
  const candidates = name.includes("/")
    ? [resolve(name)]
    : (env["PATH"] ?? "")
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, name));
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function inspectEngine(path: string, env: Environment): Promise<Engine> {
  const { name, version } = await readVersion(path, env);
  if (!isAtLeast(version, MINIMUM_VERSIONS[name])) {
    throw problem("engine-too-old", {
      why: `${path} is ${name} ${version}, but Bitlift requires ${SUPPORTED}.`,
      fix: "Install a newer engine, or set BITLIFT_ENGINE to the path of a newer one.",
    });
  }
  return {
    path,
    name,
    version,
    writeOnly: isAtLeast(version, "1.11.0"),
    resourceIdentity: isAtLeast(version, "1.12.0"),
    movesBetweenTypes: isAtLeast(version, name === "Terraform" ? "1.8.0" : "1.10.0"),
    forgets: isAtLeast(version, name === "Terraform" ? "1.7.0" : "1.10.0"),
    announcesApply: name === "Terraform" && isAtLeast(version, "1.9.0"),
  };
}

/** Runs `version` twice: both engines print the version under the same JSON key, but only the plain text contains the engine's name. */
async function readVersion(path: string, env: Environment): Promise<{ name: EngineName; version: string }> {
  const folder = await mkdtemp(join(tmpdir(), "bitlift-engine-"));
  try {
    // If the file in TF_CLI_CONFIG_FILE does not exist, OpenTofu prints a warning to standard output.
    const configuration = join(folder, "empty.tfrc");
    await writeFile(configuration, "");
    const clean = { ...env, TF_CLI_CONFIG_FILE: configuration, CHECKPOINT_DISABLE: "1", TF_CLI_ARGS: "", TF_CLI_ARGS_version: "" };
    const [json, plain] = await Promise.all([run(path, ["version", "-json"], folder, clean), run(path, ["version"], folder, clean)]);
    const version = parseVersion(json);
    const name = /^(Terraform|OpenTofu) v/m.exec(plain)?.[1] as EngineName | undefined;
    if (version !== undefined && name !== undefined) return { name, version };
    throw new Error(`its output is "${firstLine(plain)}"`);
  } catch (thrown) {
    throw problem(
      "engine-missing",
      {
        why: `${path} did not print its version: ${thrown instanceof Error ? firstLine(thrown.message) : "it failed"}.`,
        fix: `Install ${SUPPORTED}, or set BITLIFT_ENGINE to the path of an installed engine.`,
      },
      { cause: thrown },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(path: string, args: readonly string[], cwd: string, env: Environment): Promise<string> {
  return new Promise((done, fail) => {
    execFile(path, args, { cwd, env, timeout: VERSION_TIMEOUT_MILLISECONDS }, (failure, stdout) => {
      if (failure) fail(new Error(failure.message, { cause: failure }));
      else done(stdout);
    });
  });
}

function parseVersion(json: string): string | undefined {
  const parsed: unknown = JSON.parse(json.slice(Math.max(json.indexOf("{"), 0)));
  const version = typeof parsed === "object" && parsed !== null && "terraform_version" in parsed ? parsed.terraform_version : undefined;
  return typeof version === "string" && /^\d+\.\d+\.\d+/.test(version) ? version : undefined;
}

/** Compares major, minor and patch numbers; a pre-release counts as its release. */
function isAtLeast(version: string, minimum: string): boolean {
  const [actual, required] = [version, minimum].map((text) => text.split(/[.-]/).slice(0, 3).map(Number)) as [number[], number[]];
  for (let index = 0; index < 3; index++) {
    const difference = (actual[index] ?? 0) - (required[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
