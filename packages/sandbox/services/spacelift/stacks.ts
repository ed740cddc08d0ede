// The rules of stacks: which integration a stack uses, who can see it, and how it changes.
import { createReadCheck, requireLevel } from "./access";
import { invalid, nameTaken } from "./errors";
import { toSlug } from "./identifiers";
import { chooseSpace, findReadable, requireReadable, requireSpace, resolveIntegration } from "./consumers";
import { type Consumer, isBitbucket, type Scope, type Stack, type VcsProvider } from "./state";

/** StackInput. All other fields are stored unchanged. */
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
  return findReadable(scope, scope.account.stacks.get(id));
}

export function listStacks(scope: Scope): Stack[] {
  const isReadable = createReadCheck(scope);
  return [...scope.account.stacks.values()].filter(({ space }) => isReadable(space));
}

export function createStack(scope: Scope, input: StackInput, options: { manageState: boolean; slug?: string | null }): Stack {
  const { account } = scope;
  const space = requireSpace(scope, "stack", chooseSpace(scope, input.space));
  requireLevel(scope, "admin", space);
  const id = (options.slug ?? "") === "" ? toSlug(input.name) : (options.slug ?? "");
  if (id === "") throw invalid("stack", "name", "must contain a letter or a digit");
  if (account.stacks.has(id)) throw nameTaken("stack", id);
  const stack = {
    id,
    managesStateFile: options.manageState,
    createdAt: Math.floor(scope.clock.now() / 1000),
    ...toConsumer(scope, input, space, input.provider ?? "GITHUB"),
  };
  account.stacks.set(id, stack);
  return stack;
}

/** Replaces the whole object: null clears a field, and a null integration means the default integration. */
export function updateStack(scope: Scope, id: string, input: StackInput): Stack {
  const stack = requireReadable(scope, scope.account.stacks.get(id));
  requireLevel(scope, "admin", stack.space);
  const space = requireSpace(scope, "stack", (input.space ?? "") === "" ? stack.space : (input.space ?? stack.space));
  requireLevel(scope, "admin", space);
  return Object.assign(stack, toConsumer(scope, input, space, input.provider ?? stack.provider));
}

/** Deletes immediately, so `deleting` is false in the response. */
export function deleteStack(scope: Scope, id: string): Stack | undefined {
  const stack = readStack(scope, id);
  if (stack === undefined) return undefined;
  requireLevel(scope, "admin", stack.space);
  if (stack.settings["protectFromDeletion"] === true) throw invalid("stack", "protectFromDeletion", "the stack is protected from deletion");
  scope.account.stacks.delete(id);
  return stack;
}

/** Only consumers of Bitbucket can be detached, because integrations of other providers are not emulated. */
export function isDetached({ provider, vcsIntegrationId }: Consumer): boolean {
  return isBitbucket(provider) && vcsIntegrationId === null;
}

function toConsumer(scope: Scope, input: StackInput, space: string, provider: VcsProvider): Omit<Consumer, "id" | "createdAt"> {
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
