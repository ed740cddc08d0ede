/** ReadDataSource. */
import type { Diagnostic } from "../../diagnostics";
import { conform } from "../schema/conform";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { attempt, internal } from "./attempt";
import { Findings } from "./findings";
import type { ServedDataSource, Session } from "./session";
import { configView } from "./views";

export interface DataAnswer {
  /** Null only with an error. */
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

export async function readDataSource(session: Session, source: ServedDataSource, config: ObjectValue): Promise<DataAnswer> {
  const findings = new Findings();
  const context = session.context(findings);
  if (context === undefined) return { state: null, diagnostics: findings.diagnostics };
  const about = { what: `read of data.${session.provider.name}_${source.type}`, secrets: () => secretsIn(source.attributes, config) };
  const outcome = await attempt(session, findings, about, () => source.read({ ...context, config: configView(source.attributes, config) }));
  if (!outcome.done || findings.failed) return { state: null, diagnostics: findings.diagnostics };
  const { value, faults } = conform(source.attributes, outcome.value, { unknown: false, missing: false });
  findings.add(
    ...faults.map((fault) => internal(`The result of the ${about.what} is wrong: \`${fault.at.join(".")}\` ${fault.text}.`, fault.at)),
  );
  return { state: faults.length === 0 ? value : null, diagnostics: findings.diagnostics };
}
