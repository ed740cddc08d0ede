/** ReadDataSource: reads the attributes of a data source. */
import type { Diagnostic } from "../../diagnostics";
import { conform } from "../schema/conform";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { mismatchErrors, runHandler } from "./run-handler";
import type { ServedDataSource, Session } from "./session";
import { configView } from "./views";

export interface DataSourceResponse {
  /** Null only with an error. */
  readonly state: ObjectValue | null;
  readonly diagnostics: readonly Diagnostic[];
}

export async function readDataSource(session: Session, source: ServedDataSource, config: ObjectValue): Promise<DataSourceResponse> {
  const { attributes } = source;
  const diagnostics = new Diagnostics();
  const context = session.handlerContext(diagnostics);
  if (context === undefined) return { state: null, diagnostics: diagnostics.list };
  const operation = { name: `read of data.${session.provider.name}_${source.type}`, secrets: () => secretsIn(attributes, config) };
  const result = await runHandler(session, diagnostics, operation, () =>
    source.read({ ...context, config: configView(attributes, config) }),
  );
  if (!result.succeeded || diagnostics.hasErrors) return { state: null, diagnostics: diagnostics.list };
  const { value, mismatches } = conform(attributes, result.value, { unknown: false, missing: false });
  diagnostics.add(...mismatchErrors(`result of the ${operation.name}`, mismatches));
  return { state: mismatches.length === 0 ? value : null, diagnostics: diagnostics.list };
}
