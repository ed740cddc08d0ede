/** Secrets that a configuration passes in variables: older engines cannot, so the move would stop in the middle. */
import { basename } from "node:path";
import type { Engine } from "../../engine";
import { problem } from "../catalog";
import type { SynthesizedPart } from "./moves";

interface Declared {
  readonly [name: string]: unknown;
}

/** Ephemeral variables and write-only arguments, as addresses. */
export function secretArguments({ resource = {}, variable = {} }: SynthesizedPart): readonly string[] {
  const variables = Object.entries(variable).filter(([, declared]) => (declared as Declared)["ephemeral"] === true);
  const resources = Object.entries(resource).flatMap(([type, objects]) =>
    Object.entries(objects).flatMap(([name, object]) =>
      Object.keys(object as Declared)
        .filter((argument) => argument.endsWith("_wo"))
        .map((argument) => `${type}.${name}.${argument}`),
    ),
  );
  return [...variables.map(([name]) => `var.${name}`), ...resources];
}

/** @throws Problem `move-impossible` if the engine cannot read what the other backing needs */
export function requireSecretArguments(part: string, configuration: SynthesizedPart, engine: Engine): void {
  const [first] = secretArguments(configuration);
  if (engine.writeOnly || first === undefined) return;
  throw problem("move-impossible", {
    why: `Nothing was written: with the other backing, the part ${part} passes a secret in ${first}, which ${engine.name} ${engine.version} (${basename(engine.path)}) cannot do.`,
    fix: "Move with Terraform or OpenTofu 1.11 or later: install it, or set BITLIFT_ENGINE to its path. The runner needs it, too.",
  });
}
