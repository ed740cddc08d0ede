// One resolver per GraphQL operation. Resolvers only translate; the rules are in the file of each noun, such as stacks.ts.
import { agentPoolResolvers } from "./agent-pools";
import { serializeModule, serializeModuleShares, serializeStack } from "./consumer-serializers";
import { createIntegrationResolvers } from "./integration-resolvers";
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
import { authenticated, orNotFound, type Resolver } from "./resolver";
import { triggerRun } from "./runs";
import { type Fields, type Page, search, type SearchInput } from "./search";
import { MODULE_FIELDS, SPACE_FIELDS, STACK_FIELDS } from "./search-fields";
import type { SourceCode } from "./source-code";
import { createSpace, deleteSpace, listSpaces, readSpace, type SpaceInput, updateSpace } from "./spaces";
import { createStack, deleteStack, listStacks, readStack, type StackInput, updateStack } from "./stacks";
import type { Module, RunType, Scope, Stack } from "./state";
import { serializeRun, serializeViewer } from "./serializers";

interface Id {
  readonly id: string;
}

interface Search {
  readonly input: SearchInput;
}

/** By root field. The GraphQL schema decides which of them a server has, depending on the switches. */
export function createResolvers(sourceCode: SourceCode | undefined): Readonly<Record<string, Resolver<never>>> {
  return {
    ...accountResolvers,
    ...spaceResolvers,
    ...createIntegrationResolvers(sourceCode),
    ...stackResolvers,
    ...moduleResolvers,
    ...agentPoolResolvers,
  };
}

const login: Resolver<{ id: string; secret: string }> = ({ id, secret }, context) => context.login(id, secret);

const accountResolvers = {
  apiKeyUser: login,
  viewer: authenticated((scope) => serializeViewer(scope)),
};

const spaceResolvers = {
  spaces: authenticated((scope) => listSpaces(scope)),
  space: authenticated((scope, { id }: Id) => orNotFound(scope, readSpace(scope, id))),
  searchSpaces: authenticated((scope, { input }: Search) => search(listSpaces(scope), input, SPACE_FIELDS)),
  spaceCreate: authenticated((scope, { input }: { input: SpaceInput }) => createSpace(scope, input)),
  spaceUpdate: authenticated((scope, { space, input }: { space: string; input: SpaceInput }) =>
    orNotFound(scope, updateSpace(scope, space, input)),
  ),
  spaceDelete: authenticated((scope, { space }: { space: string }) => orNotFound(scope, deleteSpace(scope, space))),
};

const stackResolvers = {
  stacks: authenticated((scope) => listStacks(scope).map((stack) => serializeStack(scope, stack))),
  stack: authenticated((scope, { id }: Id) => orNotFound(scope, stackOrNull(scope, readStack(scope, id)))),
  searchStacks: authenticated((scope, { input }: Search) =>
    mapPage(search(listStacks(scope), input, STACK_FIELDS), (stack) => serializeStack(scope, stack)),
  ),
  searchStacksSuggestions: authenticated((scope, { input }: Search) => suggestFields(listStacks(scope), input, STACK_FIELDS)),
  stackCreate: authenticated((scope, args: { input: StackInput; manageState: boolean; slug?: string | null }) =>
    serializeStack(scope, createStack(scope, args.input, args)),
  ),
  stackUpdate: authenticated((scope, { id, input }: Id & { input: StackInput }) => serializeStack(scope, updateStack(scope, id, input))),
  stackDelete: authenticated((scope, { id }: Id) => orNotFound(scope, stackOrNull(scope, deleteStack(scope, id)))),
  runTrigger: authenticated((scope, args: { stack: string; commitSha?: string | null; runType?: RunType | null }) =>
    serializeRun(triggerRun(scope, args.stack, args.commitSha, args.runType)),
  ),
};

const moduleResolvers = {
  modules: authenticated((scope) => listModules(scope).map((module) => serializeModule(scope, module))),
  module: authenticated((scope, { id }: Id) => orNotFound(scope, moduleOrNull(scope, readModule(scope, id)))),
  searchModules: authenticated((scope, { input }: Search) =>
    mapPage(search(listModules(scope), input, MODULE_FIELDS), (module) => serializeModule(scope, module)),
  ),
  searchModulesSuggestions: authenticated((scope, { input }: Search) => suggestFields(listModules(scope), input, MODULE_FIELDS)),
  moduleCreate: authenticated((scope, { input }: { input: ModuleCreateInput }) => serializeModule(scope, createModule(scope, input))),
  moduleUpdate: authenticated((scope, { id, input }: Id & { input: ModuleUpdate }) =>
    serializeModule(scope, updateModule(scope, id, input)),
  ),
  moduleUpdateV2: authenticated((scope, { id, input }: Id & { input: ModuleUpdateV2Input }) =>
    serializeModule(scope, updateModuleV2(scope, id, input)),
  ),
  moduleShare: authenticated((scope, { id, input }: Id & { input: { spaces?: readonly string[] | null } }) =>
    serializeModuleShares(scope, shareModule(scope, id, input.spaces ?? [])),
  ),
  moduleDelete: authenticated((scope, { id }: Id) => orNotFound(scope, moduleOrNull(scope, deleteModule(scope, id)))),
};

function stackOrNull(scope: Scope, stack: Stack | undefined) {
  return stack === undefined ? null : serializeStack(scope, stack);
}

function moduleOrNull(scope: Scope, module: Module | undefined) {
  return module === undefined ? null : serializeModule(scope, module);
}

function mapPage<Node>(page: Page<Node>, show: (node: Node) => unknown) {
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: show(node) })) };
}

function suggestFields<Node extends { readonly id: string; readonly name: string }>(
  nodes: readonly Node[],
  input: SearchInput,
  fields: Fields<Node>,
) {
  const filteredCount = search(nodes, { ...input, first: Math.max(nodes.length, 1) }, fields).edges.length;
  return { filteredCount, fields: Object.keys(fields).map((name) => ({ name, orderable: true, filterable: true, type: "STRING" })) };
}
