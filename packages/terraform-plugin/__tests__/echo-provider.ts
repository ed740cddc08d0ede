/** A provider without a remote system: its objects are files in a directory that the provider block sets. Acceptance tests bundle it into a plugin. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
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
  serve,
  UNKNOWN,
  writeOnly,
  type Problem,
} from "..";
import { problem, warning } from "./catalog";

interface Files {
  readonly directory: string;
}

/** Runs synchronous code in a promise, so that an exception becomes a rejection. */
const runAsync = <T>(run: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(run());
  });

const modeProblem = (mode: string): Problem =>
  problem("request-rejected", { why: `The mode is ${mode}.`, fix: "Use another mode.", at: ["mode"] });

const thing = resourceFor<Files>()({
  type: "thing",
  summary: "A file.",
  description: "It contains the attributes as JSON.",
  version: 1,
  upgrades: [({ old_label: label, ...rest }) => ({ ...rest, label: label ?? null })],
  attributes: {
    name: required.string("Name of the file.", { requiresReplace: true }),
    label: optional.string("Any string."),
    count_of: optional.number("Any number."),
    tags: defaulted([]).set("string", "Any strings.", { known: ["a", "b", "c"] }),
    sizes: optional.map("number", "Any numbers."),
    active: defaulted(true).boolean("Whether it is active."),
    mode: defaulted("plain").string("How it behaves.", { oneOf: ["plain", "slow", "fail-create", "fail-update", "fail-delete"] }),
    remote: optionalComputed.string("Set by the remote system if the user does not set it."),
    settings: optional.object(
      { level: required.string("Level."), id: computed.string("Assigned by the remote system.", { useStateForUnknown: true }) },
      "Nested settings.",
    ),
    rules: optional.objects({ path: required.string("Path."), weight: optional.number("Weight.") }, "Nested rules."),
    hidden: optional.string("A string that the engine hides in its output.", { sensitive: true }),
    old: optional.string("No longer used.", { deprecated: "use `label`." }),
    token: writeOnly.string("A secret.", { alternative: "token_env" }),
    token_env: optional.string("Name of the environment variable that contains the secret."),
    token_version: optional.string("Changes with the token."),
    token_length: computed.number("Length of the last token."),
    id: computed.string("Assigned by the remote system.", { useStateForUnknown: true }),
    revision: computed.number("Counts changes."),
  },
  identity: ["name"],
  importId: { advice: "the name of the file, without slashes", parse: (values) => (values.name?.includes("/") ? undefined : values) },
  planDelete: ({ prior, report }) => {
    report.add(warning("object-in-use", { why: `${prior.name ?? "The file"} will be deleted.`, fix: "Check that you no longer need it." }));
  },
  create: async ({ plan, config, api, privateState, log, signal }) => {
    if (plan.mode === "fail-create") throw modeProblem(plan.mode);
    if (plan.mode === "slow") await setTimeout(60_000, undefined, { signal });
    log.info("creating", { name: plan.name });
    privateState.set("made", true);
    const state = {
      ...plan,
      id: `id-${plan.name}`,
      remote: plan.remote === UNKNOWN ? "from-remote" : plan.remote,
      settings: plan.settings === null ? null : { level: plan.settings.level, id: "inner" },
      token_length: typeof config.token === "string" ? config.token.length : 0,
      revision: 1,
    };
    save(api, state);
    return state;
  },
  read: ({ state, api }) => runAsync(() => ((state.name === null ? undefined : load(api, state.name)) ?? gone) as typeof gone),
  update: ({ plan, prior, config, api }) =>
    runAsync(() => {
      if (plan.mode === "fail-update") throw modeProblem(plan.mode);
      const state = {
        ...plan,
        id: prior.id,
        remote: plan.remote === UNKNOWN ? "from-remote" : plan.remote,
        settings: plan.settings === null ? null : { level: plan.settings.level, id: "inner" },
        token_length: typeof config.token === "string" ? config.token.length : 0,
        revision: (prior.revision ?? 0) + 1,
      };
      save(api, state);
      return state;
    }),
  delete: ({ prior, api }) =>
    runAsync(() => {
      if (prior.mode === "fail-delete") throw modeProblem(prior.mode);
      rmSync(join(api.directory, `${prior.name ?? ""}.json`), { force: true });
    }),
});

const lookup = dataSourceFor<Files>()({
  type: "lookup",
  summary: "Reads a file.",
  attributes: { name: required.string("Name of the file."), content: computed.string("Its content.") },
  read: ({ config, api }) =>
    runAsync(() => {
      const name = String(config.name);
      const found = load(api, name);
      if (found === undefined)
        throw problem("value-missing", { why: `The file ${name} does not exist.`, fix: "Create it first.", at: ["name"] });
      return { name, content: JSON.stringify(found) };
    }),
});

export const echo = providerFor<Files>()({
  name: "echo",
  source: "terraform.local/echo/echo",
  version: "0.0.1",
  summary: "Stores objects as files.",
  attributes: { secret: optional.string("Not used.", { sensitive: true }) },
  blocks: { store: { description: "Where objects are stored.", attributes: { directory: optional.string("A directory.") } } },
  configure: ({ config, log }) => {
    const { store } = config;
    log.info("configured", { hasStore: store !== null });
    const directory = store === null || store === UNKNOWN ? null : store.directory;
    return { directory: typeof directory === "string" ? directory : (process.env.ECHO_DIRECTORY ?? "missing") };
  },
  resources: [thing],
  dataSources: [lookup],
});

function save(api: Files, state: { readonly name: string }): void {
  mkdirSync(api.directory, { recursive: true });
  writeFileSync(join(api.directory, `${state.name}.json`), JSON.stringify(state));
}

function load(api: Files, name: string): object | undefined {
  const path = join(api.directory, `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as object) : undefined;
}

if (require.main === module) void serve(echo);
