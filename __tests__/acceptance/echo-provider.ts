/** A provider without a remote system: its objects are files in a directory that the provider block names. Acceptance tests of the runtime bundle it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { problem } from "../../diagnostics";
import {
  computed,
  dataSourceFor,
  defaulted,
  gone,
  optional,
  overridable,
  providerFor,
  required,
  resourceFor,
  serve,
  UNKNOWN,
  writeOnly,
} from "../../tfplugin";

interface Files {
  readonly directory: string;
}

const thing = resourceFor<Files>()({
  type: "thing",
  summary: "A file.",
  details: "Its content is what the configuration says.",
  version: 1,
  upgrades: [(stored) => ({ ...stored, label: stored.old_label ?? null })],
  attributes: {
    name: required.string("Name of the file.", { replaces: true }),
    label: optional.string("Any text."),
    count_of: optional.number("Any number."),
    tags: defaulted([]).set("string", "Any texts.", { known: ["a", "b", "c"] }),
    active: defaulted(true).boolean("Whether it is active."),
    mode: defaulted("plain").string("How.", { oneOf: ["plain", "fancy", "fail-create", "fail-update", "fail-delete"] }),
    remote: overridable.string("The remote system decides unless the user does."),
    settings: optional.object(
      { level: required.string("Level."), id: computed.string("Made inside.", { keeps: true }) },
      "Nested settings.",
    ),
    rules: optional.objects({ path: required.string("Path."), weight: optional.number("Weight.") }, "Nested rules."),
    token: writeOnly.string("A secret.", { alternative: "token_env" }),
    token_version: optional.string("Changes with the token."),
    token_length: computed.number("Length of the token that was last given."),
    id: computed.string("Made by the remote system.", { keeps: true }),
    revision: computed.number("Counts changes."),
  },
  importId: {
    format: "<name>",
    parse: (id) => {
      if (id.includes("/")) throw problem("import-id-invalid", { why: `"${id}" has a slash.`, fix: "Use the name." });
      return { name: id };
    },
  },
  validate: ({ config, report }) => {
    if (config.name === "warned")
      report.add({ code: "value-unusual", severity: "warning", summary: "Unusual", why: "Because.", fix: "Rename.", at: ["name"] });
  },
  planDelete: ({ prior, report }) => {
    report.add({
      code: "value-unusual",
      severity: "warning",
      summary: `Deleting ${prior.name ?? "?"}`,
      why: "Because.",
      fix: "Look.",
      at: [],
    });
  },
  create: async ({ plan, config, api, private: notes, log }) => {
    if (plan.mode === "fail-create") throw problem("remote-refused", { why: "The mode says so.", fix: "Use another mode." });
    log.info("creating", { name: plan.name });
    notes.set("made", true);
    const token = typeof config.token === "string" ? config.token : "";
    const state = {
      ...plan,
      id: `id-${plan.name}`,
      remote: plan.remote === UNKNOWN ? "from-remote" : plan.remote,
      settings: plan.settings === null ? null : { level: plan.settings.level, id: "inner" },
      token_length: token.length,
      revision: 1,
    };
    save(api, state);
    return state;
  },
  read: async ({ state, api }) => {
    const found = state.name === null ? undefined : load(api, state.name);
    return found === undefined ? gone : (found as never);
  },
  update: async ({ plan, prior, config, api }) => {
    if (plan.mode === "fail-update") throw problem("remote-refused", { why: "The mode says so.", fix: "Use another mode." });
    const token = typeof config.token === "string" ? config.token : "";
    const settings = plan.settings === null ? null : { level: plan.settings.level, id: "inner" };
    const state = {
      ...plan,
      id: prior.id,
      remote: plan.remote === UNKNOWN ? "from-remote" : plan.remote,
      settings,
      token_length: token.length,
      revision: (prior.revision ?? 0) + 1,
    };
    save(api, state);
    return state;
  },
  delete: async ({ prior, api }) => {
    if (prior.mode === "fail-delete") throw problem("remote-refused", { why: "The mode says so.", fix: "Use another mode." });
    rmSync(join(api.directory, `${prior.name ?? ""}.json`), { force: true });
  },
});

const lookup = dataSourceFor<Files>()({
  type: "lookup",
  summary: "Reads a file.",
  attributes: { name: required.string("Name of the file."), content: computed.string("What is in it.") },
  read: async ({ config, api }) => {
    const found = typeof config.name === "string" ? load(api, config.name) : undefined;
    if (found === undefined) throw problem("value-missing", { why: "There is no such file.", fix: "Create it.", at: ["name"] });
    return { name: config.name as string, content: JSON.stringify(found) };
  },
});

export const echo = providerFor<Files>()({
  name: "echo",
  source: "terraform.local/echo/echo",
  version: "0.0.1",
  summary: "Keeps what it is told.",
  attributes: { secret: optional.string("Not used.", { sensitive: true }) },
  blocks: { store: { text: "Where objects are kept.", attributes: { directory: optional.string("A directory.") } } },
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
