/** PlanResourceChange: plans the state after apply, and decides whether the change requires a replacement. */
import type { Diagnostic } from "../../diagnostics";
import type { Context } from "../resource";
import { conform } from "../schema/conform";
import { sameObject, sameValue } from "../schema/equal";
import { identityOf, plannedIdentity } from "../schema/identity";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue, Value } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { buildDraft, isSetByProvider, pathsRequiringReplace } from "./draft";
import { JsonPrivateState } from "./private-state";
import { internalError, mismatchErrors, runHandler } from "./run-handler";
import type { ServedResource, Session } from "./session";
import { configView, stateView } from "./views";

type Path = readonly (string | number)[];

export interface PlanRequest {
  /** Null for a create, and for the create half of a replacement. */
  readonly prior: ObjectValue | null;
  readonly config: ObjectValue;
  readonly private: Uint8Array;
  /** Whether the engine says that it plans again during an apply. */
  readonly applying?: boolean;
}

export interface PlanResponse {
  /** Null only for a delete, or with an error. */
  readonly planned: ObjectValue | null;
  readonly requiresReplace: readonly Path[];
  readonly private: Uint8Array;
  /** Undefined if it is known after apply. */
  readonly identity: ObjectValue | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the declaration's `plan` handler receives and changes. */
interface PlanInput extends PlanRequest {
  readonly draft: Record<string, Value>;
  readonly changed: boolean;
  readonly privateState: JsonPrivateState;
  readonly replacedPrivateState: JsonPrivateState;
  /** Attributes for which the handler requires a replacement. */
  readonly replaceRequests: Set<string>;
  /** Attributes whose change the handler plans in place. */
  readonly inPlaceRequests: Set<string>;
}

/** Plans a create or an update. */
export async function planChange(session: Session, resource: ServedResource, request: PlanRequest): Promise<PlanResponse> {
  const diagnostics = new Diagnostics();
  const input = preparePlan(resource, request);
  const { prior } = request;
  const planned = resource.plan === undefined ? input.draft : await runPlanHandler(session, resource, input, diagnostics);
  if (planned === undefined) return failedResponse(resource, request, diagnostics);
  const requiresReplace = prior === null ? [] : findReplacePaths(resource, input, prior, planned);
  if (requiresReplace.length > 0 && prior !== null) await runPlanDeleteHandler(session, resource, prior, request.private, diagnostics);
  if (diagnostics.hasErrors) return failedResponse(resource, request, diagnostics);
  const identity = plannedIdentity(resource, { prior, planned, replaces: requiresReplace.length > 0 });
  return { planned, requiresReplace, private: input.privateState.bytes(), identity, diagnostics: diagnostics.list };
}

/** Plans a delete. Collects warnings, and errors that prevent the delete. */
export async function planDelete(
  session: Session,
  resource: ServedResource,
  prior: ObjectValue,
  receivedPrivate: Uint8Array,
): Promise<PlanResponse> {
  const diagnostics = new Diagnostics();
  const privateState = await runPlanDeleteHandler(session, resource, prior, receivedPrivate, diagnostics);
  const identity = identityOf(resource, prior);
  return { planned: null, requiresReplace: [], private: privateState.bytes(), identity, diagnostics: diagnostics.list };
}

function preparePlan({ attributes }: ServedResource, request: PlanRequest): PlanInput {
  const { prior, config } = request;
  const unchanged = buildDraft(attributes, config, prior, false);
  const changed = prior === null || !sameObject(attributes, unchanged, prior);
  return {
    ...request,
    draft: changed ? buildDraft(attributes, config, prior, true) : unchanged,
    changed,
    // The create half of a replacement plans a new object, which must not inherit the private state of the old one. Engines send that all the same.
    privateState: new JsonPrivateState(prior === null ? undefined : request.private),
    replacedPrivateState: new JsonPrivateState(prior === null ? request.private : undefined),
    replaceRequests: new Set(),
    inPlaceRequests: new Set(),
  };
}

/** Returns the completed plan, or undefined if the handler failed. */
async function runPlanHandler(
  session: Session,
  resource: ServedResource,
  input: PlanInput,
  diagnostics: Diagnostics,
): Promise<ObjectValue | undefined> {
  const context = session.handlerContext(diagnostics);
  if (context === undefined) return undefined;
  const { attributes } = resource;
  const { prior, config } = input;
  const draft = stateView(attributes, input.draft);
  const operation = {
    name: `plan of ${session.provider.name}_${resource.type}`,
    secrets: () => [config, prior].flatMap((value) => secretsIn(attributes, value)),
  };
  const result = await runHandler(session, diagnostics, operation, () => callPlanHandler(session, resource, context, input, draft));
  if (!result.succeeded) return undefined;
  const { value, mismatches } = conform(attributes, draft, { unknown: true, missing: false });
  diagnostics.add(...mismatchErrors(operation.name, mismatches));
  if (resource.legacyTypeSystem === true) return value;
  for (const [name, attribute] of Object.entries(attributes)) {
    if (isSetByProvider(attribute, config[name] ?? null)) continue;
    if (sameValue(attribute.type, input.draft[name] ?? null, value[name] ?? null)) continue;
    diagnostics.add(internalError(`The ${operation.name} changes \`${name}\`, but the configuration sets it.`, [name]));
  }
  return value;
}

function callPlanHandler(
  session: Session,
  resource: ServedResource,
  context: Context<unknown>,
  input: PlanInput,
  draft: Record<string, Value>,
): void | Promise<void> {
  const { attributes } = resource;
  const { prior, config, changed, privateState, replacedPrivateState } = input;
  const { activity } = session;
  // Listed one by one: with a spread in front of it, a getter makes this object ten times more expensive.
  const { api, report, log, signal } = context;
  return resource.plan?.({
    api,
    report,
    log,
    signal,
    config: configView(attributes, config),
    prior: prior === null ? null : stateView(attributes, prior),
    draft,
    changed,
    privateState,
    replacedPrivateState,
    replace: (attribute) => void input.replaceRequests.add(attribute),
    inPlace: (attribute) => void input.inPlaceRequests.add(attribute),
    // Asked again after a handler has waited: meanwhile, an apply may have arrived.
    get applying() {
      return input.applying === true || activity.applies;
    },
    settled: () => activity.settled(signal),
    replacing: prior !== null && pathsRequiringReplace(attributes, prior, input.draft).length > 0,
  });
}

async function runPlanDeleteHandler(
  session: Session,
  resource: ServedResource,
  prior: ObjectValue,
  receivedPrivate: Uint8Array,
  diagnostics: Diagnostics,
): Promise<JsonPrivateState> {
  const privateState = new JsonPrivateState(receivedPrivate);
  if (resource.planDelete === undefined) return privateState;
  const context = session.handlerContext(diagnostics);
  if (context === undefined) return privateState;
  const { attributes } = resource;
  const operation = { name: `plan to delete ${session.provider.name}_${resource.type}`, secrets: () => secretsIn(attributes, prior) };
  await runHandler(session, diagnostics, operation, () =>
    resource.planDelete?.({ ...context, prior: stateView(attributes, prior), privateState }),
  );
  return privateState;
}

/** Returns the declared paths and those that the handler requested, without those that it plans in place. Engines ignore a path whose value stays the same, and reject one that does not exist. */
function findReplacePaths(
  { attributes }: ServedResource,
  { replaceRequests, inPlaceRequests }: PlanInput,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly Path[] {
  const requested = [...replaceRequests].flatMap((name) => {
    const attribute = attributes[name];
    if (attribute === undefined || attribute.requiresReplace === true) return [];
    return sameValue(attribute.type, prior[name] ?? null, planned[name] ?? null) ? [] : [[name]];
  });
  return [...pathsRequiringReplace(attributes, prior, planned), ...requested].filter(([name]) => !inPlaceRequests.has(`${name ?? ""}`));
}

function failedResponse(resource: ServedResource, request: PlanRequest, diagnostics: Diagnostics): PlanResponse {
  const identity = identityOf(resource, request.prior);
  return { planned: request.prior, requiresReplace: [], private: request.private, identity, diagnostics: diagnostics.list };
}
