/** PlanResourceChange: what will be true after apply, and whether the object must be replaced for it. */
import type { Diagnostic } from "../../diagnostics";
import { conform } from "../schema/conform";
import { sameObject, sameValue } from "../schema/equal";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue, Value } from "../schema/value";
import { attempt, internal } from "./attempt";
import { draftOf, isOpen, replacedPaths } from "./draft";
import { Findings } from "./findings";
import { PrivateStore } from "./private-store";
import type { ServedResource, Session } from "./session";
import { configView, stateView } from "./views";

export interface PlanRequest {
  /** Null: a create, or the create half of a replacement. */
  readonly prior: ObjectValue | null;
  readonly config: ObjectValue;
  readonly private: Uint8Array;
}

export interface PlanAnswer {
  /** Null only for a delete, or with an error. */
  readonly planned: ObjectValue | null;
  readonly requiresReplace: readonly (readonly (string | number)[])[];
  readonly private: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

export async function planChange(session: Session, resource: ServedResource, request: PlanRequest): Promise<PlanAnswer> {
  const { attributes } = resource;
  const { prior, config } = request;
  const findings = new Findings();
  const quiet = draftOf(attributes, config, prior, false);
  const changed = prior === null || !sameObject(attributes, quiet, prior);
  const draft = changed ? draftOf(attributes, config, prior, true) : quiet;
  // A create half belongs to a new object: it must not inherit what was noted about the old one.
  const notes = new PrivateStore(prior === null ? undefined : request.private);
  const asked = new Set<string>();

  let planned: ObjectValue = draft;
  if (resource.plan !== undefined) {
    const decided = await askHandler(session, resource, findings, { ...request, draft, changed, notes, asked });
    if (decided === undefined) return failed(request, findings);
    planned = decided;
  }
  const requiresReplace =
    prior === null ? [] : [...replacedPaths(attributes, prior, planned), ...askedPaths(resource, asked, prior, planned)];
  if (requiresReplace.length > 0 && prior !== null) await askDelete(session, resource, prior, request.private, findings);
  if (findings.failed) return failed(request, findings);
  return { planned, requiresReplace, private: notes.bytes(), diagnostics: findings.diagnostics };
}

/** The plan of a delete: warnings, and errors that stop it. */
export async function planDelete(session: Session, resource: ServedResource, prior: ObjectValue, stored: Uint8Array): Promise<PlanAnswer> {
  const findings = new Findings();
  const notes = await askDelete(session, resource, prior, stored, findings);
  return { planned: null, requiresReplace: [], private: notes.bytes(), diagnostics: findings.diagnostics };
}

interface Question extends PlanRequest {
  readonly draft: Record<string, Value>;
  readonly changed: boolean;
  readonly notes: PrivateStore;
  readonly asked: Set<string>;
}

/** The draft after the handler, in full; undefined when it failed. */
async function askHandler(
  session: Session,
  resource: ServedResource,
  findings: Findings,
  question: Question,
): Promise<ObjectValue | undefined> {
  const context = session.context(findings);
  if (context === undefined) return undefined;
  const { attributes } = resource;
  const { prior, config, draft } = question;
  const open = stateView(attributes, draft);
  const about = { what: `plan of ${session.provider.name}_${resource.type}`, secrets: () => secretsOf(resource, config, prior) };
  const outcome = await attempt(session, findings, about, () =>
    resource.plan?.({
      ...context,
      config: configView(attributes, config),
      prior: prior === null ? null : stateView(attributes, prior),
      draft: open,
      changed: question.changed,
      private: question.notes,
      replace: (attribute) => void question.asked.add(attribute),
      replacing: prior !== null && replacedPaths(attributes, prior, draft).length > 0,
    }),
  );
  if (!outcome.done) return undefined;
  const { value, faults } = conform(attributes, open, { unknown: true, missing: false });
  findings.add(
    ...faults.map((fault) => internal(`The plan of ${resource.type} is wrong: \`${fault.at.join(".")}\` ${fault.text}.`, fault.at)),
  );
  for (const [name, attribute] of Object.entries(attributes)) {
    if (isOpen(attribute, config[name] ?? null) || sameValue(attribute.type, draft[name] ?? null, value[name] ?? null)) continue;
    findings.add(internal(`The plan of ${resource.type} changes \`${name}\`, which the configuration decides.`, [name]));
  }
  return value;
}

async function askDelete(
  session: Session,
  resource: ServedResource,
  prior: ObjectValue,
  stored: Uint8Array,
  findings: Findings,
): Promise<PrivateStore> {
  const notes = new PrivateStore(stored);
  if (resource.planDelete === undefined) return notes;
  const context = session.context(findings);
  if (context === undefined) return notes;
  const about = { what: `plan to delete ${session.provider.name}_${resource.type}`, secrets: () => secretsIn(resource.attributes, prior) };
  await attempt(session, findings, about, () =>
    resource.planDelete?.({ ...context, prior: stateView(resource.attributes, prior), private: notes }),
  );
  return notes;
}

/** The engine ignores a path whose value stays the same, and refuses one that does not exist. */
function askedPaths(
  resource: ServedResource,
  asked: Set<string>,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly (readonly string[])[] {
  return [...asked].flatMap((name) => {
    const attribute = resource.attributes[name];
    if (attribute === undefined || attribute.requiresReplace === true) return [];
    return sameValue(attribute.type, prior[name] ?? null, planned[name] ?? null) ? [] : [[name]];
  });
}

function failed(request: PlanRequest, findings: Findings): PlanAnswer {
  return { planned: request.prior, requiresReplace: [], private: request.private, diagnostics: findings.diagnostics };
}

function secretsOf(resource: ServedResource, config: ObjectValue, prior: ObjectValue | null): readonly string[] {
  return [...secretsIn(resource.attributes, config), ...secretsIn(resource.attributes, prior)];
}
