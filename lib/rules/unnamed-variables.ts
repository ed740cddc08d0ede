/** Rule: `Credential.fromEnvironment` receives the name of a variable, not `process.env.NAME`, which is undefined if the variable is not set. */
import { sourceOf } from "../credential-source";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";
import { secretProps } from "./secrets";

export function* unnamedVariables(declarations: Declarations): Generator<Finding> {
  for (const { construct, name, value } of secretProps(declarations)) {
    const source = sourceOf(value);
    if (source?.kind !== "environment" || isNonEmptyText(source.variable)) continue;
    yield {
      construct,
      why: `${name} is Credential.fromEnvironment(…) without the name of a variable.`,
      fix: 'Pass the name as text, such as Credential.fromEnvironment("PLATFORM_TOKEN"). process.env.PLATFORM_TOKEN is the value, not the name.',
    };
  }
}

/** An untyped program can pass any value as the name. */
export function isNonEmptyText(name: unknown): name is string {
  return typeof name === "string" && name !== "";
}
