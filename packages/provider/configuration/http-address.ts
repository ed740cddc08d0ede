/** Validates the address of a remote system. */
import { problem } from "../../domain";

/**
 * The address without trailing slashes. An address with an @ may contain a password, so no message includes it.
 * @throws Problem `provider-setting-invalid`
 */
export function parseHttpAddress(text: string, at: readonly string[], variable: string): string {
  const invalid = (why: string, fix: string) => problem("provider-setting-invalid", { why, fix, at });
  const argument = at.join(".");
  const address = text.trim();
  const shown = address.includes("@") ? `The address in ${argument}` : `"${address}"`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw invalid(
      `${shown} is not an HTTP or HTTPS address.`,
      `Set the complete address, starting with https://, in ${argument} or ${variable}.`,
    );
  }
  if (url.username !== "" || url.password !== "")
    throw invalid(`${shown} contains a user name or password.`, "Use the credential arguments instead.");
  if (/[?#]/.test(address)) throw invalid(`${shown} contains a query or a fragment.`, "Remove everything from the ? or # on.");
  return address.replace(/\/+$/, "");
}
