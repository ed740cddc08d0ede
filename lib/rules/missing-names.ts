/** Rule: integrations and Spaces have a name. */
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* missingNames({ integrations, spaces }: Declarations): Generator<Finding> {
  for (const construct of [...integrations, ...spaces]) {
    // An untyped program may omit the name.
    const name: unknown = construct.props.name;
    if (typeof name !== "string" || name.trim() === "") yield { construct, why: "name is empty.", fix: "Set a name." };
  }
}
