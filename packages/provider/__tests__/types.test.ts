/** What the views of a declaration infer, and what they refuse. The compiler is the test: it runs over this file. */
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters, @typescript-eslint/no-unused-vars, @typescript-eslint/no-unused-expressions --
   the facts here are types, which nothing at run time uses */
import { resolve } from "node:path";
import ts from "typescript";
import {
  computed,
  dataSourceFor,
  defaulted,
  optional,
  optionalComputed,
  providerFor,
  required,
  resourceFor,
  UNKNOWN,
  writeOnly,
  type Config,
  type Draft,
  type Plan,
  type ProviderConfig,
  type State,
  type Stored,
  type Unknown,
} from "../../terraform-plugin";

/** True when both types are the same, in both directions. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Flat<T> = { [K in keyof T]: T[K] };
const holds = <_Fact extends true>(): void => undefined;

const attributes = {
  name: required.string("A."),
  label: optional.string("B."),
  mode: defaulted("plain").string("C."),
  tags: defaulted([]).set("string", "D."),
  size: optionalComputed.number("E."),
  settings: optional.object({ level: required.string("F."), note: optional.string("G.") }, "H."),
  rules: optional.objects({ path: required.string("I.") }, "J."),
  sizes: optional.map("number", "K."),
  token: writeOnly.string("L."),
  id: computed.string("M."),
};
type A = typeof attributes;
interface Settings {
  readonly level: string;
  readonly note: string | null;
}

export function configuration(): void {
  holds<Same<Config<A>["name"], string | Unknown>>();
  holds<Same<Config<A>["label"], string | null | Unknown>>();
  holds<Same<Config<A>["mode"], string | null | Unknown>>();
  holds<Same<Config<A>["tags"], readonly string[] | null | Unknown>>();
  holds<Same<Config<A>["size"], number | null | Unknown>>();
  holds<Same<Config<A>["token"], string | null | Unknown>>();
  // What the remote system decides is not written by anybody.
  holds<Same<Extract<keyof Config<A>, "id">, never>>();
  holds<
    Same<
      ProviderConfig<{ readonly a: A["label"] }, { b: { description: string; attributes: { c: A["name"] } } }>["b"],
      Config<{ c: A["name"] }> | null | Unknown
    >
  >();
}

export function state(): void {
  holds<Same<State<A>["name"], string>>();
  holds<Same<State<A>["label"], string | null>>();
  holds<Same<State<A>["mode"], string>>();
  holds<Same<State<A>["size"], number | null>>();
  holds<Same<State<A>["id"], string | null>>();
  holds<Same<Extract<keyof State<A>, "token">, never>>();
  holds<Same<Flat<NonNullable<State<A>["settings"]>>, Flat<Settings>>>();
  holds<Same<State<A>["sizes"], Readonly<Record<string, number>> | null>>();
  // A stored state may have lost anything.
  holds<Same<Stored<A>["name"], string | null>>();
}

export function planned(): void {
  holds<Same<Plan<A>["name"], string>>();
  holds<Same<Plan<A>["id"], string | null | Unknown>>();
  holds<Same<Plan<A>["size"], number | null | Unknown>>();
  holds<Same<Draft<A>["name"], string | Unknown>>();
  holds<Same<Extract<keyof Plan<A>, "token">, never>>();
}

const resource = resourceFor<{ readonly call: (name: string) => Promise<string> }>();
const base = {
  type: "thing",
  summary: "S.",
  attributes: { name: required.string("A."), label: optional.string("B."), token: writeOnly.string("C."), id: computed.string("D.") },
  importId: { format: "<name>", parse: (id: string) => ({ name: id }) },
  read: () => Promise.reject(new Error()),
  update: () => Promise.reject(new Error()),
  delete: () => Promise.resolve(),
};

export function handlers(): void {
  resource({ ...base, create: async ({ plan, api }) => ({ ...plan, id: await api.call(plan.name) }) });
  resource({ ...base, create: ({ plan }) => Promise.resolve({ ...plan, id: plan.id === UNKNOWN ? null : plan.id }) });
  resource({
    ...base,
    // @ts-expect-error -- the id is still undecided in a plan
    create: ({ plan }) => Promise.resolve(plan),
  });
  resource({
    ...base,
    // @ts-expect-error -- the id is missing
    create: ({ plan }) => Promise.resolve({ name: plan.name, label: plan.label }),
  });
  resource({
    ...base,
    create: ({ plan, config }) => {
      // @ts-expect-error -- nothing write-only is in a plan
      plan.token;
      // @ts-expect-error -- what is written may be undecided
      config.name.length;
      return Promise.reject(new Error());
    },
  });
  resource({
    ...base,
    create: () => Promise.reject(new Error()),
    plan: ({ draft, replace }) => {
      draft.id = UNKNOWN;
      draft.id = "known";
      replace("name");
      // @ts-expect-error -- a number is no text
      draft.id = 5;
      // @ts-expect-error -- there is no such attribute
      replace("nmae");
    },
  });
  resource({
    ...base,
    create: () => Promise.reject(new Error()),
    // @ts-expect-error -- an import id leads to attributes that exist, with their types
    importId: { format: "<name>", parse: () => ({ name: 5 }) },
  });
}

export function declarations(): void {
  // @ts-expect-error -- every attribute has text
  required.string();
  // @ts-expect-error -- only kinds of values that exist
  optional.list("text", "A.");
  dataSourceFor<null>()({
    type: "t",
    summary: "S.",
    attributes: { prefix: required.string("A."), count_of: computed.number("B.") },
    // @ts-expect-error -- the result is missing
    read: ({ config }) => Promise.resolve({ prefix: String(config.prefix) }),
  });
  providerFor<{ readonly a: number }>()({
    name: "p",
    source: "a/b/c",
    version: "1.0.0",
    summary: "S.",
    attributes: {},
    blocks: { inner: { description: "A.", attributes: { url: optional.string("B.") } } },
    // @ts-expect-error -- handlers are promised another value
    configure: ({ config }) => ({ a: config.inner === null || config.inner === UNKNOWN ? "" : config.inner.url }),
    resources: [],
    dataSources: [],
  });
}

it("every expectation of this file holds for the compiler", () => {
  const root = resolve(__dirname, "../../..");
  const { config } = ts.readConfigFile(resolve(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const found = ts.getPreEmitDiagnostics(ts.createProgram([__filename], options));
  expect(found.map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n"))).toEqual([]);
}, 60_000);
