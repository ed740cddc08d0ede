/** A round: one apply that does ten operations at once, to ten objects that do not depend on each other. Rounds follow on one another. */
import { changeRepository } from "./by-hand";
import { credentialOf, repositoryOf, wiredTo, type Product } from "./product";
import { forgetRequests } from "./requests";
import type { Service, World } from "./world";

type Effect = "create" | "update" | "delete";

export interface Operation {
  readonly title: string;
  readonly service: Service;
  /** Its name in the sandbox. */
  readonly name: string;
  readonly effect: Effect;
  /** Address of the object that a round does this to. */
  readonly address: (round: number) => string;
}

export const made = (round: number): string => `made-${String(round)}`;

/** Ten operations on three kinds of objects. */
export function operationsOf(product: Product): readonly Operation[] {
  const { integration, webhook, mutations, operations } = product;
  const one = (title: string, service: Service, name: string, effect: Effect, address: Operation["address"]): Operation => ({
    title,
    service,
    name,
    effect,
    address,
  });
  return [
    one("Space create", "spacelift", "spaceCreate", "create", (round) => `bitlift_space.${made(round)}`),
    one("Space update", "spacelift", "spaceUpdate", "update", () => "bitlift_space.updated"),
    one("Space delete", "spacelift", "spaceDelete", "delete", (round) => `bitlift_space.${made(round - 1)}`),
    one("integration create", "spacelift", mutations.create, "create", (round) => `${integration}.${made(round)}`),
    one("integration update", "spacelift", mutations.update, "update", () => `${integration}.updated`),
    one("integration regenerate", "spacelift", mutations.regenerate, "update", () => `${integration}.rotated`),
    one("integration delete", "spacelift", mutations.remove, "delete", (round) => `${integration}.${made(round - 1)}`),
    one("webhook create", product.service, operations.create, "create", (round) => `${webhook}.${made(round)}`),
    one("webhook replace", product.service, operations.update, "update", () => `${webhook}.replaced`),
    one("webhook delete", product.service, operations.remove, "delete", (round) => `${webhook}.${made(round - 1)}`),
  ];
}

export const servicesOf = (product: Product): readonly Service[] => ["spacelift", product.service];

/** What the configuration of a round is told from the one before by. */
export const mark = (round: number): string => `round ${String(round)}`;

export function configurationOf(product: Product, round: number): Record<string, unknown> {
  const login = credentialOf(product);
  const webhook = (repository: string) => ({ ...repositoryOf(product, repository), ...wiredTo(`${product.integration}.hub`) });
  return {
    resource: {
      bitlift_space: {
        updated: { name: "Updated", description: mark(round) },
        // The last one of every round; while its answer is awaited, the engine lives and has nothing else to do.
        last: { name: "Last", description: mark(round), depends_on: ["bitlift_space.updated"] },
        [made(round)]: { name: made(round) },
      },
      [product.integration]: {
        hub: { name: "Hub", ...login },
        updated: { name: "Updated", description: mark(round), ...login },
        rotated: { name: "Rotated", webhook_secret_rotation: mark(round), ...login },
        [made(round)]: { name: made(round), ...login },
      },
      [product.webhook]: { replaced: { ...webhook("infrastructure"), title: mark(round) }, [made(round)]: webhook(made(round)) },
    },
  };
}

/** Empties the request logs. */
export async function forget(world: World, product: Product): Promise<void> {
  await forgetRequests(world, servicesOf(product));
}

/** Lets held answers go and takes what is left of the faults away. */
export async function disarm(world: World, product: Product): Promise<void> {
  for (const service of servicesOf(product)) await world.control(service, "faults", undefined, "DELETE");
}

/** How many requests of an operation had such an answer since the log was emptied; 0 stands for none. */
export async function answered(world: World, { service, name }: Operation, accepts: (status: number) => boolean): Promise<number> {
  const requests = (await world.control(service, `requests?operation=${name}`)) as { status: number }[];
  return requests.filter(({ status }) => accepts(status)).length;
}

export const succeeded = (status: number): boolean => status >= 200 && status < 300;

/** The repository of the webhook that a round creates. */
export async function addRepository(world: World, product: Product, round: number): Promise<void> {
  await changeRepository(world, product, made(round), "create");
}

/** Both sides, by name: a second one of anything would show. */
export async function bothSides(world: World, product: Product, round: number): Promise<void> {
  const { spaces, vcsIntegrations } = (await world.graphql("{spaces{name} vcsIntegrations{name}}")) as Record<string, { name: string }[]>;
  const names = (list: readonly { name: string }[] | undefined) => (list ?? []).map(({ name }) => name).sort();
  expect(names(spaces)).toEqual(["root", "Platform", "Platform production", "Research", "Updated", "Last", made(round)].sort());
  expect(names(vcsIntegrations)).toEqual(["Hub", "Updated", "Rotated", made(round)].sort());
  const hooks = async (repository: string) => (await world.hooks(product, repository)).map(({ title, secret }) => [title, secret]);
  expect(await hooks("infrastructure")).toEqual([[mark(round), true]]);
  for (let one = 0; one <= round; one++) expect(await hooks(made(one))).toEqual(one === round ? [["Spacelift (hub)", true]] : []);
}
