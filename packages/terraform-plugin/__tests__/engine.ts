/** A small engine in the test process: calls the runtime in the order that real engines do, and holds it to their rules. */
import { decode as unpack, encode as pack, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import type { AnyProvider, Log } from "../index";
import { Session } from "../server/session";
import * as message from "../wire/generated/tfplugin6";
import { callsOf } from "../wire/rpc";
import { changedNames, isObject, LATER, planFaults, proposed, resultFaults, unstorable, type Seen, type SeenObject } from "./engine-rules";

export const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** What the state file has of one object. */
export interface Stored {
  readonly value: SeenObject;
  readonly private: Buffer;
  readonly tainted: boolean;
}

export interface Planned {
  readonly action: "create" | "update" | "replace" | "delete" | "no-op";
  readonly value: SeenObject | null;
  readonly private: Buffer;
  readonly replacePaths: readonly string[];
  readonly warnings: readonly string[];
}

/** A diagnostic with severity error, or a rule that the runtime broke. */
export class Refused extends Error {
  constructor(
    readonly diagnostics: readonly string[],
    readonly left: Stored | null = null,
  ) {
    super(diagnostics.join("\n"));
  }
}

const extensions = new ExtensionCodec();
extensions.register({ type: 0, encode: (value) => (value === LATER ? new Uint8Array(1) : null), decode: () => LATER });
const NO_BYTES = Buffer.alloc(0);

function wire(value: Seen): message.DynamicValue {
  return { msgpack: Buffer.from(pack(marked(value), { extensionCodec: extensions, useBigInt64: true })), json: NO_BYTES };
}

function marked(value: Seen): unknown {
  if (value === LATER) return new ExtData(0, new Uint8Array(1));
  if (Array.isArray(value)) return value.map(marked);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, marked(part)])) : value;
}

function seen(value: message.DynamicValue | undefined): Seen {
  if (value === undefined || value.msgpack.length === 0) return null;
  return unpack(value.msgpack, { extensionCodec: extensions, useBigInt64: true }) as Seen;
}

function seenObject(value: message.DynamicValue | undefined): SeenObject | null {
  const read = seen(value);
  if (read !== null && !isObject(read)) throw new Refused(["the runtime answered with something that is no object"]);
  return read;
}

type Name = keyof typeof message.ProviderService;

/** One provider process of one walk. */
export class Engine {
  readonly session: Session;
  writeOnlyArguments = true;
  private readonly calls;
  private schemas: message.GetProviderSchema_Response | undefined;

  constructor(provider: AnyProvider, log: Log = silent) {
    this.session = new Session(provider, log);
    this.calls = callsOf(this.session) as unknown as Record<string, (request: unknown) => Promise<unknown>>;
  }

  /** One call, through the bytes of both messages. */
  async call<Response>(name: Name, request: object): Promise<Response> {
    const service = message.ProviderService[name];
    const sent = service.requestDeserialize(service.requestSerialize(request as never));
    const answer = await this.calls[name]?.(sent);
    return service.responseDeserialize(service.responseSerialize(answer as never)) as Response;
  }

  async schema(): Promise<message.GetProviderSchema_Response> {
    return (this.schemas ??= await this.call<message.GetProviderSchema_Response>("getProviderSchema", {}));
  }

  async configure(config: Record<string, Seen> = {}): Promise<readonly string[]> {
    const { provider } = await this.schema();
    const blocks = (provider?.block?.blockTypes ?? []).map(({ typeName }) => [typeName, null] as const);
    const whole = { ...Object.fromEntries(blocks), ...complete(provider?.block?.attributes ?? [], config), ...config };
    const { diagnostics } = await this.call<message.ConfigureProvider_Response>("configureProvider", {
      terraformVersion: "1.11.4",
      config: wire(whole),
      clientCapabilities: undefined,
    });
    return judged(diagnostics);
  }

  async validate(type: string, config: Record<string, Seen>): Promise<readonly string[]> {
    const clientCapabilities = { deferralAllowed: false, writeOnlyAttributesAllowed: this.writeOnlyArguments };
    const { diagnostics } = await this.call<message.ValidateResourceConfig_Response>("validateResourceConfig", {
      typeName: type,
      config: wire(complete(await this.attributes(type), config)),
      clientCapabilities,
    });
    return judged(diagnostics);
  }

