/** A small engine inside the test process. It makes calls in the same order as real engines, and enforces the same rules. */
import type { AnyProvider, Log } from "../index";
import { Session } from "../server/session";
import * as message from "../wire/generated/tfplugin6";
import { rpcMethods } from "../wire/rpc";
import { clientService } from "./client-service";
import {
  changedAttributes,
  isObject,
  planErrors,
  proposedState,
  resultErrors,
  unstorableAttributes,
  type EngineObject,
  type EngineValue,
} from "./engine-checks";
import { completeConfig, decodeValue, encodeValue, NO_BYTES } from "./engine-values";

export const silentLog: Log = { includes: () => false, debug: () => undefined, info: () => undefined, warn: () => undefined };

/** One object in the state file. */
export interface StoredObject {
  readonly value: EngineObject;
  readonly private: Buffer;
  readonly tainted: boolean;
}

export interface PlannedChange {
  readonly action: "create" | "update" | "replace" | "delete" | "no-op";
  readonly value: EngineObject | null;
  readonly private: Buffer;
  readonly replacePaths: readonly string[];
  readonly warnings: readonly string[];
}

/** Thrown for error diagnostics, and if the runtime breaks a rule of engines. */
export class EngineError extends Error {
  readonly diagnostics: readonly string[];
  /** The object in the state file after a failed apply. */
  readonly state: StoredObject | null;

  constructor(diagnostics: readonly string[], state: StoredObject | null = null) {
    super(diagnostics.join("\n"));
    this.diagnostics = diagnostics;
    this.state = state;
  }
}

const service = clientService(message.ProviderDefinition);

type Method = keyof message.ProviderDefinition["methods"];

/** One engine with one provider. */
export class TestEngine {
  readonly session: Session;
  writeOnlyArguments = true;
  readonly #methods;
  #schemas: message.GetProviderSchema_Response | undefined;

  constructor(provider: AnyProvider, log: Log = silentLog) {
    this.session = new Session(provider, log);
    this.#methods = rpcMethods(this.session) as unknown as Record<string, (request: unknown) => Promise<unknown>>;
  }

  /** Makes one call. Serializes request and response to bytes and back. */
  async call<Response>(method: Method, request: object): Promise<Response> {
    const types = service[method];
    if (types === undefined) throw new Error(`The protocol does not have the method ${method}.`);
    const received: unknown = types.requestDeserialize(types.requestSerialize(request));
    const response = await this.#methods[method]?.(received);
    return types.responseDeserialize(types.responseSerialize(response)) as Response;
  }

  async configure(config: Record<string, EngineValue> = {}): Promise<readonly string[]> {
    const { provider } = await this.#schema();
    const blocks = (provider?.block?.blockTypes ?? []).map(({ typeName }) => [typeName, null] as const);
    const fullConfig = { ...Object.fromEntries(blocks), ...completeConfig(provider?.block?.attributes ?? [], config), ...config };
    const { diagnostics } = await this.call<message.ConfigureProvider_Response>("configureProvider", {
      terraformVersion: "1.11.4",
      config: encodeValue(fullConfig),
      clientCapabilities: undefined,
    });
    return warningsIn(diagnostics);
  }

