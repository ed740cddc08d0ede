/** The methods of the provider itself: its schema, its configuration, and its stop. */
import { providerSchemas, type ProviderSchemasJson } from "../schema/to-json";
import { configureProvider, validateProvider } from "../server/configure";
import type { Session } from "../server/session";
import type * as message from "./generated/tfplugin6";
import { identitySchemaMessage } from "./identity-message";
import { onlyDiagnostics, respondNow, responsesOf } from "./respond";
import { schemaMessage } from "./schema-message";
import type { ServedTypes } from "./served-types";

const CAPABILITIES: message.ServerCapabilities = {
  planDestroy: true,
  getProviderSchemaOptional: true,
  moveResourceState: true,
  generateResourceConfig: false,
};

/** What the engine reads before it configures the provider. */
export function schemaMethods(session: Session) {
  return {
    getMetadata: respondNow((): message.GetMetadata_Response => ({
      serverCapabilities: CAPABILITIES,
      resources: session.resourceTypes().map((typeName) => ({ typeName })),
      dataSources: session.dataSourceTypes().map((typeName) => ({ typeName })),
      diagnostics: [],
    })),

    getProviderSchema: respondNow((): message.GetProviderSchema_Response => {
      const schemas = providerSchemas(session.provider);
      return {
        provider: schemaMessage(schemas.provider),
        resourceSchemas: schemaMessages(schemas.resource_schemas),
        dataSourceSchemas: schemaMessages(schemas.data_source_schemas),
        serverCapabilities: CAPABILITIES,
        providerMeta: undefined,
        diagnostics: [],
      };
    }),

    getResourceIdentitySchemas: respondNow((): message.GetResourceIdentitySchemas_Response => {
      const schemas = session.resourceTypes().flatMap((type) => {
        const resource = session.resource(type);
        return resource === undefined || resource.legacyTypeSystem === true ? [] : [[type, identitySchemaMessage(resource)] as const];
      });
      return { identitySchemas: Object.fromEntries(schemas), diagnostics: [] };
    }),

    getFunctions: respondNow((): message.GetFunctions_Response => ({ functions: {}, diagnostics: [] })),
  };
}

export function providerMethods(session: Session, types: ServedTypes) {
  const { diagnosticMessages, respond } = responsesOf(session);
  return {
    validateProviderConfig: respond(onlyDiagnostics, async ({ config }: message.ValidateProviderConfig_Request) =>
      onlyDiagnostics(diagnosticMessages(await validateProvider(session, types.providerConfig(config)))),
    ),

    configureProvider: respond(onlyDiagnostics, async ({ config, terraformVersion }: message.ConfigureProvider_Request) =>
      onlyDiagnostics(diagnosticMessages(await configureProvider(session, types.providerConfig(config), terraformVersion))),
    ),

    stopProvider: respondNow((): message.StopProvider_Response => {
      session.stop();
      return { Error: "" };
    }),
  };
}

function schemaMessages(schemas: ProviderSchemasJson["resource_schemas"]): Record<string, message.Schema> {
  return Object.fromEntries(Object.entries(schemas ?? {}).map(([name, schema]) => [name, schemaMessage(schema)]));
}