  /** Upgrade and read, as before every plan. Null when the object is gone. */
  async refresh(
    type: string,
    stored: Stored,
    version = 0,
  ): Promise<{ readonly stored: Stored | null; readonly warnings: readonly string[] }> {
    const attributes = await this.attributes(type);
    const rawState = { json: Buffer.from(JSON.stringify(stored.value)), flatmap: {} };
    const upgraded = await this.call<message.UpgradeResourceState_Response>("upgradeResourceState", { typeName: type, version, rawState });
    judged(upgraded.diagnostics);
    const request = { typeName: type, currentState: upgraded.upgradedState, private: stored.private };
    const answer = await this.call<message.ReadResource_Response>("readResource", request);
    const warnings = judged(answer.diagnostics);
    const value = seenObject(answer.newState);
    if (value !== null) refuse(unstorable(attributes, value).map((name) => `${name} cannot be stored after read`));
    return { stored: value === null ? null : { value, private: answer.private, tainted: stored.tainted }, warnings };
  }

  async plan(type: string, config: Record<string, Seen> | null, stored: Stored | null): Promise<Planned> {
    const attributes = await this.attributes(type);
    if (config === null) return this.planDelete(type, stored);
    const warnings = [...(await this.validate(type, config))];
    const whole = complete(attributes, config);
    const prior = stored === null || stored.tainted ? null : stored.value;
    const first = await this.planCall(type, whole, prior, prior === null ? NO_BYTES : (stored?.private ?? NO_BYTES));
    warnings.push(...judged(first.diagnostics));
    const planned = this.plannedValue(first);
    refuse(planFaults(attributes, whole, prior, planned));
    if (prior === null) {
      const action = stored === null ? "create" : "replace";
      return { action, value: planned, private: first.plannedPrivate, replacePaths: [], warnings };
    }
    const changed = changedNames(attributes, prior, planned);
    const replacePaths = first.requiresReplace.map((path) =>
      path.steps.map((step) => step.attributeName ?? String(step.elementKeyInt)).join("."),
    );
    for (const path of replacePaths) {
      if (!attributes.some(({ name }) => name === path.split(".")[0]))
        throw new Refused([`requires_replace names ${path}, which does not exist`]);
    }
    if (replacePaths.some((path) => changed.includes(path.split(".")[0] ?? ""))) {
      const second = await this.planCall(type, whole, null, first.plannedPrivate);
      judged(second.diagnostics);
      return { action: "replace", value: this.plannedValue(second), private: second.plannedPrivate, replacePaths, warnings };
    }
    return { action: changed.length === 0 ? "no-op" : "update", value: planned, private: first.plannedPrivate, replacePaths, warnings };
  }

  /** Plans again with what is known by now, as engines do during apply, and applies. */
  async apply(
    type: string,
    config: Record<string, Seen> | null,
    stored: Stored | null,
    plan: Planned,
    createFirst = false,
  ): Promise<Stored | null> {
    if (plan.action === "no-op") return stored;
    if (plan.action === "delete") return this.applyDelete(type, stored, stored?.private ?? NO_BYTES);
    const replacing = plan.action === "replace";
    if (replacing && !createFirst) await this.applyDelete(type, stored, plan.private);
    const made = await this.applyChange(type, config ?? {}, replacing ? null : stored, plan);
    if (replacing && createFirst) await this.applyDelete(type, stored, stored?.private ?? NO_BYTES);
    return made;
  }

  async import(type: string, id: string): Promise<Stored> {
    const answer = await this.call<message.ImportResourceState_Response>("importResourceState", {
      typeName: type,
      id,
      identity: undefined,
    });
    judged(answer.diagnostics);
    const [imported] = answer.importedResources;
    const value = seenObject(imported?.state);
    if (value === null || imported === undefined) throw new Refused(["import returned no resources"]);
    const { stored } = await this.refresh(type, { value, private: imported.private, tainted: false });
    if (stored === null) throw new Refused(["cannot import non-existent remote object"]);
    return stored;
  }

  async readData(type: string, config: Record<string, Seen>): Promise<SeenObject> {
    const attributes = (await this.schema()).dataSourceSchemas[type]?.block?.attributes ?? [];
    const value = wire(complete(attributes, config));
    judged(
      (await this.call<message.ValidateDataResourceConfig_Response>("validateDataResourceConfig", { typeName: type, config: value }))
        .diagnostics,
    );
    const answer = await this.call<message.ReadDataSource_Response>("readDataSource", { typeName: type, config: value });
    judged(answer.diagnostics);
    const state = seenObject(answer.state);
    if (state === null) throw new Refused(["provider produced null object"]);
    refuse(unstorable(attributes, state));
    return state;
  }

  private async attributes(type: string): Promise<readonly message.Schema_Attribute[]> {
    const found = (await this.schema()).resourceSchemas[type]?.block?.attributes;
    if (found === undefined) throw new Error(`no schema of ${type}`);
    return found;
  }

