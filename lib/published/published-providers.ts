/** The blocks of the published providers in a stack. Each is declared when the first construct needs it, with the login of the stack's `BitliftProvider`. */
import { TerraformProvider, TerraformStack } from "../host";
import type { Construct, IConstruct } from "constructs";
import { BitbucketProvider } from "../providers/bitbucket/provider";
import { BitbucketserverProvider } from "../providers/bitbucketserver/provider";
import { SpaceliftProvider } from "../providers/spacelift/provider";
import { processWide } from "../process-wide";
import { keepsPublishedProviders } from "./own-provider";
import { holderIn, recordPublishedUse, usesPublished } from "./provider-holder";
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
 * The published provider of a construct with published backing.
 * @param login The `provider` of the construct. Undefined for the default provider of the stack, which the engine finds by itself.
 */
export function publishedProvider(
  construct: IConstruct,
  system: PublishedSystem,
  login: LoginProvider | undefined,
): TerraformProvider | undefined {
  const stack = TerraformStack.of(construct);
  const isFirst = !usesPublished(stack, system);
  recordPublishedUse(stack, system);
  if (isFirst) for (const other of loginsIn(stack)) if (isFor(other, system)) keep(other, system);
  return sourceProvider(construct, system, login);
}

/** The same for a stack or module, which has no backing: its provider says nothing about the objects that the stack had before. */
export function sourceProvider(
  construct: IConstruct,
  system: PublishedSystem,
  login: LoginProvider | undefined,
): TerraformProvider | undefined {
  const block = blockFor(construct, system, login);
  kept.delete(block);
  return login?.props.alias === undefined ? undefined : block;
}

function blockFor(construct: IConstruct, system: PublishedSystem, login: LoginProvider | undefined): TerraformProvider {
  const stack = TerraformStack.of(construct);
  const alias = login?.props.alias;
  const id = alias === undefined ? system : `${system}-${alias}`;
  const existing = holderIn(stack).node.tryFindChild(id) as TerraformProvider | undefined;
  if (existing !== undefined) return existing;
  const block = declare(stack, id, alias === undefined ? {} : { alias }, SYSTEMS[system]);
  completeAtSynthesis(block, () => publishedLogin(system, (login ?? defaultLogin(stack))?.props));
  return block;
}

/** Blocks that no construct needs now. */
const kept = processWide("kept providers", () => new WeakSet<TerraformProvider>());

/**
 * Declares the published providers that a login is for, whether a construct needs them or not: the engine still needs them to delete objects after
 * these have left the app. In a stack with another backing, only those that other constructs need.
 */
export function keepPublishedProviders(login: LoginProvider, isPublished: boolean): void {
  const stack = TerraformStack.of(login);
  for (const system of KEPT_SYSTEMS) if (isFor(login, system) && (isPublished || usesPublished(stack, system))) keep(login, system);
}

const KEPT_SYSTEMS: readonly PublishedSystem[] = ["spacelift", "bitbucket", "bitbucketserver"];

/** A server with a token is only for Bitlift's own provider, because the published one takes no token. */
function isFor({ props: { bitbucketCloud, bitbucketDatacenter } }: LoginProvider, system: PublishedSystem): boolean {
  if (system === "spacelift") return true;
  if (system === "bitbucket") return bitbucketCloud !== undefined;
  return bitbucketDatacenter !== undefined && bitbucketDatacenter.accessToken === undefined;
}

function keep(login: LoginProvider, system: PublishedSystem): void {
  const id = login.props.alias === undefined ? system : `${system}-${login.props.alias}`;
  const stack = TerraformStack.of(login);
  if (holderIn(stack).node.tryFindChild(id) !== undefined) return;
  const block = blockFor(login, system, login);
  kept.add(block);
  renderBy(block, (render) => (kept.has(block) && !keepsPublishedProviders(stack) ? {} : render()));
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
  return loginsIn(stack).find(({ props }) => props.alias === undefined);
}

function loginsIn(stack: TerraformStack): readonly LoginProvider[] {
  return stack.node
    .findAll()
    .filter(
      (construct): construct is TerraformProvider & LoginProvider =>
        TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === "bitlift" && "props" in construct,
    );
}
