/** ImportResourceState: import id -> the attributes that Read needs; everything else is null until then. */
import { error } from "../catalog";
import type { Diagnostic } from "../../diagnostics";
import { conform } from "../schema/conform";
import type { ObjectValue } from "../schema/value";
import { attempt, internal } from "./attempt";
import { Findings } from "./findings";
import type { ServedResource, Session } from "./session";

export interface ImportAnswer {
  /** Null only with an error. */
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

export async function importResource(session: Session, resource: ServedResource, id: string): Promise<ImportAnswer> {
  const findings = new Findings();
  if (id === "") {
    const why = `${session.provider.name}_${resource.type} is imported by id, and the id is empty.`;
    findings.add(error("import-id-invalid", { why, fix: `Import it with an id of the form \`${resource.importId.format}\`.` }));
    return { state: null, diagnostics: findings.diagnostics };
  }
  const about = { what: `import of ${session.provider.name}_${resource.type}`, secrets: () => [] };
  const outcome = await attempt(session, findings, about, () => resource.importId.parse(id));
  if (!outcome.done) return { state: null, diagnostics: findings.diagnostics };
  const { value, faults } = conform(resource.attributes, outcome.value, { unknown: false, missing: true });
  findings.add(
    ...faults.map((fault) => internal(`The ${about.what} made a wrong state: \`${fault.at.join(".")}\` ${fault.text}.`, fault.at)),
  );
  return { state: faults.length === 0 ? value : null, diagnostics: findings.diagnostics };
}
