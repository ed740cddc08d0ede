/** Cause and fix of the codes about the engine and Node.js, for the diagnostics page. */
import type { CommonCode, Explanations } from "../diagnostics";
import type { EngineCode } from "./catalog";

export const ENGINE_EXPLANATIONS: Explanations<Exclude<EngineCode, CommonCode>> = {
  "node-too-old": {
    cause: "A command of Bitlift started with a Node.js release that is older than 20.9.",
    fix: "Install the current LTS release of Node.js, open a new terminal, and check with `node --version` which release is first on `PATH`. The machine where the engine runs needs it too.",
  },
  "engine-missing": {
    cause:
      "Neither `terraform` nor `tofu` is on `PATH`, a variable (`BITLIFT_ENGINE`, `TERRAFORM_BINARY_NAME`) names a file that is not executable, or the executable does not print a version.",
    fix: "Install Terraform 1.5.7 or later, or OpenTofu 1.6.0 or later, or set `BITLIFT_ENGINE` to the path of one that is installed.",
  },
  "engine-too-old": {
    cause: "The engine that was found is older than Terraform 1.5.7 or OpenTofu 1.6.0.",
    fix: "Install a newer engine, or set `BITLIFT_ENGINE` to the path of a newer one.",
  },
};
