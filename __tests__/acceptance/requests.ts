/** The sandbox's request logs, as the scenarios read them. */
import type { Product } from "./product";
import type { Service, World } from "./world";

/** One entry; secrets are fingerprints. */
export interface Request {
  readonly time: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly operation: string;
  readonly status: number;
  readonly body?: { readonly query?: string; readonly variables?: unknown };
}

export async function requestsOf(world: World, service: Service): Promise<readonly Request[]> {
  return (await world.control(service, "requests")) as readonly Request[];
}

export async function forgetRequests(world: World, services: readonly Service[]): Promise<void> {
  for (const service of services) await world.control(service, "requests", undefined, "DELETE");
}

const mutation = ({ body }: Request) => /^\s*mutation/.test(body?.query ?? "");

/** Mutations and non-GET requests so far, logins apart. */
export async function countWrites(world: World, product: Product): Promise<number> {
  const spacelift = await requestsOf(world, "spacelift");
  const bitbucket = await requestsOf(world, product.service);
  return (
    spacelift.filter((one) => mutation(one) && !(one.body?.query ?? "").includes("apiKeyUser")).length +
    bitbucket.filter((one) => one.method !== "GET" && !(one.path ?? "").startsWith("/_sandbox")).length
  );
}

/** Mutations of integrations with their variables, newest last. */
export async function integrationMutations(world: World, product: Product): Promise<readonly string[]> {
  const requests = await requestsOf(world, "spacelift");
  return requests.filter((one) => mutation(one) && (one.body?.query ?? "").includes(product.query)).map(({ body }) => JSON.stringify(body));
}
