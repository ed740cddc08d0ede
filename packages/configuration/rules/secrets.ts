/** Rule: no text of the file is a secret. No message repeats the value. */
import { containsSecret } from "../../domain";
import type { FileDraft } from "../draft";
import { fault, type Remark } from "../finding";

export function* secrets({ roots }: FileDraft): Generator<Remark> {
  for (const root of roots) yield* secretTexts(root, new Set());
}

function* secretTexts(holder: object, seen: Set<object>): Generator<Remark> {
  // An alias makes the same map appear twice.
  if (seen.has(holder)) return;
  seen.add(holder);
  for (const [name, value] of Object.entries(holder) as [string, unknown][]) {
    if (typeof value === "object" && value !== null) yield* secretTexts(value, seen);
    else if (typeof value === "string" && containsSecret(value)) {
      const key = Array.isArray(holder) ? Number(name) : name;
      yield fault(
        "secret-literal",
        { holder, key },
        `${Array.isArray(holder) ? "an item of this list" : `"${name}"`} looks like a secret. Remove it from the file and its history, and rotate the secret. Secrets come from variables: { env: <name of the environment variable> }.`,
      );
    }
  }
}
