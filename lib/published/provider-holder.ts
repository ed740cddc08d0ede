/** The construct of a stack that holds the blocks of the published providers. */
import { resolve } from "node:path";
import type { ISynthesisSession, TerraformStack } from "../host";
import { Construct } from "constructs";
import { writeOrigins } from "../construct-origins";
import { processWide } from "../process-wide";
import type { PublishedSystem } from "./published-logins";

const holders = processWide("published providers", () => new WeakMap<TerraformStack, Construct>());

/** The holder, created by the first call. */
export function holderIn(stack: TerraformStack): Construct {
  const existing = holders.get(stack);
  if (existing !== undefined) return existing;
  // Keys of the file start with a letter, and constructs of an app hardly have such a name.
  const holder = new Construct(stack, "_bitlift-published-providers");
  holders.set(stack, holder);
  writeOriginsAtSynthesis(stack);
  return holder;
}

/** A stack without the plugin of this package has nothing else that does this. */
function writeOriginsAtSynthesis(stack: TerraformStack): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      synthesizer.synthesize(session);
      writeOrigins(stack, resolve(session.outdir, session.manifest.forStack(stack).workingDirectory));
    },
  };
}

/** By stack, which published providers its constructs with published backing use. */
const uses = processWide("published uses", () => new WeakMap<TerraformStack, Set<PublishedSystem>>());

export function recordPublishedUse(stack: TerraformStack, system: PublishedSystem): void {
  const systems = uses.get(stack) ?? new Set();
  uses.set(stack, systems.add(system));
}

/** @param system By default, any. */
export function usesPublished(stack: TerraformStack, system?: PublishedSystem): boolean {
  return system === undefined ? uses.has(stack) : uses.get(stack)?.has(system) === true;
}
