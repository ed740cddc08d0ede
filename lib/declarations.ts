/** What an app declares, gathered while it is built, and judged once before any file is written. */
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { BitliftProvider } from "./bitlift-provider";
import type { DeclaredIntegration } from "./declared-integration";
import type { IBitbucketIntegration } from "./integration";
import type { NamespaceWebhooks } from "./namespace-webhooks";
import { findingsOf } from "./rules/prop-rules";
import type { IRepository } from "./repository";
import type { RepositoryWebhook } from "./repository-webhook";
import type { ISpace, Space } from "./space";

/** A stack or module that takes its source from an integration. */
export interface DeclaredSource {
  readonly integration: IBitbucketIntegration;
  readonly repository: IRepository;
  /** The Space of the stack; undefined where the caller did not say. */
  readonly space: ISpace | undefined;
}

/** A repository, or all of a workspace or project, that was added to an integration which has it already. */
export interface RepeatedAddition {
  readonly integration: IBitbucketIntegration;
  readonly name: string;
  /** Where there is more to do about it than to declare it once. */
  readonly fix?: string;
}

/** Everything that an app declares with this package, in the order of declaration. */
export interface Declarations {
  readonly providers: BitliftProvider[];
  readonly spaces: Space[];
  readonly integrations: DeclaredIntegration[];
  readonly webhooks: RepositoryWebhook[];
  readonly namespaces: NamespaceWebhooks[];
  readonly repeats: RepeatedAddition[];
  readonly sources: DeclaredSource[];
}

const declarationsOf = new WeakMap<IConstruct, Declarations>();
const watchedStacks = new WeakSet<IConstruct>();

/** Notes a construct for the rules that look at the whole app. */
export function declare<Kind extends "providers" | "spaces" | "integrations" | "webhooks" | "namespaces">(
  kind: Kind,
  construct: Declarations[Kind][number],
): void {
  const declarations: Declarations = declarationsIn(construct);
  (declarations[kind] as IConstruct[]).push(construct);
  watch(TerraformStack.of(construct));
}

/** The declarations of the app that a construct belongs to. */
export function declarationsIn(construct: IConstruct): Declarations {
  const { root } = construct.node;
  let declarations = declarationsOf.get(root);
  if (declarations === undefined) {
    declarations = { providers: [], spaces: [], integrations: [], webhooks: [], namespaces: [], repeats: [], sources: [] };
    declarationsOf.set(root, declarations);
    // Stacks that were made before are synthesised before: they must not be written when the app is refused.
    for (const construct of root.node.findAll()) if (TerraformStack.isStack(construct)) watch(construct);
  }
  return declarations;
}

function watch(stack: TerraformStack): void {
  if (watchedStacks.has(stack)) return;
  watchedStacks.add(stack);
  stack.node.addValidation({ validate: () => [...findingsOf(declarationsIn(stack))] });
}
