/** ValidateResourceConfig and ValidateDataResourceConfig: the schema's own rules, then the declaration's. */
import type { Diagnostic } from "../../diagnostics";
import { checkConfig, type CheckOptions } from "../schema/check";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { attempt } from "./attempt";
import { Findings } from "./findings";
import type { ServedDataSource, ServedResource, Session } from "./session";

export async function validateConfig(
  session: Session,
  declaration: ServedResource | ServedDataSource,
  config: ObjectValue,
  options: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const findings = new Findings();
  findings.add(...checkConfig(declaration.attributes, config, options));
  if (findings.failed || declaration.validate === undefined) return findings.diagnostics;
  const about = { what: `check of ${session.provider.name}_${declaration.type}`, secrets: () => secretsIn(declaration.attributes, config) };
  await attempt(session, findings, about, () => declaration.validate?.({ config, report: findings }));
  return findings.diagnostics;
}
