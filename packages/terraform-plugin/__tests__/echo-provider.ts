/** A provider without a remote system: its objects are files in a directory that the provider block names. Acceptance tests of the runtime bundle it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { problem, warning } from "./catalog";
import type { Problem } from "../../diagnostics";
import {
  invalidImportId,
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
} from "..";

interface Files {
  readonly directory: string;
}

/** Throws become rejections. */
const soon = <T>(run: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(run());
  });

const failing = (mode: string): Problem =>
  problem("request-rejected", { why: `The mode is ${mode}.`, fix: "Use another mode.", at: ["mode"] });

const thing = resourceFor<Files>()({
  type: "thing",
  summary: "A file.",
  description: "Its content is what the configuration says.",
  version: 1,
  upgrades: [({ old_label: label, ...rest }) => ({ ...rest, label: label ?? null })],
  attributes: {
    name: required.string("Name of the file.", { requiresReplace: true }),
    label: optional.string("Any text."),
    count_of: optional.number("Any number."),
    tags: defaulted([]).set("string", "Any texts.", { known: ["a", "b", "c"] }),
    sizes: optional.map("number", "Any numbers."),
    active: defaulted(true).boolean("Whether it is active."),
    mode: defaulted("plain").string("How.", { oneOf: ["plain", "slow", "fail-create", "fail-update", "fail-delete"] }),
    remote: optionalComputed.string("The remote system decides unless the user does."),
    settings: optional.object(
      { level: required.string("Level."), id: computed.string("Made inside.", { useStateForUnknown: true }) },
      "Nested settings.",
    ),
    rules: optional.objects({ path: required.string("Path."), weight: optional.number("Weight.") }, "Nested rules."),
    hidden: optional.string("A text that is not shown.", { sensitive: true }),
    old: optional.string("Not used any more.", { deprecated: "use `label`." }),
    token: writeOnly.string("A secret.", { alternative: "token_env" }),
    token_env: optional.string("Name of the variable with the secret."),
    token_version: optional.string("Changes with the token."),
    token_length: computed.number("Length of the token that was last given."),
    id: computed.string("Made by the remote system.", { useStateForUnknown: true }),
    revision: computed.number("Counts changes."),
  },
  importId: {
    format: "<name>",
    parse: (id) => {
      if (id.includes("/")) throw invalidImportId({ why: `"${id}" has a slash.`, fix: "Use the name." });
      return { name: id };
    },
  },
  planDelete: ({ prior, report }) => {
    report.add(warning("object-in-use", { why: `${prior.name ?? "It"} is going to be deleted.`, fix: "Look twice." }));
  },
  create: async ({ plan, config, api, private: notes, log, signal }) => {
    if (plan.mode === "fail-create") throw failing(plan.mode);
    if (plan.mode === "slow") await setTimeout(60_000, undefined, { signal });
    log.info("creating", { name: plan.name });
    notes.set("made", true);
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
  read: ({ state, api }) => soon(() => ((state.name === null ? undefined : load(api, state.name)) ?? gone) as typeof gone),
  update: ({ plan, prior, config, api }) =>
    soon(() => {
      if (plan.mode === "fail-update") throw failing(plan.mode);
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
    soon(() => {
      if (prior.mode === "fail-delete") throw failing(prior.mode);
      rmSync(join(api.directory, `${prior.name ?? ""}.json`), { force: true });
    }),
});

const lookup = dataSourceFor<Files>()({
  type: "lookup",
  summary: "Reads a file.",
  attributes: { name: required.string("Name of the file."), content: computed.string("What is in it.") },
  read: ({ config, api }) =>
    soon(() => {
      const name = String(config.name);
      const found = load(api, name);
      if (found === undefined) throw problem("value-missing", { why: `There is no file ${name}.`, fix: "Create it.", at: ["name"] });
      return { name, content: JSON.stringify(found) };
    }),
});

export const echo = providerFor<Files>()({
  name: "echo",
  source: "terraform.local/echo/echo",
  version: "0.0.1",
  summary: "Keeps what it is told.",
  attributes: { secret: optional.string("Not used.", { sensitive: true }) },
  blocks: { store: { description: "Where objects are kept.", attributes: { directory: optional.string("A directory.") } } },
  configure: ({ config, log }) => {
    log.info("configured", { stored: config.store !== null });
    const store = config.store;
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
