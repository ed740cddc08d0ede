/** ReadResource: the current state of an object, or null if the object no longer exists. */
import type { Diagnostic } from "../../diagnostics";
import { gone } from "../resource";
import { conform } from "../schema/conform";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { JsonPrivateState } from "./private-state";
import { mismatchErrors, runHandler } from "./run-handler";
import type { ServedResource, Session } from "./session";
import { stateView } from "./views";

export interface ReadRequest {
  readonly state: ObjectValue;
  readonly private: Uint8Array;
}

export interface ReadResponse {
  readonly state: ObjectValue | null;
  readonly private: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** After any error, the state stays unchanged: if it were null, the engine would create the object again. */
export async function readResource(session: Session, resource: ServedResource, request: ReadRequest): Promise<ReadResponse> {
  const { attributes } = resource;
  const diagnostics = new Diagnostics();
  const unchanged = () => ({ ...request, diagnostics: diagnostics.list });
  const context = session.handlerContext(diagnostics);
  if (context === undefined) return unchanged();
  const privateState = new JsonPrivateState(request.private);
  const operation = { name: `read of ${session.provider.name}_${resource.type}`, secrets: () => secretsIn(attributes, request.state) };
  const result = await runHandler(session, diagnostics, operation, () =>
    resource.read({ ...context, state: stateView(attributes, request.state), privateState }),
  );
  if (!result.succeeded || diagnostics.hasErrors) return unchanged();
  if (result.value === gone) return { state: null, private: new Uint8Array(), diagnostics: diagnostics.list };
  const { value, mismatches } = conform(attributes, result.value, { unknown: false, missing: false });
  if (mismatches.length === 0) return { state: value, private: privateState.bytes(), diagnostics: diagnostics.list };
  diagnostics.add(...mismatchErrors(`result of the ${operation.name}`, mismatches));
  return unchanged();
}
