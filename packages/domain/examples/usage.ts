/** Checks the address of a Bitbucket server. Compiled, and embedded in the README. */
import type { Diagnostic } from "../../diagnostics";
import { apiHostFinding, HOST_FINDING_CODES, warning } from "..";

export function checkAddress(add: (diagnostic: Diagnostic) => void): void {
  // region usage
  const finding = apiHostFinding("http://bitbucket.internal:7990");
  // Adds the warning host-not-encrypted.
  if (finding?.severity === "warning") add(warning(HOST_FINDING_CODES[finding.kind], finding));
  // endregion
}
