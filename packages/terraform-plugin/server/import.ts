/** ImportResourceState: converts an import ID or an identity to the attributes that `read` needs. All other attributes are null until `read` runs. */
import type { Diagnostic } from "../../diagnostics";
import { problem } from "../catalog";
import type { IdentityTexts } from "../resource";
import { conform } from "../schema/conform";
import { identityOf, importIdFormat, shortImportIdFormat } from "../schema/identity";
import type { ObjectValue } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { mismatchErrors, runHandler } from "./run-handler";
import type { ServedResource, Session } from "./session";

/** What the user wrote: an ID, or the values of the identity, of which the last may be null. */
export type ImportRequest = { readonly id: string } | { readonly identity: ObjectValue };

export interface ImportResponse {
  /** Null only with an error. */
  readonly state: ObjectValue | null;
  /** Undefined only with an error. */
  readonly identity: ObjectValue | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export async function importResource(session: Session, resource: ServedResource, request: ImportRequest): Promise<ImportResponse> {
  const diagnostics = new Diagnostics();
  const operation = { name: `import of ${session.provider.name}_${resource.type}`, secrets: () => [] };
  const failed = () => ({ state: null, identity: undefined, diagnostics: diagnostics.list });
  const result = await runHandler(session, diagnostics, operation, () => readIdentity(session, resource, request, diagnostics));
  if (!result.succeeded || result.value === undefined) return failed();
  const { value, mismatches } = conform(resource.attributes, result.value, { unknown: false, missing: true });
  diagnostics.add(...mismatchErrors(`state from the ${operation.name}`, mismatches));
  return mismatches.length > 0 ? failed() : { state: value, identity: identityOf(resource, value), diagnostics: diagnostics.list };
}

/** Returns undefined with an error in `diagnostics`. */
async function readIdentity(
  session: Session,
  resource: ServedResource,
  request: ImportRequest,
  diagnostics: Diagnostics,
): Promise<IdentityTexts | undefined> {
  const { identity, importId } = resource;
  const parts = partsOf(resource, request);
  const given: IdentityTexts = Object.fromEntries(identity.slice(0, parts.length).map((name, index) => [name, parts[index] ?? ""]));
  const missing = identity.slice(parts.length);
  const isValue = (part: string) => part !== "" && (identity.length === 1 || !part.includes("/"));
  const isWellFormed = parts.length <= identity.length && parts.every(isValue);
  let values: IdentityTexts | undefined = isWellFormed && missing.length === 0 ? given : undefined;
  if (isWellFormed && missing.length === 1 && parts.length > 0 && importId?.complete !== undefined) {
    const context = session.handlerContext(diagnostics);
    if (context === undefined) return undefined;
    values = { ...given, [missing[0] ?? ""]: await importId.complete({ ...context, values: given }) };
  }
  const parsed = values === undefined || importId?.parse === undefined ? values : importId.parse(values);
  if (parsed === undefined) throw wrongForm(session, resource, request, parts);
  return parsed;
}

/** The values in the order of the identity, without the missing ones at the end. Only a single value may contain slashes. */
function partsOf({ identity }: ServedResource, request: ImportRequest): readonly string[] {
  if ("id" in request) {
    const id = request.id.trim();
    return identity.length === 1 ? [id] : id.split("/");
  }
  const texts = identity.map((name) => {
    const value = request.identity[name] ?? null;
    return typeof value === "string" ? value.trim() : null;
  });
  const length = texts.findLastIndex((text) => text !== null) + 1;
  return texts.slice(0, length).map((text) => text ?? "");
}

function wrongForm(session: Session, resource: ServedResource, request: ImportRequest, parts: readonly string[]) {
  const type = `${session.provider.name}_${resource.type}`;
  const short = shortImportIdFormat(resource);
  const forms = `${importIdFormat(resource)}${short === undefined ? "" : ` or ${short}`}`;
  const fix = resource.importId?.advice === undefined ? `Use an import ID of the form ${forms}.` : `Use ${resource.importId.advice}.`;
  if ("id" in request) {
    const id = parts.join("/");
    const why = id === "" ? `The import ID of ${type} is empty; its form is ${forms}.` : `"${id}" does not have the form ${forms}.`;
    return problem("import-id-invalid", { why, fix });
  }
  const names = resource.identity.map((name) => `${name} = ${JSON.stringify(request.identity[name] ?? null)}`).join(", ");
  return problem("import-id-invalid", {
    why: `The identity of ${type} has a value of the wrong form: ${names}. Its import ID has the form ${forms}.`,
    fix,
  });
}
