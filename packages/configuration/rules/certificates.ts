/** Rule: the certificate of an authority exists, can be read, and is not a private key. Synthesis needs it, because the engine may run on another machine. */
import { certificateFault } from "../../domain";
import type { FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { sentences, shown } from "../quoting";

/** @param read returns the content of a file by its path relative to `bitlift.yaml`; undefined if it cannot be read. */
export function* certificates({ servers }: FileDraft, read: (path: string) => string | undefined): Generator<Remark> {
  for (const { value } of servers.values()) {
    const { caCertificate: path } = value;
    if (path === undefined) continue;
    const at = { holder: value, key: "caCertificate" };
    const pem = read(path);
    if (pem === undefined) {
      yield fault(
        "value-not-allowed",
        at,
        `the file ${shown(path)} does not exist or cannot be read. Correct the path, which is relative to the folder of bitlift.yaml.`,
      );
      continue;
    }
    const wrong = certificateFault(`the file ${shown(path)}`, pem);
    if (wrong !== undefined) yield fault(wrong.code, at, sentences(wrong));
  }
}
