/** UpgradeResourceState: a stored state of any earlier version -> the present form. Shape only, no remote calls. */
import { error } from "../catalog";
import type { Diagnostic } from "../../diagnostics";
import { conform } from "../schema/conform";
import { parseExactJson } from "../schema/exact-json";
import { isObjectValue } from "../schema/kinds";
import type { ObjectValue } from "../schema/value";
import { attempt } from "./attempt";
import { Findings } from "./findings";
import type { ServedResource, Session } from "./session";

export interface UpgradeRequest {
  readonly version: number;
  /** The `attributes` object of the state file; undefined when the state comes from an engine before 0.12. */
  readonly json: string | undefined;
}

export interface UpgradeAnswer {
  /** Null only with an error. */
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

export async function upgradeState(session: Session, resource: ServedResource, request: UpgradeRequest): Promise<UpgradeAnswer> {
  const findings = new Findings();
  const type = `${session.provider.name}_${resource.type}`;
  const refuse = (why: string, at: readonly (string | number)[] = []) => {
    const fix = `Remove the object from the state (\`state rm\`) and import it again; the import id has the form \`${resource.importId.format}\`.`;
    findings.add(error("state-not-readable", { why: `The stored state of ${type} ${why}.`, fix, at }));
    return { state: null, diagnostics: findings.diagnostics };
  };
  const current = resource.version ?? 0;
  if (request.version > current)
    return refuse(`has version ${String(request.version)}; this provider knows version ${String(current)} and older`);
  if (request.json === undefined) return refuse("has the form of an engine before Terraform 0.12");
  const stored = parsed(request.json);
  if (stored === undefined) return refuse("is not a JSON object");

  let state = stored;
  for (let version = request.version; version < current; version++) {
    const step = resource.upgrades?.[version];
    if (step === undefined) return refuse(`has version ${String(version)}, which can no longer be upgraded`);
    const before = state;
    const outcome = await attempt(
      session,
      findings,
      { what: `upgrade of ${type} from version ${String(version)}`, secrets: () => [] },
      () => step(before),
    );
    if (!outcome.done) return { state: null, diagnostics: findings.diagnostics };
    state = outcome.value;
  }
  const { value, faults } = conform(resource.attributes, state, { unknown: false, missing: true });
  for (const fault of faults) refuse(`cannot be used: \`${fault.at.join(".")}\` ${fault.text}`, fault.at);
  return { state: faults.length === 0 ? value : null, diagnostics: findings.diagnostics };
}

function parsed(text: string): ObjectValue | undefined {
  try {
    const value = parseExactJson(text);
    return isObjectValue(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
