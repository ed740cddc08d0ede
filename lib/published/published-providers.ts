/** The blocks of the published providers in a stack. Each is declared when the first construct needs it, with the login of the stack's `BitliftProvider`. */
import { TerraformProvider, TerraformStack } from "../host";
import type { Construct, IConstruct } from "constructs";
import { BitbucketProvider } from "../providers/bitbucket/provider";
import { BitbucketserverProvider } from "../providers/bitbucketserver/provider";
import { SpaceliftProvider } from "../providers/spacelift/provider";
import { holderIn } from "./provider-holder";
import { publishedLogin, type LoginProps, type PublishedSystem } from "./published-logins";

/** What the constructs pass as `provider`: the login that applies to them. */
interface LoginProvider extends IConstruct {
  readonly props: LoginProps;
}

type Create = (scope: Construct, id: string, config: { readonly alias?: string }) => TerraformProvider;

const SYSTEMS: Readonly<Record<PublishedSystem, Create>> = {
  spacelift: (scope, id, config) => new SpaceliftProvider(scope, id, config),
  bitbucket: (scope, id, config) => new BitbucketProvider(scope, id, config),
  // The generated class requires the login, but the provider also reads it from the environment.
  bitbucketserver: (scope, id, config) =>
    new BitbucketserverProvider(scope, id, config as ConstructorParameters<typeof BitbucketserverProvider>[2]),
};

/**
 * The published provider of a construct.
 * @param login The `provider` of the construct. Undefined for the default provider of the stack, which the engine finds by itself.
 */
export function publishedProvider(
  construct: IConstruct,
  system: PublishedSystem,
  login: LoginProvider | undefined,
): TerraformProvider | undefined {
  const stack = TerraformStack.of(construct);
  const alias = login?.props.alias;
  const id = alias === undefined ? system : `${system}-${alias}`;
  const existing = holderIn(stack).node.tryFindChild(id) as TerraformProvider | undefined;
  const block = existing ?? declare(stack, id, alias === undefined ? {} : { alias }, SYSTEMS[system]);
  if (existing === undefined) {
    completeAtSynthesis(block, () => publishedLogin(system, (login ?? defaultLogin(stack))?.props));
  }
  return alias === undefined ? undefined : block;
}

/**
 * Declares the published providers that a login is for, whether a construct needs them or not: the engine still needs them to delete the last
 * objects, after these have left the app.
 */
export function keepPublishedProviders(login: LoginProvider): void {
  const { bitbucketCloud, bitbucketDatacenter } = login.props;
  publishedProvider(login, "spacelift", login);
  if (bitbucketCloud !== undefined) publishedProvider(login, "bitbucket", login);
  if (bitbucketDatacenter !== undefined) publishedProvider(login, "bitbucketserver", login);
}

/** Declares a provider of any type, unless the stack already has one without an alias. */
export function declareProvider(construct: IConstruct, type: string, create: Create): void {
  const stack = TerraformStack.of(construct);
  if (holderIn(stack).node.tryFindChild(type) === undefined) declare(stack, type, {}, create);
}

function declare(stack: TerraformStack, id: string, config: { readonly alias?: string }, create: Create): TerraformProvider {
  const block = create(holderIn(stack), id, config);
  yieldToDeclared(stack, block);
  return block;
}

/** The app may declare its `BitliftProvider` later than the constructs, so its login is known when the stack is written. */
function completeAtSynthesis(block: TerraformProvider, login: () => object): void {
  renderBy(block, (render) => {
    Object.assign(block, login());
    return render();
  });
}

/** A block that the app declares itself replaces this one, because the engine accepts one block for each provider and alias. */
function yieldToDeclared(stack: TerraformStack, block: TerraformProvider): void {
  const isDeclared = () =>
    stack.node.findAll().some((other) => other !== block && isBlock(other, block.terraformResourceType, block.alias));
  renderBy(block, (render) => (isDeclared() ? {} : render()));
}

function renderBy(block: TerraformProvider, change: (render: () => unknown) => unknown): void {
  const json = block.toTerraform.bind(block) as () => unknown;
  const hcl = block.toHclTerraform.bind(block) as () => unknown;
  block.toTerraform = () => change(json);
  block.toHclTerraform = () => change(hcl);
}

function isBlock(construct: IConstruct, type: string, alias: string | undefined): boolean {
  return TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === type && construct.alias === alias;
}

/** The stack's `BitliftProvider` without an alias. */
function defaultLogin(stack: TerraformStack): LoginProvider | undefined {
  return stack.node.findAll().find((construct): construct is TerraformProvider & LoginProvider => {
    return isBlock(construct, "bitlift", undefined) && "props" in construct;
  });
}
