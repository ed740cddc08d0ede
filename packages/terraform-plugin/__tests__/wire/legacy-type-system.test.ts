/** A resource that emulates one of SDK v2: what the runtime lets pass, what engines receive, and its nested blocks. */
import { gone, optional, required, type AnyResource } from "../..";
import { Session } from "../../server/session";
import { Schema_NestedBlock_NestingMode } from "../../wire/generated/tfplugin6";
import { rpcMethods } from "../../wire/rpc";
import { decodeValue, encodeValue, NO_BYTES } from "../engine-values";
import { memoryProvider, type Memory } from "../memory-provider";

const LOG = { includes: () => false, debug: () => undefined, info: () => undefined, warn: () => undefined };
const CONFIG = { id: "a", label: "configured", rules: [{ path: "/" }] };

/** Plans another label than the configured one, and stores yet another. */
function resource(legacyTypeSystem: boolean): AnyResource<Memory> {
  return {
    type: "thing",
    summary: "Kept nowhere.",
    attributes: {
      id: required.string("A."),
      label: optional.string("B."),
      rules: optional.objects({ path: required.string("C.") }, "D.", { asBlocks: { maximum: 1 } }),
    },
    identity: ["id"],
    legacyTypeSystem,
    plan: ({ draft }) => {
      (draft as Record<string, unknown>)["label"] = "planned";
    },
    create: ({ plan }) => Promise.resolve({ ...plan, label: "stored" } as never),
    read: () => Promise.resolve(gone as never),
    update: ({ plan }) => Promise.resolve(plan as never),
    delete: () => Promise.resolve(),
  };
}

async function methodsOf(legacyTypeSystem: boolean) {
  const methods = rpcMethods(new Session(memoryProvider(new Map(), [resource(legacyTypeSystem)]), LOG));
  const noConfig = encodeValue({ password: null, store: null });
  await methods.configureProvider({ terraformVersion: "1.11.4", config: noConfig, clientCapabilities: undefined });
  return methods;
}

async function planAndApply(legacyTypeSystem: boolean) {
  const methods = await methodsOf(legacyTypeSystem);
  const config = encodeValue(CONFIG);
  const request = { typeName: "memory_thing", priorState: encodeValue(null), config };
  const plan = await methods.planResourceChange({
    ...request,
    proposedNewState: config,
    priorPrivate: NO_BYTES,
    clientCapabilities: undefined,
    priorIdentity: undefined,
  });
  const plannedState = encodeValue({ ...CONFIG, label: "planned" });
  const applied = await methods.applyResourceChange({ ...request, plannedState, plannedPrivate: NO_BYTES, plannedIdentity: undefined });
  return { plan, applied };
}

it("the runtime lets a plan differ from the configuration, and a result from the plan, and says so to the engine", async () => {
  const { plan, applied } = await planAndApply(true);
  expect(plan).toMatchObject({ legacyTypeSystem: true, diagnostics: [], plannedIdentity: undefined });
  expect(decodeValue(plan.plannedState)).toMatchObject({ label: "planned" });
  expect(applied).toMatchObject({ legacyTypeSystem: true, diagnostics: [], newIdentity: undefined });
  expect(decodeValue(applied.newState)).toMatchObject({ label: "stored", rules: [{ path: "/" }] });
});

it("other resources get errors for the same, and the flag is not set", async () => {
  const { plan, applied } = await planAndApply(false);
  expect(plan.diagnostics[0]?.detail).toContain("changes `label`, but the configuration sets it");
  expect(applied.diagnostics[0]?.detail).toContain("returned a value for `label` that differs from the plan");
  expect([plan.legacyTypeSystem, applied.legacyTypeSystem]).toEqual([false, false]);
});

it("engines receive no identity, and the list of objects as blocks", async () => {
  const methods = await methodsOf(true);
  expect((await methods.getResourceIdentitySchemas({})).identitySchemas).toEqual({});
  const { resourceSchemas } = await methods.getProviderSchema({});
  const block = resourceSchemas["memory_thing"]?.block;
  expect(block?.attributes.map(({ name }) => name)).toEqual(["id", "label"]);
  expect(block?.blockTypes).toMatchObject([
    {
      typeName: "rules",
      nesting: Schema_NestedBlock_NestingMode.LIST,
      maxItems: 1,
      block: { attributes: [{ name: "path", required: true }] },
    },
  ]);
});
