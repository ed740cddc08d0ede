/** One thin method per call of the protocol: decode, ask `server/`, encode. A failure is a diagnostic, never a gRPC error. */
import type { Attributes } from "../schema/attributes";
import { providerSchemas, type ProviderSchemasJson } from "../schema/to-json";
import type { ObjectValue } from "../schema/value";
import { applyChange } from "../server/apply";
import { configure, validateProvider } from "../server/configure";
import { readDataSource } from "../server/data-source";
import { importResource } from "../server/import";
import { refuseMove } from "../server/move";
import { planChange, planDelete } from "../server/plan";
import { readResource } from "../server/read";
import type { Session } from "../server/session";
import { upgradeState } from "../server/upgrade";
import { validateConfig } from "../server/validate";
import { diagnosticMessages, pathMessage, unanswerable, UnknownType } from "./diagnostic-message";
import type * as message from "./generated/tfplugin6";
import { schemaMessage } from "./schema-message";
import { isNull, valueCodec, type ValueCodec } from "./value-codec";

/** The calls that this runtime answers, by the names of the protocol. */
export type Calls = {
  readonly [Name in keyof message.ProviderServer as Name extends string ? Name : never]: (request: never) => Promise<unknown>;
};

const CAPABILITIES: message.ServerCapabilities = {
  planDestroy: true,
  getProviderSchemaOptional: true,
  moveResourceState: true,
  generateResourceConfig: false,
};

const NO_BYTES = Buffer.alloc(0);

type Messages = message.Diagnostic[];

