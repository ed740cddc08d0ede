/** The fingerprint of a secret that the engine knows. */
import { Fn, Token } from "../host";

/** In the form of `fingerprint` in packages/domain, computed by the engine. */
export function fingerprintOf(secret: string): string {
  return Fn.join("", ["sha256:", Token.asString(Fn.substr(Fn.sha256(secret), 0, 16))]);
}
