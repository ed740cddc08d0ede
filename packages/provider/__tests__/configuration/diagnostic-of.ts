/** The diagnostic of the Problem that a call throws. */
import { Problem, type Diagnostic } from "../../../diagnostics";

export function diagnosticOf(call: () => unknown): Diagnostic {
  try {
    call();
  } catch (failure) {
    if (failure instanceof Problem) return failure.diagnostic;
    throw failure;
  }
  throw new Error("nothing was thrown");
}
