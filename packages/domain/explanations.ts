/** Cause and fix of every code of the product. The compiler names a code without an explanation. */
import type { CommonCode, Explanations } from "../diagnostics";
import type { DiagnosticCode } from "./catalog";
import { CONFIGURATION_EXPLANATIONS } from "./configuration-explanations";
import { CONSTRUCT_EXPLANATIONS } from "./construct-explanations";
import { INTEGRATION_EXPLANATIONS } from "./integration-explanations";
import { WEBHOOK_EXPLANATIONS } from "./webhook-explanations";

export const EXPLANATIONS: Explanations<Exclude<DiagnosticCode, CommonCode>> = {
  ...CONFIGURATION_EXPLANATIONS,
  ...INTEGRATION_EXPLANATIONS,
  ...WEBHOOK_EXPLANATIONS,
  ...CONSTRUCT_EXPLANATIONS,
};
