/** A plugin process that waits for engines, so that an engine does not have to start one. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { PLUGIN_EXECUTABLE } from "./plugin-installation";

/**
 * An engine starts the plugin three times for a plan and five times for a destroy, which takes nine tenths of a command's processor time.
 * A waiting plugin serves many commands; each command configures it again.
 */
export class WaitingPlugin {
  readonly #process: ChildProcess;
  /** The environment variables that make an engine use this process. */
  readonly variables: Readonly<Record<string, string>>;

  private constructor(process: ChildProcess, setting: string) {
    this.#process = process;
    this.variables = { TF_REATTACH_PROVIDERS: setting };
  }

  static async start(cwd: string, env: Readonly<Record<string, string>>): Promise<WaitingPlugin> {
    const child = spawn(process.execPath, [PLUGIN_EXECUTABLE, "--debug"], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const setting = await new Promise<string>((resolve, reject) => {
      let output = "";
      const onText = (text: string) => {
        output += text;
        const [, printed] = /^TF_REATTACH_PROVIDERS='(.*)'$/m.exec(output) ?? [];
        if (printed !== undefined) resolve(printed);
      };
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", onText);
      child.once("error", reject);
      child.once("exit", () => reject(new Error(`The plugin ended before an engine could use it:\n${output}`)));
    });
    return new WaitingPlugin(child, setting);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, "exit");
    this.#process.kill("SIGINT");
    await exited;
  }
}
