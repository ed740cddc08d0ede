/** Says at synthesis that the published providers store secrets in the state. */
import type { ISynthesisSession, TerraformStack } from "../host";
import { renderText } from "../../packages/diagnostics";
import { codePage, warning } from "../../packages/domain";
import { writeOrigins } from "../construct-origins";
import { showNotice } from "../plugin/synthesis-notice";
import { resolve } from "node:path";

const TEXT = renderText(
  warning("secrets-stored-in-state", {
    why: "Objects of this app have published backing. Their providers store the webhook secrets in the state, and everybody who can read the state can read them.",
    fix: "Keep the state in an encrypted backend with few readers.",
  }),
  codePage,
);

/** Shows the notice when the stack is synthesized. Called once for a stack. */
export function noteStoredSecrets(stack: TerraformStack): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      showNotice(stack, { level: "information", text: TEXT });
      synthesizer.synthesize(session);
      // A stack without the plugin of this package has nobody else who does this.
      writeOrigins(stack, resolve(session.outdir, session.manifest.forStack(stack).workingDirectory));
    },
  };
}
