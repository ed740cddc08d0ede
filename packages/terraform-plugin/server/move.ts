/** MoveResourceState: converts the state of another provider's resource type to a state of this type, without remote calls. */
import type { Diagnostic } from "../../diagnostics";
import { error } from "../catalog";
import type { MoveSource } from "../resource";
import { conform } from "../schema/conform";
import { parseExactJson } from "../schema/exact-json";
import { identityOf, importIdFormat } from "../schema/identity";
import { textsIn } from "../schema/secrets";
import { isObjectValue, type ObjectValue } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { runHandler } from "./run-handler";
import type { ServedResource, Session } from "./session";

export interface MoveRequest {
  /** With the host of a registry: `registry.terraform.io/<namespace>/<name>`. */
  readonly sourceProvider: string;
  readonly sourceType: string;
  readonly sourceVersion: number;
  /** The `attributes` object of the state file; undefined for a state from before Terraform 0.12. */
  readonly json: string | undefined;
}

export interface MoveResponse {
  /** Null only with an error. */
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

export async function moveState(session: Session, resource: ServedResource, request: MoveRequest): Promise<MoveResponse> {
  const targetType = `${session.provider.name}_${resource.type}`;
  const source = findSource(session, resource, request);
  if (source === undefined) return { state: null, diagnostics: [notSupported(resource, targetType, request)] };
  const fail = (why: string, fix = importInstead(resource, targetType)): MoveResponse => ({
    state: null,
    diagnostics: [error("state-not-readable", { why: `The stored state of ${source.type} ${why}.`, fix })],
  });
  const { version = 0 } = source;
  if (request.sourceVersion > version)
    return fail(`has version ${request.sourceVersion}, but this provider can convert version ${version} and earlier`);
  const stored = parseState(request.json);
  if (typeof stored === "string") return fail(stored);

  const diagnostics = new Diagnostics();
  // Which of the other provider's attributes are secret is not known here, so a message contains no text of the state.
  const operation = { name: `move of ${source.type} to ${targetType}`, secrets: () => textsIn(stored) };
  const result = await runHandler(session, diagnostics, operation, () => source.convert(stored));
  if (!result.succeeded) return { state: null, diagnostics: diagnostics.list };
  const { value, mismatches } = conform(resource.attributes, result.value, { unknown: false, missing: true, numbersAsText: true });
  const [mismatch] = mismatches;
  if (mismatch !== undefined) return fail(`cannot be converted: \`${mismatch.at.join(".")}\` of ${targetType} ${mismatch.text}`);
  const unnamed = resource.identity.filter((name) => (value[name] ?? "") === "");
  if (unnamed.length > 0 || identityOf(resource, value) === undefined)
    return fail(`does not contain ${unnamed.map((name) => `\`${name}\``).join(", ")} of ${targetType}, so the object cannot be found`);
  return { state: value, diagnostics: diagnostics.list };
}

function findSource({ provider }: Session, resource: ServedResource, { sourceProvider, sourceType }: MoveRequest): MoveSource | undefined {
  const address = withoutHost(sourceProvider);
  // After the first object of a set has moved, OpenTofu 1.12 may name this provider for the others, which it cannot be: all its types have its name.
  const isOwn = address.endsWith(`/${provider.name}`) && !sourceType.startsWith(`${provider.name}_`);
  return resource.movesFrom?.find((source) => source.type === sourceType && (isOwn || source.provider === address));
}

/** Terraform and OpenTofu have registries of their own, and a mirror may have any host. */
function withoutHost(address: string): string {
  return address.toLowerCase().split("/").slice(-2).join("/");
}

/** Completes "The stored state of <type> …" if the state cannot be read. */
function parseState(json: string | undefined): ObjectValue | string {
  if (json === undefined) return "is in a format from before Terraform 0.12";
  try {
    const state = parseExactJson(json);
    if (isObjectValue(state)) return state;
  } catch {
    // Reported below, like any other text that is not an object. The message of the exception may contain a part of the state.
  }
  return "is not a JSON object";
}

function notSupported(resource: ServedResource, targetType: string, { sourceProvider, sourceType }: MoveRequest): Diagnostic {
  const movable = (resource.movesFrom ?? []).map(({ type, provider }) => `\`${type}\` of ${provider}`).join(", ");
  const reason = movable === "" ? "it cannot take over objects of another type" : `it can take over only ${movable}`;
  return error("move-not-supported", {
    why: `\`${sourceType}\` of ${sourceProvider} cannot become \`${targetType}\`: ${reason}.`,
    fix: importInstead(resource, targetType),
  });
}

function importInstead(resource: ServedResource, targetType: string): string {
  const form = importIdFormat(resource);
  return `Remove the \`moved\` block, remove the old object from the state with a \`removed\` block (\`destroy = false\`) or \`state rm\`, and import it as \`${targetType}\`. The import ID has the form \`${form}\`.`;
}
