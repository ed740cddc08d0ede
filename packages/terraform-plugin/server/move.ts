/** MoveResourceState: always an error, because no resource can convert the state of another type. */
import type { Diagnostic } from "../../diagnostics";
import { error } from "../catalog";

export interface MoveRequest {
  readonly sourceProvider: string;
  readonly sourceType: string;
  readonly targetType: string;
}

export function moveNotSupported({ sourceProvider, sourceType, targetType }: MoveRequest): Diagnostic {
  return error("move-not-supported", {
    why: `\`${sourceType}\` of ${sourceProvider} cannot become \`${targetType}\`: this provider cannot convert the state of another type.`,
    fix: `Remove the \`moved\` block, remove the old object from the state with a \`removed\` block, and import it as \`${targetType}\`.`,
  });
}
