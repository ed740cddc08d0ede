/** One thin method per call of the protocol: decode, ask `server/`, encode. A failure is a diagnostic, never a gRPC error. */
import { error, type Diagnostic } from "../../diagnostics";
import { applyChange } from "../server/apply";
import { internal } from "../server/attempt";
import { configure, validateProvider } from "../server/configure";
import { readDataSource } from "../server/data-source";
import { importResource } from "../server/import";
import { refuseMove } from "../server/move";
import { planChange, planDelete } from "../server/plan";
import { readResource } from "../server/read";
import type { ServedDataSource, ServedResource, Session } from "../server/session";
import { upgradeState } from "../server/upgrade";
import { validateConfig } from "../server/validate";
import type { Attributes } from "../schema/attributes";
import { providerSchemas } from "../schema/to-json";
import type { ObjectValue } from "../schema/value";
import { diagnosticMessages, pathMessage } from "./diagnostic-message";
import * as message from "./generated/tfplugin6";
import { schemaMessage } from "./schema-message";
import { isNull, valueCodec, type ValueCodec } from "./value-codec";

/** Every call that this runtime answers, by the name of the protocol. */
export type Calls = ReturnType<typeof callsOf>;

const CAPABILITIES: message.ServerCapabilities = {
  planDestroy: true,
  getProviderSchemaOptional: true,
  moveResourceState: true,
  generateResourceConfig: false,
};

