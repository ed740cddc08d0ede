/** Validates the address of a remote system. */
import { parsedUrl, problem } from "../../domain";

/** A value with the place where it is set, for messages. */
export interface PlacedValue {
  readonly value: string;
  /** The argument or the variable. */
  readonly name: string;
  /** Path of the argument; empty for a variable. */
  readonly at: readonly string[];
}

/**
 * The address without trailing slashes. An address with an @ may contain a password, so no message includes it.
 * @throws Problem `provider-setting-invalid`
 */
export function parseHttpAddress({ value, name, at }: PlacedValue): string {
  const invalid = (why: string, fix: string) => problem("provider-setting-invalid", { why, fix, at });
  const address = value.trim();
  // The URL parser drops or replaces these, so the address would not be the one that people read.
  if (/[\s\\]|\p{Cc}/u.test(address))
    throw invalid(
      `The address in ${name} contains a space, a control character, or a backslash.`,
      `Set ${name} to the address without it. Only forward slashes separate the parts of a path.`,
    );
  const hidesPassword = address.includes("@");
  const shown = hidesPassword ? `The address in ${name}` : `${name} is "${address}", which`;
  const url = parsedUrl(address);
  if (url === undefined || !["http:", "https:"].includes(url.protocol) || !/^https?:\/\//i.test(address)) {
    const completed = `https://${address}`;
    const isHost =
      !hidesPassword && !address.includes("://") && /^[\w.-]+(:\d+)?(\/|$)/.test(address) && parsedUrl(completed) !== undefined;
    throw invalid(
      `${shown} is not an HTTP or HTTPS address.`,
      isHost ? `Set ${name} to the complete address: ${completed}` : `Set ${name} to the complete address, starting with https://.`,
    );
  }
  if (url.username !== "" || url.password !== "")
    throw invalid(
      `${shown} contains a user name or password.`,
      `Remove the part before the @ from ${name}, and use the credential arguments instead.`,
    );
  if (/[?#]/.test(address)) throw invalid(`${shown} contains a query or a fragment.`, `Remove everything from the ? or # on from ${name}.`);
  return address.replace(/\/+$/, "");
}