  async validate(type: string, config: Record<string, EngineValue>): Promise<readonly string[]> {
    const clientCapabilities = { deferralAllowed: false, writeOnlyAttributesAllowed: this.writeOnlyArguments };
    const { diagnostics } = await this.call<message.ValidateResourceConfig_Response>("validateResourceConfig", {
      typeName: type,
      config: encodeValue(completeConfig(await this.#attributes(type), config)),
      clientCapabilities,
    });
    return warningsIn(diagnostics);
  }

  /** Upgrades and reads, as engines do before every plan. Null if the object no longer exists. */
  async refresh(
    type: string,
    stored: StoredObject,
    version = 0,
  ): Promise<{ readonly stored: StoredObject | null; readonly warnings: readonly string[] }> {
    const attributes = await this.#attributes(type);
    const rawState = { json: Buffer.from(JSON.stringify(stored.value)), flatmap: {} };
    const upgraded = await this.call<message.UpgradeResourceState_Response>("upgradeResourceState", { typeName: type, version, rawState });
    warningsIn(upgraded.diagnostics);
    const request = { typeName: type, currentState: upgraded.upgradedState, private: stored.private };
    const response = await this.call<message.ReadResource_Response>("readResource", request);
    const warnings = warningsIn(response.diagnostics);
    const value = decodeObject(response.newState, attributes);
    if (value === null) return { stored: null, warnings };
    throwIfAny(unstorableAttributes(attributes, value).map((name) => `${name} cannot be stored after read`));
    return { stored: { value, private: response.private, tainted: stored.tainted }, warnings };
  }

  async plan(type: string, config: Record<string, EngineValue> | null, stored: StoredObject | null): Promise<PlannedChange> {
    if (config === null) return this.#planDelete(type, stored);
    const attributes = await this.#attributes(type);
    const fullConfig = completeConfig(attributes, config);
    const prior = stored === null || stored.tainted ? null : stored;
    const warnings = [...(await this.validate(type, config))];
    const response = await this.#callPlan(type, fullConfig, prior?.value ?? null, prior?.private ?? NO_BYTES);
    warnings.push(...warningsIn(response.diagnostics));
    const value = plannedValue(response, attributes);
    throwIfAny(planErrors(attributes, fullConfig, prior?.value ?? null, value));
    if (prior === null) {
      const action = stored === null ? "create" : "replace";
      return { action, value, private: response.plannedPrivate, replacePaths: [], warnings };
    }
    const changed = changedAttributes(attributes, prior.value, value);
    const replacePaths = response.requiresReplace.map(formatPath);
    const unknownPath = replacePaths.find((path) => !attributes.some(({ name }) => name === firstStep(path)));
    if (unknownPath !== undefined) throw new EngineError([`requires_replace names ${unknownPath}, which does not exist`]);
    if (!replacePaths.some((path) => changed.includes(firstStep(path)))) {
      return { action: changed.length === 0 ? "no-op" : "update", value, private: response.plannedPrivate, replacePaths, warnings };
    }
    const create = await this.#callPlan(type, fullConfig, null, response.plannedPrivate);
    warningsIn(create.diagnostics);
    return { action: "replace", value: plannedValue(create, attributes), private: create.plannedPrivate, replacePaths, warnings };
  }

  /** Plans again with the values that are known now, as engines do during apply, then applies. */
  async apply(
    type: string,
    config: Record<string, EngineValue> | null,
    stored: StoredObject | null,
    plan: PlannedChange,
    createFirst = false,
  ): Promise<StoredObject | null> {
    if (plan.action === "no-op") return stored;
    if (plan.action === "delete") return this.#applyDelete(type, stored, stored?.private ?? NO_BYTES);
    const replacing = plan.action === "replace";
    if (replacing && !createFirst) await this.#applyDelete(type, stored, plan.private);
    const created = await this.#applyChange(type, config ?? {}, replacing ? null : stored, plan);
    if (replacing && createFirst) await this.#applyDelete(type, stored, stored?.private ?? NO_BYTES);
    return created;
  }

  async import(type: string, id: string): Promise<StoredObject> {
    const response = await this.call<message.ImportResourceState_Response>("importResourceState", {
      typeName: type,
      id,
      identity: undefined,
    });
    warningsIn(response.diagnostics);
    const [imported] = response.importedResources;
    const value = decodeObject(imported?.state, await this.#attributes(type));
    if (value === null || imported === undefined) throw new EngineError(["import returned no resources"]);
    const { stored } = await this.refresh(type, { value, private: imported.private, tainted: false });
    if (stored === null) throw new EngineError(["cannot import non-existent remote object"]);
    return stored;
  }

  async readData(type: string, config: Record<string, EngineValue>): Promise<EngineObject> {
    const attributes = (await this.#schema()).dataSourceSchemas[type]?.block?.attributes ?? [];
    const request = { typeName: type, config: encodeValue(completeConfig(attributes, config)) };
    const validated = await this.call<message.ValidateDataResourceConfig_Response>("validateDataResourceConfig", request);
    warningsIn(validated.diagnostics);
    const response = await this.call<message.ReadDataSource_Response>("readDataSource", request);
    warningsIn(response.diagnostics);
    const state = decodeObject(response.state, attributes);
    if (state === null) throw new EngineError(["provider produced null object"]);
    throwIfAny(unstorableAttributes(attributes, state));
    return state;
  }

  async #schema(): Promise<message.GetProviderSchema_Response> {
    return (this.#schemas ??= await this.call<message.GetProviderSchema_Response>("getProviderSchema", {}));
  }

  async #attributes(type: string): Promise<readonly message.Schema_Attribute[]> {
    const attributes = (await this.#schema()).resourceSchemas[type]?.block?.attributes;
    if (attributes === undefined) throw new Error(`no schema of ${type}`);
    return attributes;
  }

  async #callPlan(
    type: string,
    config: EngineObject,
    prior: EngineObject | null,
    priorPrivate: Buffer,
  ): Promise<message.PlanResourceChange_Response> {
    return this.call<message.PlanResourceChange_Response>("planResourceChange", {
      typeName: type,
      priorState: encodeValue(prior),
      proposedNewState: encodeValue(proposedState(await this.#attributes(type), config, prior)),
      config: encodeValue(config),
      priorPrivate,
      clientCapabilities: undefined,
    });
  }

  async #planDelete(type: string, stored: StoredObject | null): Promise<PlannedChange> {
    const response = await this.call<message.PlanResourceChange_Response>("planResourceChange", {
      typeName: type,
      priorState: encodeValue(stored?.value ?? null),
      proposedNewState: encodeValue(null),
      config: encodeValue(null),
      priorPrivate: stored?.private ?? NO_BYTES,
      clientCapabilities: undefined,
    });
    const warnings = warningsIn(response.diagnostics);
    if (decodeValue(response.plannedState) !== null) throw new EngineError(["planned a non-null destroy value"]);
    return { action: "delete", value: null, private: response.plannedPrivate, replacePaths: [], warnings };
  }

  async #applyChange(
    type: string,
    config: Record<string, EngineValue>,
    prior: StoredObject | null,
    plan: PlannedChange,
  ): Promise<StoredObject> {
    const attributes = await this.#attributes(type);
    const fullConfig = completeConfig(attributes, config);
    await this.validate(type, config);
    const finalPlan = await this.#callPlan(type, fullConfig, prior?.value ?? null, prior?.private ?? NO_BYTES);
    warningsIn(finalPlan.diagnostics);
    const planned = plannedValue(finalPlan, attributes);
    throwIfAny(resultErrors(attributes, plan.value ?? {}, planned).map((text) => `inconsistent final plan: ${text}`));
    const response = await this.call<message.ApplyResourceChange_Response>("applyResourceChange", {
      typeName: type,
      priorState: encodeValue(prior?.value ?? null),
      plannedState: encodeValue(planned),
      config: encodeValue(fullConfig),
      plannedPrivate: finalPlan.plannedPrivate,
    });
    const value = decodeObject(response.newState, attributes);
    const errors = errorsIn(response.diagnostics);
    if (errors.length > 0) {
      throw new EngineError(errors, value === null ? prior : { value, private: response.private, tainted: prior === null });
    }
    if (value === null) throw new EngineError(["no object after apply"]);
    throwIfAny(unstorableAttributes(attributes, value).map((name) => `${name} cannot be stored after apply`));
    throwIfAny(resultErrors(attributes, planned, value).map((text) => `inconsistent result: ${text}`));
    return { value, private: response.private, tainted: false };
  }

  async #applyDelete(type: string, stored: StoredObject | null, plannedPrivate: Buffer): Promise<null> {
    const response = await this.call<message.ApplyResourceChange_Response>("applyResourceChange", {
      typeName: type,
      priorState: encodeValue(stored?.value ?? null),
      plannedState: encodeValue(null),
      config: encodeValue(null),
      plannedPrivate,
    });
    const errors = errorsIn(response.diagnostics);
    if (errors.length > 0) throw new EngineError(errors, stored);
    if (decodeValue(response.newState) !== null) throw new EngineError(["destroying should always produce a null value"]);
    return null;
  }
}

function plannedValue(response: message.PlanResourceChange_Response, attributes: readonly message.Schema_Attribute[]): EngineObject {
  const value = decodeObject(response.plannedState, attributes);
  if (value === null) throw new EngineError(["planned for absence but config wants existence"]);
  return value;
}

function decodeObject(value: message.DynamicValue | undefined, attributes: readonly message.Schema_Attribute[]): EngineObject | null {
  const decoded = decodeValue(value, attributes);
  if (decoded !== null && !isObject(decoded)) throw new EngineError(["the runtime returned a value that is not an object"]);
  return decoded;
}

function formatPath(path: message.AttributePath): string {
  return path.steps.map((step) => step.attributeName ?? String(step.elementKeyInt)).join(".");
}

function firstStep(path: string): string {
  return path.split(".")[0] ?? "";
}

/** Returns `<code> at <path>: <first line of the detail>`. */
function formatDiagnostic({ summary, detail, attribute }: message.Diagnostic): string {
  const at = attribute === undefined ? "" : ` at ${formatPath(attribute)}`;
  return `${/\(([a-z-]+)\)(?:\nhttps:\S+)?$/.exec(detail)?.[1] ?? summary}${at}: ${detail.split("\n")[0] ?? ""}`;
}

function errorsIn(diagnostics: readonly message.Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === message.Diagnostic_Severity.ERROR).map(formatDiagnostic);
}

/** Returns the warnings; throws if any diagnostic is an error. */
function warningsIn(diagnostics: readonly message.Diagnostic[]): readonly string[] {
  throwIfAny(errorsIn(diagnostics));
  return diagnostics.filter(({ severity }) => severity === message.Diagnostic_Severity.WARNING).map(formatDiagnostic);
}

function throwIfAny(errors: readonly string[]): void {
  if (errors.length > 0) throw new EngineError(errors);
}
