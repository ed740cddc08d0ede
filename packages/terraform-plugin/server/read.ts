/** ReadResource: the state as it is now, or null when the object is gone. */
import type { Diagnostic } from "../../diagnostics";
import { gone } from "../resource";
import { conform } from "../schema/conform";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { attempt, internal } from "./attempt";
import { Findings } from "./findings";
import { PrivateStore } from "./private-store";
import type { ServedResource, Session } from "./session";
import { stateView } from "./views";

export interface ReadAnswer {
  readonly state: ObjectValue | null;
  readonly private: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** After any error the state stays as it was: a null would make the engine create the object again. */
export async function readResource(
  session: Session,
  resource: ServedResource,
  state: ObjectValue,
  stored: Uint8Array,
): Promise<ReadAnswer> {
  const findings = new Findings();
  const kept = () => ({ state, private: stored, diagnostics: findings.diagnostics });
  const context = session.context(findings);
  if (context === undefined) return kept();
  const notes = new PrivateStore(stored);
  const about = { what: `read of ${session.provider.name}_${resource.type}`, secrets: () => secretsIn(resource.attributes, state) };
  const outcome = await attempt(session, findings, about, () =>
    resource.read({ ...context, state: stateView(resource.attributes, state), private: notes }),
  );
  if (!outcome.done || findings.failed) return kept();
  if (outcome.value === gone) return { state: null, private: new Uint8Array(), diagnostics: findings.diagnostics };
  const { value, faults } = conform(resource.attributes, outcome.value, { unknown: false, missing: false });
  if (faults.length === 0) return { state: value, private: notes.bytes(), diagnostics: findings.diagnostics };
  findings.add(
    ...faults.map((fault) => internal(`The result of the ${about.what} is wrong: \`${fault.at.join(".")}\` ${fault.text}.`, fault.at)),
  );
  return kept();
}
