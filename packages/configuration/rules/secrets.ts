/** Rules: no text of the file is a secret, and no argument of a backend would be one. No message repeats the value. */
import { containsSecret, isSecretBackendArgument } from "../../domain";
import type { FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { shown } from "../quoting";

export function* secrets({ roots, main }: FileDraft): Generator<Remark> {
  for (const root of roots) yield* secretTexts(root, new Set());
  for (const [type, argumentsOfBackend] of Object.entries(main.state?.backend ?? {})) {
    if (argumentsOfBackend === undefined) continue;
    for (const name of Object.keys(argumentsOfBackend)) {
      if (!isSecretBackendArgument(name)) continue;
      yield fault(
        "secret-literal",
        { holder: argumentsOfBackend, key: name },
        `the backend ${shown(type)} has the argument ${shown(name)}, which would be a secret in a committed file. Remove it, and set the environment variable of the backend, such as AWS_SECRET_ACCESS_KEY, TF_HTTP_PASSWORD, ARM_CLIENT_SECRET or PG_CONN_STR.`,
      );
    }
  }
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
