/** ValidateResourceConfig and ValidateDataResourceConfig: first the rules of the schema, then the declaration's `validate`. */
import type { Diagnostic } from "../../diagnostics";
import { checkConfig, type CheckOptions } from "../schema/check";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { runHandler } from "./run-handler";
import type { ServedDataSource, ServedResource, Session } from "./session";

export async function validateConfig(
  session: Session,
  declaration: ServedResource | ServedDataSource,
  config: ObjectValue,
  options: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics();
  diagnostics.add(...checkConfig(declaration.attributes, config, options));
  if (diagnostics.hasErrors || declaration.validate === undefined) return diagnostics.list;
  const operation = {
    name: `validation of ${session.provider.name}_${declaration.type}`,
    secrets: () => secretsIn(declaration.attributes, config),
  };
  await runHandler(session, diagnostics, operation, () => declaration.validate?.({ config, report: diagnostics }));
  return diagnostics.list;
}
