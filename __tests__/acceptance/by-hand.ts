/** What somebody does outside, in Spacelift or Bitbucket, while Terraform does not look. */
import { fullNameOf, repositoryOf, type Hook, type HookChanges, type Product } from "./product";
import type { World } from "./world";

type Fields = Readonly<Record<string, unknown>>;

export interface Outside {
  /** In Spacelift's words, in place of the usual ones. */
  readonly login?: Fields;
  readonly token?: string;
  /** What both products have: name, Space, labels ... */
  readonly settings: Fields;
}

export async function createIntegration(world: World, product: Product, { login, token, settings }: Outside): Promise<void> {
  const values = { ...product.remoteLogin, ...login, [product.token.remote]: token ?? "by-hand", customInput: settings };
  await world.graphql(product.createDocument, { ...product.variables(values) });
}

/** Without a token Spacelift keeps the one that it has. */
export async function changeIntegration(world: World, product: Product, id: string, { login, token, settings }: Outside): Promise<void> {
  const values = {
    ...product.remoteLogin,
    ...login,
    ...(token === undefined ? {} : { [product.token.remote]: token }),
    customInput: { id, ...settings },
  };
  await world.graphql(product.updateDocument, { ...product.variables(values) });
}

export async function deleteIntegration(world: World, product: Product, id: string): Promise<void> {
  await world.graphql(`mutation($id:ID!){${product.mutations.remove}(id:$id){id}}`, { id });
}

export async function regenerateSecret(world: World, product: Product, id: string): Promise<void> {
  await world.graphql(`mutation($id:ID!){${product.mutations.regenerate}(id:$id){id}}`, { id });
}

export interface IntegrationDetails {
  readonly webhookUrl: string;
  readonly webhookSecret: string;
}

/** What Spacelift tells those who administer the integration. */
export async function readIntegration(world: World, product: Product, id: string): Promise<IntegrationDetails> {
  const answer = await world.graphql(`query($id:ID!){one:${product.query}(id:$id){webhookUrl:${product.webhookUrl} webhookSecret}}`, {
    id,
  });
  // The aliases of the query above.
  return answer["one"] as IntegrationDetails;
}

const STACK = "Payments production";

/** Input of a stack on the repository "infrastructure"; without an integration it lives on GitHub. */
export function stackInput(product: Product, integration: unknown, more: Fields = {}): Fields {
  return {
    name: STACK,
    space: "platform",
    provider: integration === null ? "GITHUB" : product.provider,
    namespace: product.namespace,
    repository: "infrastructure",
    branch: "main",
    vcsIntegrationId: integration,
    administrative: false,
    autodeploy: false,
    labels: [],
    ...more,
  };
}

export async function createStack(world: World, input: Fields): Promise<void> {
  await world.graphql("mutation($input:StackInput!){stackCreate(input:$input,manageState:true){id}}", { input });
}

export async function changeStack(world: World, id: string, input: Fields): Promise<void> {
  await world.graphql("mutation($id:ID!,$input:StackInput!){stackUpdate(id:$id,input:$input){id}}", { id, input });
}

/** The stack "Payments production" (payments-production), in the Space of the usual integration and attached to it. */
export async function attachStack(world: World, product: Product, integration?: string): Promise<void> {
  const state = await world.state(product.INTEGRATION);
  const input = stackInput(product, integration ?? state?.["id"], { space: state?.["space_id"] });
  if (integration === undefined) await createStack(world, input);
  else await changeStack(world, "payments-production", input);
}

type Raw = Readonly<Record<string, unknown>>;

const hooksPath = (product: Product, repository: string) => `${product.path(repository)}${product.hooks}`;
const hookPath = (product: Product, repository: string, id: Hook["id"]) =>
  `${hooksPath(product, repository)}/${encodeURIComponent(String(id))}`;

/** The webhooks of a repository as the product answers them. */
export async function rawHooks(world: World, product: Product, repository: string): Promise<readonly Raw[]> {
  const page = await world.bitbucket(product, "GET", `${hooksPath(product, repository)}?${product.wholePage}`);
  return (page as { readonly values: readonly Raw[] }).values;
}

export async function changeHook(world: World, product: Product, repository: string, id: Hook["id"], changes: HookChanges): Promise<void> {
  const raw = (await rawHooks(world, product, repository)).find((one) => product.hookOf(one).id === id);
  if (raw === undefined) throw new Error(`${fullNameOf(product, repository)} has no webhook ${String(id)}`);
  await world.bitbucket(product, "PUT", hookPath(product, repository, id), product.hookBody(raw, changes));
}

/** A webhook that is switched off, for pushes only, unless it is said. */
export async function addHook(world: World, product: Product, repository: string, hook: HookChanges & { url: string }): Promise<void> {
  const body = product.hookBody(undefined, { title: "by hand", active: false, events: [product.events.push], ...hook });
  await world.bitbucket(product, "POST", hooksPath(product, repository), body);
}

export async function removeHook(world: World, product: Product, repository: string, id: Hook["id"]): Promise<void> {
  await world.bitbucket(product, "DELETE", hookPath(product, repository, id));
}

/** `rename` needs the new name. */
export async function changeRepository(
  world: World,
  product: Product,
  repository: string,
  change: "create" | "delete" | "hide" | "rename" | "show",
  to?: string,
): Promise<void> {
  await world.control(product.service, "repository", {
    ...repositoryOf(product, repository),
    change,
    ...(to === undefined ? {} : { to }),
  });
}
