/** Runs a sandbox in a process of its own, so that its work is not that of the benchmark. The argument is the number of repositories. */
import { startSandbox } from "../../packages/sandbox";
import type { SandboxAddress } from "../harness";
import { seedWith } from "./repositories";

async function run(): Promise<void> {
  // The channel closes when the benchmark ends, in whichever way.
  process.once("disconnect", () => process.exit());
  const { environment, spacelift, bitbucketCloud, bitbucketDatacenter } = await startSandbox({ seed: seedWith(Number(process.argv[2])) });
  const origins = { spacelift, bitbucketCloud, bitbucketDatacenter };
  const address: SandboxAddress = { environment, ...origins };
  process.send?.(address);
}

void run();
