// One resolver per GraphQL operation. Resolvers translate; they store nothing and decide nothing.
import { agentPoolRoutes } from "./agent-pools";
import { integrationRoutes } from "./integration-routes";
import {
  createModule,
  deleteModule,
  listModules,
  type ModuleCreateInput,
  type ModuleUpdate,
  type ModuleUpdateV2Input,
  readModule,
  shareModule,
  updateModule,
  updateModuleV2,
} from "./modules";
import { asCaller, orAbsent, type Resolver } from "./resolve";
import { triggerRun } from "./runs";
import { type Fields, type Page, search, type SearchInput } from "./search";
import type { SourceCode } from "./source-code";
import { moduleShares, moduleView, stackView } from "./source-views";
import { createSpace, deleteSpace, listSpaces, readSpace, type SpaceInput, updateSpace } from "./spaces";
import { createStack, deleteStack, listStacks, readStack, type StackInput, updateStack } from "./stacks";
import type { Module, RunType, Scope, Sourced, Space, Stack } from "./state";
import { runView, viewerView } from "./views";

interface Id {
  readonly id: string;
}

interface Searching {
  readonly input: SearchInput;
}

const SPACE_FIELDS: Fields<Space> = {
  name: ({ name }) => [name],
  parentSpace: ({ parentSpace }) => (parentSpace === null ? [] : [parentSpace]),
  label: ({ labels }) => labels,
};

/** There is none for the integration, the provider or the namespace: whoever needs those reads all pages. */
const SOURCED_FIELDS: Fields<Sourced> = {
  name: ({ name }) => [name],
  branch: ({ branch }) => [branch],
  label: ({ labels }) => labels,
  repository: ({ repository }) => [repository],
  administrative: ({ settings }) => [settings["administrative"] === true],
  projectRoot: ({ settings }) => (typeof settings["projectRoot"] === "string" ? [settings["projectRoot"]] : []),
  workerPool: ({ settings }) => (typeof settings["workerPool"] === "string" ? [settings["workerPool"]] : []),
};
const STACK_FIELDS: Fields<Stack> = { ...SOURCED_FIELDS, state: () => ["NONE"], locked: () => [false], vendor: () => ["TERRAFORM"] };
const MODULE_FIELDS: Fields<Module> = {
  ...SOURCED_FIELDS,
  labels: ({ labels }) => labels,
  terraformProvider: ({ terraformProvider }) => [terraformProvider],
  space: ({ space }) => [space],
  public: () => [false],
};

/** By root field. The schema decides which of them a server of the chosen age has. */
export function routes(sourceCode: SourceCode | undefined): Readonly<Record<string, Resolver<never>>> {
  return { ...accountRoutes, ...spaceRoutes, ...integrationRoutes(sourceCode), ...stackRoutes, ...moduleRoutes, ...agentPoolRoutes };
}

const login: Resolver<{ id: string; secret: string }> = ({ id, secret }, context) => context.login(id, secret);

const accountRoutes = {
  apiKeyUser: login,
  viewer: asCaller((scope) => viewerView(scope)),
};

const spaceRoutes = {
  spaces: asCaller((scope) => listSpaces(scope)),
  space: asCaller((scope, { id }: Id) => orAbsent(scope, readSpace(scope, id))),
  searchSpaces: asCaller((scope, { input }: Searching) => search(listSpaces(scope), input, SPACE_FIELDS)),
  spaceCreate: asCaller((scope, { input }: { input: SpaceInput }) => createSpace(scope, input)),
  spaceUpdate: asCaller((scope, { space, input }: { space: string; input: SpaceInput }) =>
    orAbsent(scope, updateSpace(scope, space, input)),
  ),
  spaceDelete: asCaller((scope, { space }: { space: string }) => orAbsent(scope, deleteSpace(scope, space))),
};

const stackRoutes = {
  stacks: asCaller((scope) => listStacks(scope).map((stack) => stackView(scope, stack))),
  stack: asCaller((scope, { id }: Id) => orAbsent(scope, shownStack(scope, readStack(scope, id)))),
  searchStacks: asCaller((scope, { input }: Searching) =>
    shownPage(search(listStacks(scope), input, STACK_FIELDS), (one) => stackView(scope, one)),
  ),
  searchStacksSuggestions: asCaller((scope, { input }: Searching) => suggestions(listStacks(scope), input, STACK_FIELDS)),
  stackCreate: asCaller((scope, args: { input: StackInput; manageState: boolean; slug?: string | null }) =>
    stackView(scope, createStack(scope, args.input, args)),
  ),
  stackUpdate: asCaller((scope, { id, input }: Id & { input: StackInput }) => stackView(scope, updateStack(scope, id, input))),
  stackDelete: asCaller((scope, { id }: Id) => orAbsent(scope, shownStack(scope, deleteStack(scope, id)))),
  runTrigger: asCaller((scope, args: { stack: string; commitSha?: string | null; runType?: RunType | null }) =>
    runView(triggerRun(scope, args.stack, args.commitSha, args.runType)),
  ),
};

const moduleRoutes = {
  modules: asCaller((scope) => listModules(scope).map((module) => moduleView(scope, module))),
  module: asCaller((scope, { id }: Id) => orAbsent(scope, shownModule(scope, readModule(scope, id)))),
  searchModules: asCaller((scope, { input }: Searching) =>
    shownPage(search(listModules(scope), input, MODULE_FIELDS), (one) => moduleView(scope, one)),
  ),
  searchModulesSuggestions: asCaller((scope, { input }: Searching) => suggestions(listModules(scope), input, MODULE_FIELDS)),
  moduleCreate: asCaller((scope, { input }: { input: ModuleCreateInput }) => moduleView(scope, createModule(scope, input))),
  moduleUpdate: asCaller((scope, { id, input }: Id & { input: ModuleUpdate }) => moduleView(scope, updateModule(scope, id, input))),
  moduleUpdateV2: asCaller((scope, { id, input }: Id & { input: ModuleUpdateV2Input }) =>
    moduleView(scope, updateModuleV2(scope, id, input)),
  ),
  moduleShare: asCaller((scope, { id, input }: Id & { input: { spaces?: readonly string[] | null } }) =>
    moduleShares(scope, shareModule(scope, id, input.spaces ?? [])),
  ),
  moduleDelete: asCaller((scope, { id }: Id) => orAbsent(scope, shownModule(scope, deleteModule(scope, id)))),
};

function shownStack(scope: Scope, stack: Stack | undefined) {
  return stack === undefined ? null : stackView(scope, stack);
}

function shownModule(scope: Scope, module: Module | undefined) {
  return module === undefined ? null : moduleView(scope, module);
}

function shownPage<Node>(page: Page<Node>, show: (node: Node) => unknown) {
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: show(node) })) };
}

function suggestions<Node extends { readonly id: string; readonly name: string }>(
  nodes: readonly Node[],
  input: SearchInput,
  fields: Fields<Node>,
) {
  const filteredCount = search(nodes, { ...input, first: Math.max(nodes.length, 1) }, fields).edges.length;
  return { filteredCount, fields: Object.keys(fields).map((name) => ({ name, orderable: true, filterable: true, type: "STRING" })) };
}
