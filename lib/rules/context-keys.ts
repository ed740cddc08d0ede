/** Rule: a context key that looks like one of Bitlift is one. A misspelled one would be ignored, and the app would have another backing. */
import { contextKeyFaults } from "../../packages/domain";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

/** Each key is reported once, for the first construct that sees it. */
export function misspelledContextKeys({ readers }: Declarations): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const construct of readers) {
    // The framework says that the result has any type. It is an object.
    const context = construct.node.getAllContext() as object;
    for (const { key, why, fix } of contextKeyFaults(context)) if (!findings.has(key)) findings.set(key, { construct, why, fix });
  }
  return [...findings.values()];
}