  private async planCall(
    type: string,
    config: SeenObject,
    prior: SeenObject | null,
    priorPrivate: Buffer,
  ): Promise<message.PlanResourceChange_Response> {
    const proposedNewState = wire(proposed(await this.attributes(type), config, prior));
    const request = {
      typeName: type,
      priorState: wire(prior),
      proposedNewState,
      config: wire(config),
      priorPrivate,
      clientCapabilities: undefined,
    };
    return this.call<message.PlanResourceChange_Response>("planResourceChange", request);
  }

  private plannedValue(answer: message.PlanResourceChange_Response): SeenObject {
    const value = seenObject(answer.plannedState);
    if (value === null) throw new Refused(["planned for absence but config wants existence"]);
    return value;
  }

  private async planDelete(type: string, stored: Stored | null): Promise<Planned> {
    const request = {
      typeName: type,
      priorState: wire(stored?.value ?? null),
      proposedNewState: wire(null),
      config: wire(null),
      priorPrivate: stored?.private ?? NO_BYTES,
      clientCapabilities: undefined,
    };
    const answer = await this.call<message.PlanResourceChange_Response>("planResourceChange", request);
    const warnings = judged(answer.diagnostics);
    if (seen(answer.plannedState) !== null) throw new Refused(["planned a non-null destroy value"]);
    return { action: "delete", value: null, private: answer.plannedPrivate, replacePaths: [], warnings };
  }

  private async applyChange(type: string, config: Record<string, Seen>, prior: Stored | null, plan: Planned): Promise<Stored> {
    const attributes = await this.attributes(type);
    const whole = complete(attributes, config);
    await this.validate(type, config);
    const again = await this.planCall(type, whole, prior?.value ?? null, prior?.private ?? NO_BYTES);
    judged(again.diagnostics);
    const final = this.plannedValue(again);
    refuse(resultFaults(attributes, plan.value ?? {}, final).map((text) => `inconsistent final plan: ${text}`));
    const answer = await this.call<message.ApplyResourceChange_Response>("applyResourceChange", {
      typeName: type,
      priorState: wire(prior?.value ?? null),
      plannedState: wire(final),
      config: wire(whole),
      plannedPrivate: again.plannedPrivate,
    });
    const value = seenObject(answer.newState);
    const failed = errors(answer.diagnostics);
    if (failed.length > 0) {
      const left = value === null ? prior : { value, private: answer.private, tainted: prior === null };
      throw new Refused(failed, left);
    }
    if (value === null) throw new Refused(["no object after apply"]);
    refuse(unstorable(attributes, value).map((name) => `${name} cannot be stored after apply`));
    refuse(resultFaults(attributes, final, value).map((text) => `inconsistent result: ${text}`));
    return { value, private: answer.private, tainted: false };
  }

  private async applyDelete(type: string, stored: Stored | null, plannedPrivate: Buffer): Promise<null> {
    const nothing = wire(null);
    const request = { typeName: type, priorState: wire(stored?.value ?? null), plannedState: nothing, config: nothing, plannedPrivate };
    const answer = await this.call<message.ApplyResourceChange_Response>("applyResourceChange", request);
    const failed = errors(answer.diagnostics);
    if (failed.length > 0) throw new Refused(failed, stored);
    if (seen(answer.newState) !== null) throw new Refused(["destroying should always produce a null value"]);
    return null;
  }
}

/** Configuration as engines send it: every attribute, null where it is left out, in nested objects too. */
export function complete(attributes: readonly message.Schema_Attribute[], config: SeenObject): SeenObject {
  return Object.fromEntries(
    attributes.map(({ name, nestedType }) => {
      const value = config[name] ?? null;
      if (!nestedType) return [name, value];
      const inner = (part: Seen) => (isObject(part) ? complete(nestedType.attributes, part) : part);
      return [name, Array.isArray(value) ? value.map(inner) : inner(value)];
    }),
  );
}

function text({ summary, detail, attribute }: message.Diagnostic): string {
  const at =
    attribute === undefined ? "" : ` at ${attribute.steps.map((step) => step.attributeName ?? String(step.elementKeyInt)).join(".")}`;
  return `${/\(([a-z-]+)\)$/.exec(detail)?.[1] ?? summary}${at}: ${detail.split("\n")[0] ?? ""}`;
}

function errors(diagnostics: readonly message.Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === message.Diagnostic_Severity.ERROR).map(text);
}

/** The warnings; errors are thrown. */
function judged(diagnostics: readonly message.Diagnostic[]): readonly string[] {
  refuse(errors(diagnostics));
  return diagnostics.filter(({ severity }) => severity === message.Diagnostic_Severity.WARNING).map(text);
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Refused(faults);
}
