/** UpgradeResourceState: converts a stored state of any earlier version to the current schema, without remote calls. */
import type { Diagnostic } from "../../diagnostics";
import { error } from "../catalog";
import { conform } from "../schema/conform";
import { parseExactJson } from "../schema/exact-json";
import { identityAttributes, importIdFormat } from "../schema/identity";
import { isObjectValue, type ObjectValue } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { runHandler } from "./run-handler";
import type { ServedResource, Session } from "./session";

export interface UpgradeRequest {
  readonly version: number;
  /** The `attributes` object of the state file; undefined for a state from before Terraform 0.12. */
  readonly json: string | undefined;
}

export interface UpgradeResponse {
  /** Null only with an error. */
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Completes "The stored state of <type> …". */
interface Unreadable {
  readonly why: string;
  /** If it is more specific than to import the object again. */
  readonly fix?: string;
  readonly at?: readonly (string | number)[];
}

export async function upgradeState(session: Session, resource: ServedResource, request: UpgradeRequest): Promise<UpgradeResponse> {
  const type = `${session.provider.name}_${resource.type}`;
  const diagnostics = new Diagnostics();
  const importAgain = `Remove the object from the state (\`state rm\`) and import it again. The import ID has the form \`${importIdFormat(resource)}\`.`;
  const fail = ({ why, fix = importAgain, at = [] }: Unreadable): UpgradeResponse => {
    diagnostics.add(error("state-not-readable", { why: `The stored state of ${type} ${why}.`, fix, at }));
    return { state: null, diagnostics: diagnostics.list };
  };
  const stored = parseState(resource, request);
  if ("why" in stored) return fail(stored);

  let { state } = stored;
  for (let version = request.version; version < (resource.version ?? 0); version++) {
    const upgrade = resource.upgrades?.[version];
    if (upgrade === undefined) return fail({ why: `has version ${version}, which can no longer be upgraded` });
    const oldState = state;
    const operation = { name: `upgrade of ${type} from version ${version}`, secrets: () => [] };
    const result = await runHandler(session, diagnostics, operation, () => upgrade(oldState));
    if (!result.succeeded) return { state: null, diagnostics: diagnostics.list };
    state = result.value;
  }
  // An attribute that was a number in an earlier release may be text now. Engines convert such a value too, for example in `show -json`.
  const { value, mismatches } = conform(resource.attributes, state, { unknown: false, missing: true, numbersAsText: true });
  for (const { at, text } of mismatches) fail({ why: `does not match the schema: \`${at.join(".")}\` ${text}`, at });
  return { state: mismatches.length === 0 ? value : null, diagnostics: diagnostics.list };
}

/** UpgradeResourceIdentity: identities have only one version, so the stored values stay. Undefined if the state contains none. */
export function upgradeIdentity(resource: ServedResource, json: string | undefined): ObjectValue | undefined {
  if (json === undefined) return undefined;
  try {
    const stored = parseExactJson(json);
    const { value, mismatches } = conform(identityAttributes(resource), stored, { unknown: false, missing: false, numbersAsText: true });
    return mismatches.length === 0 ? value : undefined;
  } catch {
    // The next read returns the identity again.
    return undefined;
  }
}

function parseState(resource: ServedResource, { version, json }: UpgradeRequest): { readonly state: ObjectValue } | Unreadable {
  const current = resource.version ?? 0;
  if (version > current) {
    const why = `has version ${version}, but this provider supports version ${current} and earlier`;
    return { why, fix: "Use the version of the provider that wrote the state, or a later one." };
  }
  if (json === undefined) return { why: "is in a format from before Terraform 0.12" };
  try {
    const state = parseExactJson(json);
    if (isObjectValue(state)) return { state };
  } catch {
    // Reported below, like any other text that is not an object.
  }
  return { why: "is not a JSON object" };
}