export function callsOf(session: Session) {
  const codecs = new Map<Attributes, ValueCodec>();
  const codecOf = (attributes: Attributes): ValueCodec => {
    const known = codecs.get(attributes);
    if (known !== undefined) return known;
    const made = valueCodec(attributes);
    codecs.set(attributes, made);
    return made;
  };
  const bound = (declaration: ServedResource) => ({ resource: declaration, codec: codecOf(declaration.attributes) });
  const withResource = <T>(type: string, run: (found: { resource: ServedResource; codec: ValueCodec }) => Promise<T>): Promise<T> => {
    const resource = session.resource(type);
    if (resource === undefined) throw new UnknownType(`resource type \`${type}\``);
    return run(bound(resource));
  };
  const dataSource = (type: string): ServedDataSource => {
    const found = session.dataSource(type);
    if (found === undefined) throw new UnknownType(`data source \`${type}\``);
    return found;
  };

  return {
    getMetadata: answering(message.GetMetadata_Response, async () => ({
      serverCapabilities: CAPABILITIES,
      resources: session.resourceNames().map((typeName) => ({ typeName })),
      dataSources: session.dataSourceNames().map((typeName) => ({ typeName })),
    })),

    getProviderSchema: answering(message.GetProviderSchema_Response, async () => {
      const schemas = providerSchemas(session.provider);
      const messages = (named: Parameters<typeof schemaMessage>[0] extends infer S ? Readonly<Record<string, S>> | undefined : never) =>
        Object.fromEntries(Object.entries(named ?? {}).map(([name, schema]) => [name, schemaMessage(schema)]));
      return {
        provider: schemaMessage(schemas.provider),
        resourceSchemas: messages(schemas.resource_schemas),
        dataSourceSchemas: messages(schemas.data_source_schemas),
        serverCapabilities: CAPABILITIES,
      };
    }),

    getResourceIdentitySchemas: answering(message.GetResourceIdentitySchemas_Response, async () => ({})),
    getFunctions: answering(message.GetFunctions_Response, async () => ({})),

    validateProviderConfig: answering(message.ValidateProviderConfig_Response, async (request: message.ValidateProviderConfig_Request) => {
      const config = codecOf(session.configAttributes).decode(request.config) ?? {};
      return { diagnostics: diagnosticMessages(await validateProvider(session, config)) };
    }),

    configureProvider: answering(message.ConfigureProvider_Response, async (request: message.ConfigureProvider_Request) => {
      const config = codecOf(session.configAttributes).decode(request.config) ?? {};
      return { diagnostics: diagnosticMessages(await configure(session, config, request.terraformVersion)) };
    }),

    stopProvider: async (): Promise<message.StopProvider_Response> => {
      session.stop();
      return message.StopProvider_Response.fromPartial({});
    },

    validateResourceConfig: answering(message.ValidateResourceConfig_Response, (request: message.ValidateResourceConfig_Request) =>
      withResource(request.typeName, async ({ resource, codec }) => {
        const writeOnly = request.clientCapabilities?.writeOnlyAttributesAllowed === true;
        return {
          diagnostics: diagnosticMessages(await validateConfig(session, resource, present(codec.decode(request.config)), { writeOnly })),
        };
      }),
    ),

    validateDataResourceConfig: answering(
      message.ValidateDataResourceConfig_Response,
      async (request: message.ValidateDataResourceConfig_Request) => {
        const source = dataSource(request.typeName);
        const config = present(codecOf(source.attributes).decode(request.config));
        return { diagnostics: diagnosticMessages(await validateConfig(session, source, config, { writeOnly: false })) };
      },
    ),

    upgradeResourceState: answering(message.UpgradeResourceState_Response, (request: message.UpgradeResourceState_Request) =>
      withResource(request.typeName, async ({ resource, codec }) => {
        const raw = request.rawState?.json;
        const json = raw === undefined || raw.length === 0 ? undefined : raw.toString("utf8");
        const { state, diagnostics } = await upgradeState(session, resource, { version: request.version, json });
        return { upgradedState: codec.encode(state), diagnostics: diagnosticMessages(diagnostics) };
      }),
    ),

    readResource: answering(message.ReadResource_Response, (request: message.ReadResource_Request) =>
      withResource(request.typeName, async ({ resource, codec }) => {
        const current = codec.decode(request.currentState);
        if (current === null) return { newState: codec.encode(null) };
        const { state, private: notes, diagnostics } = await readResource(session, resource, current, request.private);
        return { newState: codec.encode(state), private: Buffer.from(notes), diagnostics: diagnosticMessages(diagnostics) };
      }),
    ),

    planResourceChange: answering(message.PlanResourceChange_Response, (request: message.PlanResourceChange_Request) =>
      withResource(request.typeName, async ({ resource, codec }) => {
        const prior = codec.decode(request.priorState);
        const answer = isNull(request.proposedNewState)
          ? await planDelete(session, resource, present(prior), request.priorPrivate)
          : await planChange(session, resource, { prior, config: present(codec.decode(request.config)), private: request.priorPrivate });
        return {
          plannedState: codec.encode(answer.planned),
          requiresReplace: answer.requiresReplace.map(pathMessage),
          plannedPrivate: Buffer.from(answer.private),
          diagnostics: diagnosticMessages(answer.diagnostics),
        };
      }),
    ),

    applyResourceChange: answering(message.ApplyResourceChange_Response, (request: message.ApplyResourceChange_Request) =>
      withResource(request.typeName, async ({ resource, codec }) => {
        const answer = await applyChange(session, resource, {
          prior: codec.decode(request.priorState),
          planned: codec.decode(request.plannedState),
          config: codec.decode(request.config),
          private: request.plannedPrivate,
        });
        return {
          newState: codec.encode(answer.state),
          private: Buffer.from(answer.private),
          diagnostics: diagnosticMessages(answer.diagnostics),
        };
      }),
    ),

    importResourceState: answering(message.ImportResourceState_Response, (request: message.ImportResourceState_Request) =>
      withResource(request.typeName, async ({ resource, codec }) => {
        const { state, diagnostics } = await importResource(session, resource, request.id);
        const imported = state === null ? [] : [{ typeName: request.typeName, state: codec.encode(state), private: Buffer.alloc(0) }];
        return { importedResources: imported, diagnostics: diagnosticMessages(diagnostics) };
      }),
    ),

    moveResourceState: answering(message.MoveResourceState_Response, async (request: message.MoveResourceState_Request) => ({
      diagnostics: diagnosticMessages([
        refuseMove({
          sourceProvider: request.sourceProviderAddress,
          sourceType: request.sourceTypeName,
          targetType: request.targetTypeName,
        }),
      ]),
    })),

    readDataSource: answering(message.ReadDataSource_Response, async (request: message.ReadDataSource_Request) => {
      const source = dataSource(request.typeName);
      const codec = codecOf(source.attributes);
      const { state, diagnostics } = await readDataSource(session, source, present(codec.decode(request.config)));
      return { state: codec.encode(state), diagnostics: diagnosticMessages(diagnostics) };
    }),
  };
}

class UnknownType extends Error {}

/** Completes partial answers, and turns what `server/` could not catch (bytes that do not fit) into a diagnostic. */
function answering<Request, Response>(
  response: { fromPartial(partial: message.DeepPartial<Response>): Response },
  run: (request: Request) => Promise<message.DeepPartial<Response>>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return response.fromPartial(await run(request));
    } catch (thrown) {
      return response.fromPartial({ diagnostics: diagnosticMessages([unanswerable(thrown)]) } as message.DeepPartial<Response>);
    }
  };
}

function unanswerable(thrown: unknown): Diagnostic {
  if (thrown instanceof UnknownType) {
    return error("internal", {
      why: `The engine asked for the ${thrown.message}, which this provider does not have.`,
      fix: "Run `init -upgrade` so that the engine reads this version's schema, then try again.",
    });
  }
  return internal(`A message of the engine could not be processed: ${thrown instanceof Error ? thrown.message : "unknown reason"}`);
}

function present(value: ObjectValue | null): ObjectValue {
  if (value === null) throw new TypeError("a value is null where the protocol has one");
  return value;
}
