/** MoveResourceState: there is no other type yet whose state can be taken over. */
import { error } from "../catalog";
import type { Diagnostic } from "../../diagnostics";

export interface MoveRequest {
  readonly sourceProvider: string;
  readonly sourceType: string;
  readonly targetType: string;
}

export function refuseMove(request: MoveRequest): Diagnostic {
  return error("move-not-supported", {
    why: `\`${request.sourceType}\` of ${request.sourceProvider} cannot become \`${request.targetType}\`: this provider does not know the other state's form.`,
    fix: `Remove the \`moved\` block, take the old object out of the state with a \`removed\` block, and import it as \`${request.targetType}\`.`,
  });
}
