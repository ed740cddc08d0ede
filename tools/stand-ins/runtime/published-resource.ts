/** A resource of a published provider: its schema, what no schema says, and its operations, made into a resource of the runtime. */
import {
  gone,
  PartiallyCreated,
  Problem,
  type AnyResource,
  type Attributes,
  type IdentityTexts,
  type Value,
} from "../../../packages/terraform-plugin";
import { published } from "./catalog";
import { attributesOf, type SchemaJson } from "./published-schema";
import { ResourceData } from "./resource-data";
import { sdkPlan, type PlanRules, type Values } from "./sdk-plan";
import { appliedState, readState } from "./sdk-state";

/** What an operation receives. */
export interface Operation<Api> {
  readonly api: Api;
  /** The planned values, or for a read and a delete the stored ones. */
  readonly data: ResourceData;
  /** The configuration of a create or an update; otherwise empty. */
  readonly config: ResourceData;
  /** The stored values of an update; otherwise empty. */
  readonly prior: ResourceData;
}

export interface PublishedResource<Api> extends Partial<PlanRules> {
  /** Without the provider's name. */
  readonly type: string;
  readonly schema: SchemaJson;
  /** The attributes whose change replaces the object. */
  readonly replacing?: readonly string[];
  /** Rules between attributes. Returns the provider's error. */
  validate?(config: Values): string | undefined;
  /** The attributes that an import sets. Returns undefined for an ID of the wrong form; by default, `id` is the whole ID. */
  readonly parseImportId?: (id: string) => IdentityTexts | undefined;
  /** Each returns the attributes that the provider sets. */
  create(operation: Operation<Api>): Promise<Values>;
  read(operation: Operation<Api>): Promise<Values | typeof gone>;
  update(operation: Operation<Api>): Promise<Values>;
  delete(operation: Operation<Api>): Promise<void>;
}

/** Thrown when an operation fails after it changed the object: the engine stores these attributes in addition to the planned ones. */
export class FailedAfter extends Error {
  constructor(
    message: string,
    readonly set: Values,
  ) {
    super(message);
  }
}

const NOTHING = new ResourceData({});

export function publishedResource<Api>(declaration: PublishedResource<Api>): AnyResource<Api> {
  const { type, schema, replacing, defaults = {}, suppress, parseImportId } = declaration;
  const attributes = attributesOf(schema.block, replacing);
  const operation = (api: Api, data: object, config?: object, prior?: object): Operation<Api> => ({
    api,
    data: new ResourceData(data as Values),
    config: config === undefined ? NOTHING : new ResourceData(config as Values),
    prior: prior === undefined ? NOTHING : new ResourceData(prior as Values),
  });
  const apply = (planned: Values, prior: Values | null, run: () => Promise<Values>) => applied(attributes, { planned, prior }, run);

  const resource: AnyResource<Api> = {
    type,
    summary: schema.block.description ?? type,
    attributes,
    identity: ["id"],
    legacyTypeSystem: true,
    version: schema.version,
    upgrades: Array.from({ length: schema.version }, () => (stored: Values) => stored),
    ...(parseImportId !== undefined && { importId: { parse: ({ id = "" }: IdentityTexts) => parseImportId(id) } }),
    validate: ({ config }) => {
      const text = declaration.validate?.(config as Values);
      if (text !== undefined) throw published(text);
    },
    plan: ({ draft, config, prior }) => {
      Object.assign(
        draft,
        withoutWriteOnly(attributes, sdkPlan(attributes, { defaults, suppress }, config as Values, prior as Values | null)),
      );
    },
    create: ({ api, plan, config }) => apply(plan as Values, null, () => declaration.create(operation(api, plan, config))) as never,
    update: ({ api, plan, config, prior }) =>
      apply(plan as Values, prior as Values, () => declaration.update(operation(api, plan, config, prior)).catch(keepPlanned)) as never,
    read: async ({ api, state }) => {
      const set = await declaration.read(operation(api, state));
      return (set === gone ? gone : readState(attributes, state as Values, set)) as never;
    },
    delete: ({ api, prior }) => declaration.delete(operation(api, prior)),
  };
  return resource;
}

/** Thrown by an update that leaves the stored object as it was. */
export class FailedUnchanged extends Error {}

/** After most errors of an update, the SDK stores the planned values. */
function keepPlanned(thrown: unknown): never {
  if (thrown instanceof Problem) throw new FailedAfter(thrown.diagnostic.why, {});
  throw thrown;
}

async function applied(
  attributes: Attributes,
  { planned, prior }: { readonly planned: Values; readonly prior: Values | null },
  run: () => Promise<Values>,
): Promise<Values> {
  const stateOf = (set: Values) => withoutWriteOnly(attributes, appliedState(attributes, planned, set, prior));
  try {
    return stateOf(await run());
  } catch (thrown) {
    if (thrown instanceof FailedUnchanged) throw published(thrown.message);
    if (!(thrown instanceof FailedAfter)) throw thrown;
    throw new PartiallyCreated(stateOf(thrown.set), published(thrown.message).diagnostic);
  }
}

function withoutWriteOnly(attributes: Attributes, values: Values): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => attributes[name]?.presence !== "writeOnly"));
}
