// Stacks: as much of them as decides which integration they use, who may see them, and which runs a push starts.
import { reader, require } from "./access";
import { invalid, nameTaken } from "./errors";
import { slug } from "./identifiers";
import { found, readable, resolveIntegration, spaceOrFallback } from "./sources";
import { isBitbucket, type Scope, type Sourced, type Stack, type VcsProvider } from "./state";

/** StackInput; everything that is not named here is kept as it is. */
export interface StackInput extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly repository: string;
  readonly branch: string;
  readonly provider?: VcsProvider | null;
  readonly namespace?: string | null;
  readonly space?: string | null;
  readonly labels?: readonly string[] | null;
  readonly vcsIntegrationId?: string | null;
}

export function readStack(scope: Scope, id: string): Stack | undefined {
  return readable(scope, scope.account.stacks.get(id));
}

export function listStacks(scope: Scope): Stack[] {
  const allowed = reader(scope);
  return [...scope.account.stacks.values()].filter((stack) => allowed(stack.space));
}

export function createStack(scope: Scope, input: StackInput, options: { manageState: boolean; slug?: string | null }): Stack {
  const { account } = scope;
  const space = existing(scope, spaceOrFallback(scope, input.space));
  require(scope, "admin", space);
  const id = (options.slug ?? "") === "" ? slug(input.name) : (options.slug ?? "");
  if (id === "") throw invalid("stack", "name", "must have a letter or a digit");
  if (account.stacks.has(id)) throw nameTaken("stack", id);
  const stack = {
    id,
    managesStateFile: options.manageState,
    createdAt: Math.floor(scope.clock.now() / 1000),
    ...sourced(scope, input, space, input.provider ?? "GITHUB"),
  };
  account.stacks.set(id, stack);
  return stack;
}

/** The whole object: null clears, and a null integration means the default one. */
export function updateStack(scope: Scope, id: string, input: StackInput): Stack {
  const stack = found(scope, scope.account.stacks.get(id));
  require(scope, "admin", stack.space);
  const space = existing(scope, (input.space ?? "") === "" ? stack.space : (input.space ?? stack.space));
  require(scope, "admin", space);
  return Object.assign(stack, sourced(scope, input, space, input.provider ?? stack.provider));
}

/** Gone at once, so `deleting` is false in the answer. */
export function deleteStack(scope: Scope, id: string): Stack | undefined {
  const stack = readStack(scope, id);
  if (stack === undefined) return undefined;
  require(scope, "admin", stack.space);
  if (stack.settings["protectFromDeletion"] === true) throw invalid("stack", "protectFromDeletion", "the stack is protected from deletion");
  scope.account.stacks.delete(id);
  return stack;
}

/** Only Bitbucket stacks can be detached: the others' integrations are not played. */
export function isDetached(user: Sourced): boolean {
  return isBitbucket(user.provider) && user.vcsIntegrationId === null;
}

function sourced(scope: Scope, input: StackInput, space: string, provider: VcsProvider): Omit<Sourced, "id" | "createdAt"> {
  return {
    name: input.name,
    space,
    provider,
    namespace: input.namespace ?? "",
    repository: input.repository,
    branch: input.branch,
    labels: input.labels ?? [],
    vcsIntegrationId: resolveIntegration(scope, provider, input.vcsIntegrationId, space, "stack"),
    settings: input,
  };
}

function existing(scope: Scope, space: string): string {
  if (!scope.account.spaces.has(space)) throw invalid("stack", "space", `space "${space}" could not be found`);
  return space;
}
