/** Rule: flags that other rules depend on are known at synthesis. */
import type { IConstruct } from "constructs";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* unresolvedFlags({ integrations, spaces }: Declarations): Generator<Finding> {
  // An untyped program can pass any value.
  const flags: readonly { readonly construct: IConstruct; readonly prop: string; readonly value: unknown }[] = [
    ...integrations.map((construct) => ({ construct, prop: "isDefault", value: construct.props.isDefault })),
    ...spaces.map((construct) => ({ construct, prop: "inheritEntities", value: construct.props.inheritEntities })),
  ];
  for (const { construct, prop, value } of flags) {
    if (value === undefined || typeof value === "boolean") continue;
    const why = `${prop} is known only after apply, but the rules between integrations and Spaces are checked at synthesis.`;
    yield { construct, why, fix: `Set ${prop} to true or false.` };
  }
}
