/** The methods of data sources. */
import { readDataSource } from "../server/data-source";
import type { Session } from "../server/session";
import { validateConfig } from "../server/validate";
import type * as message from "./generated/tfplugin6";
import { onlyDiagnostics, responsesOf } from "./respond";
import { requireValue, type ServedTypes } from "./served-types";

export function dataSourceMethods(session: Session, types: ServedTypes) {
  const { diagnosticMessages, respond } = responsesOf(session);
  return {
    validateDataResourceConfig: respond(onlyDiagnostics, async (request: message.ValidateDataResourceConfig_Request) => {
      const { source, codec } = types.dataSource(request.typeName);
      const config = requireValue(codec.decode(request.config));
      return onlyDiagnostics(diagnosticMessages(await validateConfig(session, source, config, { writeOnly: false })));
    }),

    readDataSource: respond(
      (diagnostics): message.ReadDataSource_Response => ({ state: undefined, diagnostics }),
      async (request: message.ReadDataSource_Request) => {
        const { source, codec } = types.dataSource(request.typeName);
        const { state, diagnostics } = await readDataSource(session, source, requireValue(codec.decode(request.config)));
        return { state: codec.encode(state), diagnostics: diagnosticMessages(diagnostics) };
      },
    ),
  };
}
