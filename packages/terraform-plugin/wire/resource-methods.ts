/** The methods of managed resources. */
import { applyChange } from "../server/apply";
import { importResource } from "../server/import";
import { moveState } from "../server/move";
import { planChange, planDelete } from "../server/plan";
import { readResource } from "../server/read";
import type { Session } from "../server/session";
import { upgradeIdentity, upgradeState } from "../server/upgrade";
import { validateConfig } from "../server/validate";
import { pathMessage } from "./diagnostic-message";
import type * as message from "./generated/tfplugin6";
import { onlyDiagnostics, responsesOf } from "./respond";
import { requireValue, type ServedTypes } from "./served-types";
import { isNull, toBuffer } from "./value-codec";

const NO_BYTES = Buffer.alloc(0);

export function resourceMethods(session: Session, types: ServedTypes) {
  return {
    validateResourceConfig: validateMethod(session, types),
    upgradeResourceState: upgradeMethod(session, types),
    upgradeResourceIdentity: upgradeIdentityMethod(session, types),
    readResource: readMethod(session, types),
    planResourceChange: planMethod(session, types),
    applyResourceChange: applyMethod(session, types),
    importResourceState: importMethod(session, types),
    moveResourceState: moveMethod(session, types),
  };
}

function validateMethod(session: Session, types: ServedTypes) {
  const { diagnosticMessages, respond } = responsesOf(session);
  return respond(onlyDiagnostics, async (request: message.ValidateResourceConfig_Request) => {
    const { resource, codec } = types.resource(request.typeName);
    const config = requireValue(codec.decode(request.config));
    const writeOnly = request.clientCapabilities?.writeOnlyAttributesAllowed === true;
    return onlyDiagnostics(diagnosticMessages(await validateConfig(session, resource, config, { writeOnly })));
  });
}

function upgradeMethod(session: Session, types: ServedTypes) {
  const { diagnosticMessages, respond } = responsesOf(session);
  return respond(
    (diagnostics): message.UpgradeResourceState_Response => ({ upgradedState: undefined, diagnostics }),
    async (request: message.UpgradeResourceState_Request) => {
      const { resource, codec } = types.resource(request.typeName);
      const json = jsonText(request.rawState);
      const { state, diagnostics } = await upgradeState(session, resource, { version: request.version, json });
      return { upgradedState: codec.encode(state), diagnostics: diagnosticMessages(diagnostics) };
    },
  );
}

function upgradeIdentityMethod(session: Session, types: ServedTypes) {
  const { respond } = responsesOf(session);
  return respond(
    (diagnostics): message.UpgradeResourceIdentity_Response => ({ upgradedIdentity: undefined, diagnostics }),
    ({ typeName, rawIdentity }: message.UpgradeResourceIdentity_Request) => {
      const { resource, identity } = types.resource(typeName);
      return Promise.resolve({ upgradedIdentity: identity.encode(upgradeIdentity(resource, jsonText(rawIdentity))), diagnostics: [] });
    },
  );
}

function jsonText(raw: message.RawState | undefined): string | undefined {
  return raw === undefined || raw.json.length === 0 ? undefined : raw.json.toString("utf8");
}

function readMethod(session: Session, types: ServedTypes) {
  const { diagnosticMessages, respond } = responsesOf(session);
  return respond(
    (diagnostics, request): message.ReadResource_Response => ({
      newState: request.currentState,
      private: request.private,
      newIdentity: request.currentIdentity,
      diagnostics,
    }),
    async (request: message.ReadResource_Request) => {
      const { resource, codec, identity } = types.resource(request.typeName);
      const state = requireValue(codec.decode(request.currentState));
      const response = await readResource(session, resource, { state, private: request.private });
      return {
        newState: codec.encode(response.state),
        private: toBuffer(response.private),
        newIdentity: identity.encodeFrom(response.state),
        diagnostics: diagnosticMessages(response.diagnostics),
      };
    },
  );
}

