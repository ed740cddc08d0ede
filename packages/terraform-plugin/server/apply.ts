/** ApplyResourceChange: create, update or delete, and the state that is true afterwards, whatever happens. */
import type { Diagnostic } from "../../diagnostics";
import { PartiallyCreated, type Context } from "../resource";
import { conform } from "../schema/conform";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { attempt, internal, type Outcome } from "./attempt";
import { Findings } from "./findings";
import { brokenPromises } from "./fulfil";
import { PrivateStore } from "./private-store";
import type { ServedResource, Session } from "./session";
import { configView, stateView } from "./views";

export interface ApplyRequest {
  readonly prior: ObjectValue | null;
  readonly planned: ObjectValue | null;
  /** Null for a delete. */
  readonly config: ObjectValue | null;
  readonly private: Uint8Array;
}

export interface ApplyAnswer {
  /**
   * Null after a delete and after a create that made nothing. With an error, null tells the engine to keep the prior state together with its
   * private data: the private data of this call belongs to the plan that failed.
   */
  readonly state: ObjectValue | null;
  readonly private: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

export async function applyChange(session: Session, resource: ServedResource, request: ApplyRequest): Promise<ApplyAnswer> {
  const findings = new Findings();
  const context = session.context(findings);
  const notes = new PrivateStore(request.private);
  if (context === undefined) return answer(null, notes, findings);
  if (request.planned === null) return remove(session, resource, request, { context, notes, findings });
  return make(session, resource, { ...request, planned: request.planned }, { context, notes, findings });
}

interface Ground {
  readonly context: Context<unknown>;
  readonly notes: PrivateStore;
  readonly findings: Findings;
}

async function remove(
  session: Session,
  resource: ServedResource,
  request: ApplyRequest,
  { context, notes, findings }: Ground,
): Promise<ApplyAnswer> {
  const { prior } = request;
  if (prior === null) return answer(null, notes, findings);
  const about = { what: `delete of ${session.provider.name}_${resource.type}`, secrets: () => secretsIn(resource.attributes, prior) };
  const outcome = await attempt(session, findings, about, () =>
    resource.delete({ ...context, prior: stateView(resource.attributes, prior), private: notes }),
  );
  return outcome.done && !findings.failed ? answer(null, new PrivateStore(), findings) : answer(null, notes, findings);
}

async function make(
  session: Session,
  resource: ServedResource,
  request: ApplyRequest & { readonly planned: ObjectValue },
  { context, notes, findings }: Ground,
): Promise<ApplyAnswer> {
  const { attributes } = resource;
  const { prior, planned } = request;
  const config = configView(attributes, request.config ?? {});
  const shared = { ...context, config, plan: stateView(attributes, planned), private: notes };
  const what = `${prior === null ? "create" : "update"} of ${session.provider.name}_${resource.type}`;
  const secrets = () => [request.config, prior, planned].flatMap((value) => [...secretsIn(attributes, value)]);
  const outcome = await attempt<unknown>(session, findings, { what, secrets }, () =>
    prior === null ? resource.create(shared) : resource.update({ ...shared, prior: stateView(attributes, prior) }),
  );
  const made = madeState(outcome);
  if (made === undefined) return answer(null, notes, findings);
  const { value, faults } = conform(attributes, made, { unknown: false, missing: false });
  findings.add(
    ...faults.map((fault) => internal(`The result of the ${what} is wrong: \`${fault.at.join(".")}\` ${fault.text}.`, fault.at)),
  );
  if (outcome.done) {
    const faulty = new Set(faults.map((fault) => fault.at[0]));
    for (const name of brokenPromises(attributes, planned, value).filter((broken) => !faulty.has(broken))) {
      findings.add(internal(`The ${what} returned another value for \`${name}\` than the plan promised.`, [name]));
    }
  }
  return answer(value, notes, findings);
}

/** What exists now, as the handler says; undefined when nothing was made, or nothing is known to have changed. */
function madeState(outcome: Outcome<unknown>): unknown {
  if (outcome.done) return outcome.value ?? null;
  return outcome.thrown instanceof PartiallyCreated ? outcome.thrown.state : undefined;
}

function answer(state: ObjectValue | null, notes: PrivateStore, findings: Findings): ApplyAnswer {
  return { state, private: notes.bytes(), diagnostics: findings.diagnostics };
}
