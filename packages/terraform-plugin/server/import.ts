/** ImportResourceState: converts an import ID to the attributes that `read` needs. All other attributes are null until `read` runs. */
import type { Diagnostic } from "../../diagnostics";
import { error } from "../catalog";
import { conform } from "../schema/conform";
import type { ObjectValue } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { mismatchErrors, runHandler } from "./run-handler";
import type { ServedResource, Session } from "./session";

export interface ImportResponse {
  /** Null only with an error. */
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

export async function importResource(session: Session, resource: ServedResource, id: string): Promise<ImportResponse> {
  const type = `${session.provider.name}_${resource.type}`;
  const diagnostics = new Diagnostics();
  if (id === "") {
    const fix = `Import it with an ID of the form \`${resource.importId.format}\`.`;
    diagnostics.add(error("import-id-invalid", { why: `The import ID of ${type} is empty.`, fix }));
    return { state: null, diagnostics: diagnostics.list };
  }
  const operation = { name: `import of ${type}`, secrets: () => [] };
  const result = await runHandler(session, diagnostics, operation, () => resource.importId.parse(id));
  if (!result.succeeded) return { state: null, diagnostics: diagnostics.list };
  const { value, mismatches } = conform(resource.attributes, result.value, { unknown: false, missing: true });
  diagnostics.add(...mismatchErrors(`state from the ${operation.name}`, mismatches));
  return { state: mismatches.length === 0 ? value : null, diagnostics: diagnostics.list };
}
