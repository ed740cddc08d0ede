/** A provider whose objects live in a Map, with one attribute of every presence, and handlers that a test can replace. */
import { computed, defaulted, gone, optional, optionalComputed, providerFor, required, resourceFor, UNKNOWN, writeOnly } from "../index";
import { dataSourceFor, type AnyProvider, type AnyResource } from "../index";

export type Memory = Map<string, Record<string, unknown>>;

const attributes = {
  name: required.string("Name.", { requiresReplace: true }),
  label: optional.string("Label."),
  mode: defaulted("plain").string("Mode."),
  tags: defaulted([]).set("string", "Tags."),
  size: optionalComputed.number("Size."),
  settings: optional.object(
    { level: required.string("Level."), kind: optional.string("Kind.", { requiresReplace: true }), made: computed.string("Made.") },
    "Nested.",
  ),
  rules: optional.objects({ path: required.string("Path."), id: computed.string("Id.", { useStateForUnknown: true }) }, "Nested list."),
  token: writeOnly.string("Token."),
  hidden: optional.string("Hidden.", { sensitive: true }),
  id: computed.string("Id.", { useStateForUnknown: true }),
  revision: computed.number("Revision."),
};

/** Fills what is undecided. */
function filled(memory: Memory, plan: Record<string, unknown>, revision: number): Record<string, unknown> {
  const inner = (part: unknown, extra: object) => (part === null ? null : { ...(part as object), ...extra });
  const object = {
    ...plan,
    size: plan.size === UNKNOWN ? 7 : plan.size,
    settings: inner(plan.settings, { made: `made-${String(revision)}` }),
    rules:
      plan.rules === null ? null : (plan.rules as readonly object[]).map((rule, index) => inner(rule, { id: `rule-${String(index)}` })),
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
    importId: { format: "<name>", parse: (id) => ({ name: id }) },
    create: ({ plan, private: notes }) => {
      notes.set("made", plan.name);
      return Promise.resolve(filled(memory, plan as never, 1) as never);
    },
    read: ({ state }) => Promise.resolve((memory.get(String(state.name)) ?? gone) as typeof gone),
    update: ({ plan, prior }) => Promise.resolve(filled(memory, plan as never, (prior.revision ?? 0) + 1) as never),
    delete: ({ prior }) => {
      memory.delete(String(prior.name));
      return Promise.resolve();
    },
  });
  return { ...base, ...changes };
}

/** A provider `memory` with these resources, and the data source `memory_size`. */
export function memoryProvider(
  memory: Memory,
  resources: readonly AnyResource<Memory>[] = [thing(memory)],
  changes: Partial<AnyProvider> = {},
): AnyProvider {
  const size = dataSourceFor<Memory>()({
    type: "size",
    summary: "Counts.",
    attributes: { prefix: required.string("Prefix."), count_of: computed.number("Count.") },
    read: ({ config, api }) => {
      const prefix = String(config.prefix);
      return Promise.resolve({ prefix, count_of: [...api.keys()].filter((name) => name.startsWith(prefix)).length });
    },
  });
  const base = providerFor<Memory>()({
    name: "memory",
    source: "terraform.local/memory/memory",
    version: "1.2.3",
    summary: "Keeps objects in memory.",
    attributes: { password: optional.string("Not used.", { sensitive: true }) },
    blocks: { store: { description: "Where.", attributes: { path: optional.string("A path."), key: required.string("A key.") } } },
    configure: () => memory,
    resources,
    dataSources: [size],
  });
  return { ...base, ...changes };
}