export function callsOf(session: Session): Calls {
  const codecs = new Map<Attributes, ValueCodec>();
  const codecOf = (attributes: Attributes): ValueCodec => {
    const known = codecs.get(attributes);
    if (known !== undefined) return known;
    const made = valueCodec(attributes);
    codecs.set(attributes, made);
    return made;
  };
  const resourceOf = (type: string) => {
    const resource = session.resource(type);
    if (resource === undefined) throw new UnknownType(`resource type \`${type}\``);
    return { resource, codec: codecOf(resource.attributes) };
  };
  const dataSourceOf = (type: string) => {
    const source = session.dataSource(type);
    if (source === undefined) throw new UnknownType(`data source \`${type}\``);
    return { source, codec: codecOf(source.attributes) };
  };
  const providerConfig = (value: message.DynamicValue | undefined) => codecOf(session.configAttributes).decode(value) ?? {};

  return {
    getMetadata: immediately((): message.GetMetadata_Response => ({
      serverCapabilities: CAPABILITIES,
      resources: session.resourceNames().map((typeName) => ({ typeName })),
      dataSources: session.dataSourceNames().map((typeName) => ({ typeName })),
      diagnostics: [],
    })),

    getProviderSchema: immediately((): message.GetProviderSchema_Response => {
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

    getResourceIdentitySchemas: immediately((): message.GetResourceIdentitySchemas_Response => ({
      identitySchemas: {},
      diagnostics: [],
    })),

    getFunctions: immediately((): message.GetFunctions_Response => ({ functions: {}, diagnostics: [] })),

    validateProviderConfig: answering(onlyDiagnostics, async ({ config }: message.ValidateProviderConfig_Request) =>
      onlyDiagnostics(diagnosticMessages(await validateProvider(session, providerConfig(config)))),
    ),

    configureProvider: answering(onlyDiagnostics, async ({ config, terraformVersion }: message.ConfigureProvider_Request) =>
      onlyDiagnostics(diagnosticMessages(await configure(session, providerConfig(config), terraformVersion))),
    ),

    stopProvider: immediately((): message.StopProvider_Response => {
      session.stop();
      return { Error: "" };
    }),

    validateResourceConfig: answering(onlyDiagnostics, async (request: message.ValidateResourceConfig_Request) => {
      const { resource, codec } = resourceOf(request.typeName);
      const writeOnly = request.clientCapabilities?.writeOnlyAttributesAllowed === true;
      return onlyDiagnostics(
        diagnosticMessages(await validateConfig(session, resource, present(codec.decode(request.config)), { writeOnly })),
      );
    }),

    validateDataResourceConfig: answering(onlyDiagnostics, async (request: message.ValidateDataResourceConfig_Request) => {
      const { source, codec } = dataSourceOf(request.typeName);
      const config = present(codec.decode(request.config));
      return onlyDiagnostics(diagnosticMessages(await validateConfig(session, source, config, { writeOnly: false })));
    }),

    upgradeResourceState: answering(
      (diagnostics): message.UpgradeResourceState_Response => ({ upgradedState: undefined, diagnostics }),
      async (request: message.UpgradeResourceState_Request) => {
        const { resource, codec } = resourceOf(request.typeName);
        const raw = request.rawState?.json;
        const json = raw === undefined || raw.length === 0 ? undefined : raw.toString("utf8");
        const { state, diagnostics } = await upgradeState(session, resource, { version: request.version, json });
        return { upgradedState: codec.encode(state), diagnostics: diagnosticMessages(diagnostics) };
      },
    ),

    readResource: answering(
      (diagnostics, request): message.ReadResource_Response => ({ newState: request.currentState, private: request.private, diagnostics }),
      async (request: message.ReadResource_Request) => {
        const { resource, codec } = resourceOf(request.typeName);
        const current = present(codec.decode(request.currentState));
        const { state, private: notes, diagnostics } = await readResource(session, resource, current, request.private);
        return { newState: codec.encode(state), private: buffer(notes), diagnostics: diagnosticMessages(diagnostics) };
      },
    ),

    planResourceChange: answering(
      (diagnostics, request): message.PlanResourceChange_Response => ({
        plannedState: request.priorState,
        requiresReplace: [],
        plannedPrivate: request.priorPrivate,
        diagnostics,
      }),
      async (request: message.PlanResourceChange_Request) => {
        const { resource, codec } = resourceOf(request.typeName);
        const prior = codec.decode(request.priorState);
        const answer = isNull(request.proposedNewState)
          ? await planDelete(session, resource, present(prior), request.priorPrivate)
          : await planChange(session, resource, { prior, config: present(codec.decode(request.config)), private: request.priorPrivate });
        return {
          plannedState: codec.encode(answer.planned),
          requiresReplace: answer.requiresReplace.map(pathMessage),
          plannedPrivate: buffer(answer.private),
          diagnostics: diagnosticMessages(answer.diagnostics),
        };
      },
    ),

    applyResourceChange: answering(
      (diagnostics): message.ApplyResourceChange_Response => ({ newState: undefined, private: NO_BYTES, diagnostics }),
      async (request: message.ApplyResourceChange_Request) => {
        const { resource, codec } = resourceOf(request.typeName);
        const answer = await applyChange(session, resource, {
          prior: codec.decode(request.priorState),
          planned: codec.decode(request.plannedState),
          config: codec.decode(request.config),
          private: request.plannedPrivate,
        });
        return {
          newState: codec.encode(answer.state),
          private: buffer(answer.private),
          diagnostics: diagnosticMessages(answer.diagnostics),
        };
      },
    ),

    importResourceState: answering(
      (diagnostics): message.ImportResourceState_Response => ({ importedResources: [], diagnostics }),
      async ({ typeName, id }: message.ImportResourceState_Request) => {
        const { resource, codec } = resourceOf(typeName);
        const { state, diagnostics } = await importResource(session, resource, id);
        const importedResources = state === null ? [] : [{ typeName, state: codec.encode(state), private: NO_BYTES }];
        return { importedResources, diagnostics: diagnosticMessages(diagnostics) };
      },
    ),

    moveResourceState: immediately((request: message.MoveResourceState_Request): message.MoveResourceState_Response => ({
      targetState: undefined,
      targetPrivate: NO_BYTES,
      diagnostics: diagnosticMessages([
        refuseMove({
          sourceProvider: request.sourceProviderAddress,
          sourceType: request.sourceTypeName,
          targetType: request.targetTypeName,
        }),
      ]),
    })),

    readDataSource: answering(
      (diagnostics): message.ReadDataSource_Response => ({ state: undefined, diagnostics }),
      async (request: message.ReadDataSource_Request) => {
        const { source, codec } = dataSourceOf(request.typeName);
        const { state, diagnostics } = await readDataSource(session, source, present(codec.decode(request.config)));
        return { state: codec.encode(state), diagnostics: diagnosticMessages(diagnostics) };
      },
    ),
  };
}

/** Turns what `server/` could not catch (bytes that do not fit the schema, a type that is not there) into a diagnostic. */
function answering<Request, Response>(
  refuse: (diagnostics: Messages, request: Request) => Response,
  run: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await run(request);
    } catch (thrown) {
      return refuse(diagnosticMessages([unanswerable(thrown)]), request);
    }
  };
}

/** For calls that have nothing to wait for. */
function immediately<Request, Response>(run: (request: Request) => Response): (request: Request) => Promise<Response> {
  return (request) => Promise.resolve(run(request));
}

function onlyDiagnostics(diagnostics: Messages): { diagnostics: Messages } {
  return { diagnostics };
}

function schemaMessages(schemas: ProviderSchemasJson["resource_schemas"]): Record<string, message.Schema> {
  return Object.fromEntries(Object.entries(schemas ?? {}).map(([name, schema]) => [name, schemaMessage(schema)]));
}

function present(value: ObjectValue | null): ObjectValue {
  if (value === null) throw new TypeError("a value is null where the protocol has one");
  return value;
}

function buffer(view: Uint8Array): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}
