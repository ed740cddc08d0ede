/** The types that the views of a declaration infer, and the code that they reject. The test compiles this file. */
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters, @typescript-eslint/no-unused-vars, @typescript-eslint/no-unused-expressions --
   the facts here are types, which no code uses at run time */
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
  type StoredState,
  type Unknown,
} from "..";

/** True when both types are the same, in both directions. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Flat<T> = { [K in keyof T]: T[K] };
const expectType = <_Fact extends true>(): void => undefined;

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
  expectType<Same<Config<A>["name"], string | Unknown>>();
  expectType<Same<Config<A>["label"], string | null | Unknown>>();
  expectType<Same<Config<A>["mode"], string | null | Unknown>>();
  expectType<Same<Config<A>["tags"], readonly string[] | null | Unknown>>();
  expectType<Same<Config<A>["size"], number | null | Unknown>>();
  expectType<Same<Config<A>["token"], string | null | Unknown>>();
  // Users do not set computed attributes.
  expectType<Same<Extract<keyof Config<A>, "id">, never>>();
  expectType<
    Same<
      ProviderConfig<{ readonly a: A["label"] }, { b: { description: string; attributes: { c: A["name"] } } }>["b"],
      Config<{ c: A["name"] }> | null | Unknown
    >
  >();
}

export function state(): void {
  expectType<Same<State<A>["name"], string>>();
  expectType<Same<State<A>["label"], string | null>>();
  expectType<Same<State<A>["mode"], string>>();
  expectType<Same<State<A>["size"], number | null>>();
  expectType<Same<State<A>["id"], string | null>>();
  expectType<Same<Extract<keyof State<A>, "token">, never>>();
  expectType<Same<Flat<NonNullable<State<A>["settings"]>>, Flat<Settings>>>();
  expectType<Same<State<A>["sizes"], Readonly<Record<string, number>> | null>>();
  // After an import, any value may be null.
  expectType<Same<StoredState<A>["name"], string | null>>();
}

export function planned(): void {
  expectType<Same<Plan<A>["name"], string>>();
  expectType<Same<Plan<A>["id"], string | null | Unknown>>();
  expectType<Same<Plan<A>["size"], number | null | Unknown>>();
  expectType<Same<Draft<A>["name"], string | Unknown>>();
  expectType<Same<Extract<keyof Plan<A>, "token">, never>>();
}

const resource = resourceFor<{ readonly call: (name: string) => Promise<string> }>();
const base = {
  type: "thing",
  summary: "S.",
  attributes: { name: required.string("A."), label: optional.string("B."), token: writeOnly.string("C."), id: computed.string("D.") },
  identity: ["name"] as const,
  read: () => Promise.reject(new Error()),
  update: () => Promise.reject(new Error()),
  delete: () => Promise.resolve(),
};

export function handlers(): void {
  resource({ ...base, create: async ({ plan, api }) => ({ ...plan, id: await api.call(plan.name) }) });
  resource({ ...base, create: ({ plan }) => Promise.resolve({ ...plan, id: plan.id === UNKNOWN ? null : plan.id }) });
  resource({
    ...base,
    // @ts-expect-error -- the ID is still unknown in a plan
    create: ({ plan }) => Promise.resolve(plan),
  });
  resource({
    ...base,
    // @ts-expect-error -- the ID is missing
    create: ({ plan }) => Promise.resolve({ name: plan.name, label: plan.label }),
  });
  resource({
    ...base,
    create: ({ plan, config }) => {
      // @ts-expect-error -- a plan contains no write-only values
      plan.token;
      // @ts-expect-error -- a configured value may be unknown
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
      // @ts-expect-error -- a number is not a string
      draft.id = 5;
      // @ts-expect-error -- the attribute does not exist
      replace("nmae");
    },
  });
  resource({
    ...base,
    create: () => Promise.reject(new Error()),
    // @ts-expect-error -- an identity consists of existing attributes
    identity: ["nmae"],
  });
}

export function declarations(): void {
  // @ts-expect-error -- every attribute needs a description
  required.string();
  // @ts-expect-error -- the element type does not exist
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
    // @ts-expect-error -- handlers expect another value
    configure: ({ config }) => ({ a: config.inner === null || config.inner === UNKNOWN ? "" : config.inner.url }),
    resources: [],
    dataSources: [],
  });
}

it("the compiler agrees with every expectation in this file", () => {
  const root = resolve(__dirname, "../../..");
  const { config } = ts.readConfigFile(resolve(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const found = ts.getPreEmitDiagnostics(ts.createProgram([__filename], options));
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
}, 60_000);
