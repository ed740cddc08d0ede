/** What to do about a message of the provider: in the words of the file if there is one, and then the provider's own as a detail. */
import type { PlanMessage } from "../plan/plan-model";
import type { RuleContext } from "./context";

export function messageTodo(
  { code, address, fix }: Pick<PlanMessage, "code" | "address" | "fix">,
  { adviceAbout }: Pick<RuleContext, "adviceAbout">,
): { readonly todo: string | undefined; readonly details: readonly string[] } {
  const advice = adviceAbout(code, address);
  return advice === undefined ? { todo: fix, details: [] } : { todo: advice, details: fix === undefined ? [] : [fix] };
}
