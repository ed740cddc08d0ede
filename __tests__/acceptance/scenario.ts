/** A scenario: one test with its own harness, which is a sandbox, an engine, and a folder with the built plugin. */
import { Harness, type HarnessOptions, type SandboxOptions } from "../../tools/harness";
import { TOKEN, TOKEN_VARIABLE } from "./configuration";
import { undeclaredCodes } from "./diagnostics";

export interface ScenarioOptions extends SandboxOptions {
  readonly pluginStart?: HarnessOptions["pluginStart"];
  /** Whether the programs that stand in for the published providers are installed. */
  readonly standIns?: boolean;
}

/**
 * By default, engines use a plugin that is already running, because starting one takes most of a command's time. In scenarios about the
 * process itself, the engine starts the plugin, as it does for users. With BITLIFT_PLUGIN_START=engine, it does so in every scenario.
 */
const DEFAULT_START = process.env["BITLIFT_PLUGIN_START"] === "engine" ? "by engine" : "waiting";

export function scenario(name: string, run: (harness: Harness) => Promise<void>, options: ScenarioOptions = {}): void {
  const { pluginStart = DEFAULT_START, standIns = false, ...sandbox } = options;
  it(
    name,
    async () => {
      const variables = { [TOKEN_VARIABLE]: TOKEN };
      const harness = await Harness.start({ sandbox, variables, pluginStart, standIns, check: requireDeclaredCodes });
      try {
        await run(harness);
      } finally {
        await harness.stop();
      }
    },
    240_000,
  );
}

/** The reference page of each resource lists the codes that the resource declares, so it must declare every code that it raises. */
function requireDeclaredCodes({ diagnostics }: Parameters<NonNullable<HarnessOptions["check"]>>[0]): void {
  const undeclared = undeclaredCodes(diagnostics);
  if (undeclared.length > 0) throw new Error(`The declarations do not list these codes: ${undeclared.join(", ")}.`);
}

/** Waits until the condition is true. @throws with the description after a minute */
export async function waitUntil(description: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 1_200; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`This did not become true within a minute: ${description}.`);
}