function planMethod(session: Session, types: ServedTypes) {
  const { diagnosticMessages, respond } = responsesOf(session);
  return respond(
    (diagnostics, request): message.PlanResourceChange_Response => ({
      plannedState: request.priorState,
      requiresReplace: [],
      plannedPrivate: request.priorPrivate,
      plannedIdentity: request.priorIdentity,
      legacyTypeSystem: false,
      diagnostics,
    }),
    async (request: message.PlanResourceChange_Request) => {
      const { resource, codec, identity } = types.resource(request.typeName);
      const prior = codec.decode(request.priorState);
      const response = isNull(request.proposedNewState)
        ? await planDelete(session, resource, requireValue(prior), request.priorPrivate)
        : await planChange(session, resource, {
            prior,
            config: requireValue(codec.decode(request.config)),
            private: request.priorPrivate,
            // Terraform allows deferrals in every request of an apply, and in no other.
            applying: request.clientCapabilities?.deferralAllowed === true,
          });
      return {
        plannedState: codec.encode(response.planned),
        requiresReplace: response.requiresReplace.map(pathMessage),
        plannedPrivate: toBuffer(response.private),
        plannedIdentity: identity.encode(response.identity),
        legacyTypeSystem: resource.legacyTypeSystem === true,
        diagnostics: diagnosticMessages(response.diagnostics),
      };
    },
  );
}

function applyMethod(session: Session, types: ServedTypes) {
  const { diagnosticMessages, respond } = responsesOf(session);
  return respond(
    (diagnostics): message.ApplyResourceChange_Response => ({
      newState: undefined,
      private: NO_BYTES,
      newIdentity: undefined,
      legacyTypeSystem: false,
      diagnostics,
    }),
    async (request: message.ApplyResourceChange_Request) => {
      const { resource, codec, identity } = types.resource(request.typeName);
      const response = await applyChange(session, resource, {
        prior: codec.decode(request.priorState),
        planned: codec.decode(request.plannedState),
        config: codec.decode(request.config),
        private: request.plannedPrivate,
      });
      return {
        newState: codec.encode(response.state),
        private: toBuffer(response.private),
        newIdentity: identity.encodeFrom(response.state),
        legacyTypeSystem: resource.legacyTypeSystem === true,
        diagnostics: diagnosticMessages(response.diagnostics),
      };
    },
  );
}

function importMethod(session: Session, types: ServedTypes) {
  const { diagnosticMessages, respond } = responsesOf(session);
  return respond(
    (diagnostics): message.ImportResourceState_Response => ({ importedResources: [], diagnostics }),
    async ({ typeName, id, identity: given }: message.ImportResourceState_Request) => {
      const { resource, codec, identity } = types.resource(typeName);
      const values = identity.decode(given);
      const imported = await importResource(session, resource, values === undefined ? { id } : { identity: values });
      const diagnostics = diagnosticMessages(imported.diagnostics);
      if (imported.state === null) return { importedResources: [], diagnostics };
      const state = codec.encode(imported.state);
      return { importedResources: [{ typeName, state, private: NO_BYTES, identity: identity.encode(imported.identity) }], diagnostics };
    },
  );
}

/** The private state of the source belongs to another provider. The new object starts without any. */
function moveMethod(session: Session, types: ServedTypes) {
  const { diagnosticMessages, respond } = responsesOf(session);
  return respond(
    (diagnostics): message.MoveResourceState_Response => ({
      targetState: undefined,
      targetPrivate: NO_BYTES,
      targetIdentity: undefined,
      diagnostics,
    }),
    async (request: message.MoveResourceState_Request) => {
      const { resource, codec, identity } = types.resource(request.targetTypeName);
      const { state, diagnostics } = await moveState(session, resource, {
        sourceProvider: request.sourceProviderAddress,
        sourceType: request.sourceTypeName,
        sourceVersion: request.sourceSchemaVersion,
        json: jsonText(request.sourceState),
      });
      return {
        targetState: state === null ? undefined : codec.encode(state),
        targetPrivate: NO_BYTES,
        targetIdentity: identity.encodeFrom(state),
        diagnostics: diagnosticMessages(diagnostics),
      };
    },
  );
}
