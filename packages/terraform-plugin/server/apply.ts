/** ApplyResourceChange: creates, updates or deletes, and returns the resulting state, even after an error. */
import type { Diagnostic } from "../../diagnostics";
import { PartiallyCreated, type Context, type CreateContext } from "../resource";
import type { Attributes } from "../schema/attributes";
import { conform } from "../schema/conform";
import { sameObject } from "../schema/equal";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { inconsistentAttributes } from "./inconsistent-result";
import { JsonPrivateState } from "./private-state";
import { internalError, mismatchErrors, runHandler, type HandlerResult } from "./run-handler";
import type { ServedResource, Session } from "./session";
import { configView, stateView } from "./views";

export interface ApplyRequest {
  /** Null for a create. */
  readonly prior: ObjectValue | null;
  /** Null for a delete. */
  readonly planned: ObjectValue | null;
  /** Null for a delete. */
  readonly config: ObjectValue | null;
  readonly private: Uint8Array;
}

export interface ApplyResponse {
  /**
   * Null after a delete, and after a create that created nothing. With an error, null makes the engine keep the prior state together with its
   * private state: the private state of this response belongs to the plan that failed.
   */
  readonly state: ObjectValue | null;
  readonly private: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the steps of one apply share. */
interface ApplyContext {
  readonly session: Session;
  readonly resource: ServedResource;
  readonly handlerContext: Context<unknown>;
  readonly privateState: JsonPrivateState;
  readonly diagnostics: Diagnostics;
}

export async function applyChange(session: Session, resource: ServedResource, request: ApplyRequest): Promise<ApplyResponse> {
  session.activity.recordApply();
  const diagnostics = new Diagnostics();
  const privateState = new JsonPrivateState(request.private);
  const handlerContext = session.handlerContext(diagnostics);
  if (handlerContext === undefined) return buildResponse(null, privateState, diagnostics);
  const context = { session, resource, handlerContext, privateState, diagnostics };
  const { prior, planned } = request;
  if (planned !== null) return createOrUpdate(context, { ...request, planned });
  return prior === null ? buildResponse(null, privateState, diagnostics) : deleteObject(context, prior);
}

async function deleteObject(context: ApplyContext, prior: ObjectValue): Promise<ApplyResponse> {
  const { session, resource, handlerContext, privateState, diagnostics } = context;
  const operation = { name: `delete of ${session.provider.name}_${resource.type}`, secrets: () => secretsIn(resource.attributes, prior) };
  const result = await runHandler(session, diagnostics, operation, () =>
    resource.delete({ ...handlerContext, prior: stateView(resource.attributes, prior), privateState }),
  );
  const deleted = result.succeeded && !diagnostics.hasErrors;
  return buildResponse(null, deleted ? new JsonPrivateState() : privateState, diagnostics);
}

async function createOrUpdate(context: ApplyContext, request: ApplyRequest & { readonly planned: ObjectValue }): Promise<ApplyResponse> {
  const { session, resource, privateState, diagnostics } = context;
  const { attributes } = resource;
  const { prior, planned } = request;
  // Engines apply an update without differences when a new release drops a sensitive mark. The remote system has nothing to do.
  if (prior !== null && sameObject(attributes, prior, planned)) return buildResponse(planned, privateState, diagnostics);
  const operation = {
    name: `${prior === null ? "create" : "update"} of ${session.provider.name}_${resource.type}`,
    secrets: () => [request.config, prior, planned].flatMap((value) => secretsIn(attributes, value)),
  };
  const result = await runHandler(session, diagnostics, operation, () => runCreateOrUpdate(context, request));
  const state = stateAfter(result);
  if (state === undefined) return buildResponse(null, privateState, diagnostics);
  const { value, mismatches } = conform(attributes, state, { unknown: false, missing: false });
  diagnostics.add(...mismatchErrors(`result of the ${operation.name}`, mismatches));
  if (result.succeeded && resource.legacyTypeSystem !== true) {
    const reported = new Set(mismatches.map(({ at }) => at[0]));
    const inconsistent = inconsistentAttributes(attributes, planned, value).filter((name) => !reported.has(name));
    for (const name of inconsistent) {
      diagnostics.add(internalError(`The ${operation.name} returned a value for \`${name}\` that differs from the plan.`, [name]));
    }
  }
  return buildResponse(value, privateState, diagnostics);
}

function runCreateOrUpdate(
  { resource, handlerContext, privateState }: ApplyContext,
  { prior, planned, config }: ApplyRequest & { readonly planned: ObjectValue },
): Promise<unknown> {
  const { attributes } = resource;
  const context: CreateContext<Attributes, unknown> = {
    ...handlerContext,
    config: configView(attributes, config ?? {}),
    plan: stateView(attributes, planned),
    privateState,
  };
  return prior === null ? resource.create(context) : resource.update({ ...context, prior: stateView(attributes, prior) });
}

/** Returns the state that the handler returned or threw; undefined if nothing was created, or nothing changed. */
function stateAfter(result: HandlerResult<unknown>): unknown {
  if (result.succeeded) return result.value ?? null;
  return result.thrown instanceof PartiallyCreated ? result.thrown.state : undefined;
}

function buildResponse(state: ObjectValue | null, privateState: JsonPrivateState, diagnostics: Diagnostics): ApplyResponse {
  return { state, private: privateState.bytes(), diagnostics: diagnostics.list };
}
