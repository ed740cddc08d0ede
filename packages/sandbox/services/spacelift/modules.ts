// The rules of modules. Source and Space follow the rules of stacks; the id consists of the Terraform provider and the name.
import { createReadCheck, requireLevel } from "./access";
import { invalid, nameTaken } from "./errors";
import { chooseSpace, findReadable, requireReadable, requireSpace, resolveIntegration } from "./consumers";
import type { Module, Scope, VcsProvider } from "./state";

export interface ModuleUpdate extends Readonly<Record<string, unknown>> {
  readonly branch?: string | null;
  readonly labels?: readonly string[] | null;
  readonly space?: string | null;
}

export interface ModuleCreateInput extends Readonly<Record<string, unknown>> {
  readonly updateInput: ModuleUpdate;
  readonly name?: string | null;
  readonly namespace?: string | null;
  readonly provider?: VcsProvider | null;
  readonly repository: string;
  readonly terraformProvider?: string | null;
  readonly space?: string | null;
  readonly vcsIntegrationId?: string | null;
}

export interface ModuleUpdateV2Input extends ModuleUpdate {
  readonly namespace?: string | null;
  readonly provider?: VcsProvider | null;
  readonly repository: string;
  readonly vcsIntegrationId?: string | null;
}

const NAME = /^[a-z]([a-z0-9_-]*[a-z])?$/;

export function readModule(scope: Scope, id: string): Module | undefined {
  return findReadable(scope, scope.account.modules.get(id));
}

export function listModules(scope: Scope): Module[] {
  const isReadable = createReadCheck(scope);
  return [...scope.account.modules.values()].filter(({ space }) => isReadable(space));
}

export function createModule(scope: Scope, input: ModuleCreateInput): Module {
  const { account } = scope;
  const space = requireSpace(scope, "module", chooseSpace(scope, input.space ?? input.updateInput.space));
  requireLevel(scope, "admin", space);
  // The repository name terraform-<provider>-<name> provides both.
  const [, inferredProvider, inferredName] = /^terraform-([^-]+)-(.+)$/.exec(input.repository) ?? [];
  const name = input.name ?? inferredName ?? "";
  const terraformProvider = input.terraformProvider ?? inferredProvider ?? "default";
  if (!NAME.test(name)) {
    const rule = "must start and end with a lowercase letter and contain only lowercase letters, digits, - and _";
    throw invalid("module", "name", rule);
  }
  const id = `terraform-${terraformProvider}-${name}`;
  if (account.modules.has(id)) throw nameTaken("module", id);
  const provider = input.provider ?? "GITHUB";
  const module: Module = {
    id,
    name,
    terraformProvider,
    space,
    provider,
    namespace: input.namespace ?? "",
    repository: input.repository,
    branch: input.updateInput.branch ?? "main",
    labels: input.updateInput.labels ?? [],
    vcsIntegrationId: resolveIntegration(scope, provider, input.vcsIntegrationId, space, "module"),
    createdAt: Math.floor(scope.clock.now() / 1000),
    settings: { ...input, ...input.updateInput },
    shares: [],
  };
  account.modules.set(id, module);
  return module;
}

/** The first version of the update. It cannot change the source, so a detached module stays detached. */
export function updateModule(scope: Scope, id: string, input: ModuleUpdate): Module {
  const module = requireReadable(scope, scope.account.modules.get(id));
  requireLevel(scope, "admin", module.space);
  const space = chooseTargetSpace(scope, module, input.space);
  if (module.vcsIntegrationId !== null) resolveIntegration(scope, module.provider, module.vcsIntegrationId, space, "module");
  return Object.assign(module, {
    space,
    branch: input.branch ?? module.branch,
    labels: input.labels ?? [],
    settings: { ...module.settings, ...input },
  });
}

export function updateModuleV2(scope: Scope, id: string, input: ModuleUpdateV2Input): Module {
  const module = requireReadable(scope, scope.account.modules.get(id));
  requireLevel(scope, "admin", module.space);
  const space = chooseTargetSpace(scope, module, input.space);
  const provider = input.provider ?? module.provider;
  return Object.assign(module, {
    space,
    provider,
    vcsIntegrationId: resolveIntegration(scope, provider, input.vcsIntegrationId, space, "module"),
    namespace: input.namespace ?? "",
    repository: input.repository,
    branch: input.branch ?? module.branch,
    labels: input.labels ?? [],
    settings: { ...module.settings, ...input },
  });
}

export function shareModule(scope: Scope, id: string, spaces: readonly string[]): Module {
  const module = requireReadable(scope, scope.account.modules.get(id));
  requireLevel(scope, "admin", module.space);
  for (const space of spaces) requireSpace(scope, "module", space);
  module.shares = spaces;
  return module;
}

export function deleteModule(scope: Scope, id: string): Module | undefined {
  const module = readModule(scope, id);
  if (module === undefined) return undefined;
  requireLevel(scope, "admin", module.space);
  scope.account.modules.delete(id);
  return module;
}

function chooseTargetSpace(scope: Scope, module: Module, requested: string | null | undefined): string {
  const space = requireSpace(scope, "module", requested === null || requested === undefined || requested === "" ? module.space : requested);
  requireLevel(scope, "admin", space);
  return space;
}
