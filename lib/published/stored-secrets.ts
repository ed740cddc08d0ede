/** Says at synthesis that the published providers store secrets in the state. */
import { TerraformStack, type ISynthesisSession } from "../host";
import type { IConstruct } from "constructs";
import { renderText } from "../../packages/diagnostics";
import { codePage, warning } from "../../packages/domain";
import { processWide } from "../process-wide";
import { showNotice } from "../plugin/synthesis-notice";

const TEXT = renderText(
  warning("secrets-stored-in-state", {
    why: "The published providers manage objects of this app. They store the webhook secrets in the state, where everybody who can read the state can read them.",
    fix: "Keep the state in an encrypted backend, and let only a few people read it.",
  }),
  codePage,
);

const noted = processWide("stored secrets", () => new WeakSet<TerraformStack>());

/** Shows the notice when the stack of an object is synthesized. */
export function noteStoredSecrets(construct: IConstruct): void {
  const stack = TerraformStack.of(construct);
  if (noted.has(stack)) return;
  noted.add(stack);
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      showNotice(stack, { level: "information", text: TEXT });
      synthesizer.synthesize(session);
    },
  };
}
