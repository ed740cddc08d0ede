/** Cause and fix of the codes that the runtime raises, for the diagnostics page of a provider. */
import type { CommonCode, Explanations } from "../diagnostics";
import type { RuntimeCode } from "./catalog";

export const RUNTIME_EXPLANATIONS: Explanations<Exclude<RuntimeCode, CommonCode>> = {
  "value-not-recognized": {
    cause:
      "The value is not in the list of documented values. It may be new, or misspelled. The remote system decides during apply, so this is a warning.",
    fix: "Check the spelling against the list in the message. If the value is new and the apply accepts it, no action is required.",
  },
  "number-not-exact": {
    cause: "The number has more digits than the provider can represent, so it would be rounded.",
    fix: "Use a number with at most 15 digits.",
  },
  "write-only-not-supported": {
    cause: "A write-only argument is set, but the engine is older than 1.11: it would store the value in the plan and in the state.",
    fix: "Use the argument that ends in `_env` and names an environment variable, which works with every engine, or use version 1.11 or later of Terraform or OpenTofu.",
  },
  "argument-deprecated": {
    cause: "The argument still works, but a later release removes it.",
    fix: "Use what the notice in the message names instead.",
  },
  "provider-not-configured": {
    cause: "The engine sent a request although the configuration of the provider has errors, or sent none.",
    fix: "Correct the other errors about the provider block first. If there are none, report the message with the name and version of the engine.",
  },
  "import-id-invalid": {
    cause: "The ID of an import does not have the form that the resource type needs.",
    fix: 'Use the form in the message. The section "Import" of the resource\'s page has an example.',
  },
  "move-not-supported": {
    cause:
      "A `moved` block names two different resource types, and the new type cannot take over objects of the old one. The page of each resource lists the types that it can take over, each from one provider; a fork of that provider counts as another provider.",
    fix: "Remove the `moved` block. Then take the old object out of the state with a `removed` block (`destroy = false`), and import it at the new address.",
  },
  "state-not-readable": {
    cause:
      "The state was written by a newer version of the provider, or was changed by hand, so that it does not match the schema. In a move from another provider, the state of the old type is not complete, or is newer than what the new type can convert.",
    fix: "Use the version of the provider that wrote the state. If there is no such version, remove the object from the state with `state rm`, and import it again.",
  },
};
