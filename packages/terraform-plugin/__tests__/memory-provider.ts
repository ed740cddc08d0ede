/** A provider whose objects live in a Map: one attribute of every presence, and handlers that a test can replace. */
import {
  computed,
  dataSourceFor,
  defaulted,
  gone,
  optional,
  optionalComputed,
  providerFor,
  required,
  resourceFor,
  UNKNOWN,
  writeOnly,
  type AnyProvider,
  type AnyResource,
} from "../index";

export type Memory = Map<string, Record<string, unknown>>;

const settings = {
  level: required.string("Level."),
  kind: optional.string("Kind.", { requiresReplace: true }),
  made: computed.string("Set by the remote system."),
};
const rule = { path: required.string("Path."), id: computed.string("Id.", { useStateForUnknown: true }) };

const attributes = {
  name: required.string("Name.", { requiresReplace: true }),
  label: optional.string("Label."),
  mode: defaulted("plain").string("Mode."),
  tags: defaulted([]).set("string", "Tags."),
  size: optionalComputed.number("Size."),
  settings: optional.object(settings, "Nested."),
  rules: optional.objects(rule, "Nested list."),
  token: writeOnly.string("Token."),
  hidden: optional.string("Hidden.", { sensitive: true }),
  id: computed.string("Id.", { useStateForUnknown: true }),
  revision: computed.number("Revision."),
};

/** Stores the planned object, with a value for each unknown one. */
function store(memory: Memory, plan: Record<string, unknown>, revision: number): Record<string, unknown> {
  const complete = (part: unknown, extra: object) => (part === null ? null : { ...(part as object), ...extra });
  const rules = plan.rules as readonly object[] | null;
  const object = {
    ...plan,
    size: plan.size === UNKNOWN ? 7 : plan.size,
    settings: complete(plan.settings, { made: `made-${revision}` }),
    rules: rules === null ? null : rules.map((part, index) => complete(part, { id: `rule-${index}` })),
    id: `id-${String(plan.name)}`,
    revision,
  };
  memory.set(String(plan.name), object);
  return object;
}

/** The resource `memory_thing`. */
export function thing(memory: Memory, changes: Partial<AnyResource<Memory>> = {}): AnyResource<Memory> {
  const base = resourceFor<Memory>()({
    type: "thing",
    summary: "Kept in memory.",
    attributes,
    identity: ["name"],
    create: ({ plan, privateState }) => {
      privateState.set("made", plan.name);
      return Promise.resolve(store(memory, plan as never, 1) as never);
    },
    read: ({ state }) => Promise.resolve((memory.get(String(state.name)) ?? gone) as typeof gone),
    update: ({ plan, prior }) => Promise.resolve(store(memory, plan as never, (prior.revision ?? 0) + 1) as never),
    delete: ({ prior }) => {
      memory.delete(String(prior.name));
      return Promise.resolve();
    },
  });
  return { ...base, ...changes };
}

/** The data source `memory_size`: counts objects whose names start with a prefix. */
const size = dataSourceFor<Memory>()({
  type: "size",
  summary: "Counts.",
  attributes: { prefix: required.string("Prefix."), count_of: computed.number("Count.") },
  read: ({ config, api }) => {
    const prefix = String(config.prefix);
    return Promise.resolve({ prefix, count_of: [...api.keys()].filter((name) => name.startsWith(prefix)).length });
  },
});

/** The provider `memory` with these resources and the data source `memory_size`. */
export function memoryProvider(
  memory: Memory,
  resources: readonly AnyResource<Memory>[] = [thing(memory)],
  changes: Partial<AnyProvider> = {},
): AnyProvider {
  const storeBlock = { path: optional.string("A path."), key: required.string("A key.") };
  const base = providerFor<Memory>()({
    name: "memory",
    source: "terraform.local/memory/memory",
    version: "1.2.3",
    summary: "Keeps objects in memory.",
    attributes: { password: optional.string("Not used.", { sensitive: true }) },
    blocks: { store: { description: "Where objects are stored.", attributes: storeBlock } },
    configure: () => memory,
    resources,
    dataSources: [size],
  });
  return { ...base, ...changes };
}
