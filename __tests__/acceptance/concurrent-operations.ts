/** A round: one apply that runs ten operations at once, on ten objects that do not depend on each other. A test applies several rounds. */
import {
  integrationReferences,
  repositoryFields,
  type LoggedRequest,
  type Product,
  type SandboxClient,
  type Service,
} from "../../tools/harness";
import { defaultCredential } from "./configuration";
import { changeRepository } from "./outside-changes";

type Effect = "create" | "update" | "delete";

export interface Operation {
  readonly title: string;
  readonly service: Service;
  /** Name of the operation in the sandbox. */
  readonly name: string;
  readonly effect: Effect;
  /** Address of the object that the operation changes in a round. */
  readonly address: (round: number) => string;
}

/** Name of the objects that exist for one round only. */
export const temporaryName = (round: number): string => `made-${round}`;

/** Ten operations on three types of objects. */
export function operationsOf(product: Product): readonly Operation[] {
  const { integration, webhook, mutations, operations, service } = product;
  const created = (type: string) => (round: number) => `${type}.${temporaryName(round)}`;
  const deleted = (type: string) => (round: number) => `${type}.${temporaryName(round - 1)}`;
  const fixed = (address: string) => () => address;
  const rows: readonly (readonly [string, Service, string, Effect, Operation["address"]])[] = [
    ["Space create", "spacelift", "spaceCreate", "create", created("bitlift_space")],
    ["Space update", "spacelift", "spaceUpdate", "update", fixed("bitlift_space.updated")],
    ["Space delete", "spacelift", "spaceDelete", "delete", deleted("bitlift_space")],
    ["integration create", "spacelift", mutations.create, "create", created(integration)],
    ["integration update", "spacelift", mutations.update, "update", fixed(`${integration}.updated`)],
    ["integration regenerate", "spacelift", mutations.regenerate, "update", fixed(`${integration}.rotated`)],
    ["integration delete", "spacelift", mutations.remove, "delete", deleted(integration)],
    ["webhook create", service, operations.create, "create", created(webhook)],
    ["webhook replace", service, operations.update, "update", fixed(`${webhook}.replaced`)],
    ["webhook delete", service, operations.remove, "delete", deleted(webhook)],
  ];
  return rows.map(([title, service, name, effect, address]) => ({ title, service, name, effect, address }));
}

export const servicesOf = (product: Product): readonly Service[] => ["spacelift", product.service];

/** The text that differs between the configurations of two rounds. */
export const roundLabel = (round: number): string => `round ${round}`;

export function configurationOf(product: Product, round: number): Record<string, unknown> {
  const login = defaultCredential(product);
  const label = roundLabel(round);
  const temporary = temporaryName(round);
  const webhook = (repository: string) => ({
    ...repositoryFields(product, repository),
    ...integrationReferences(`${product.integration}.hub`),
  });
  return {
    resource: {
      bitlift_space: {
        updated: { name: "Updated", description: label },
        // Updated after everything else, one after the other: while the response for the last one is held back, the engine has nothing else to do.
        later: { name: "Later", description: label, depends_on: ["bitlift_space.updated"] },
        last: { name: "Last", description: label, depends_on: ["bitlift_space.later"] },
        [temporary]: { name: temporary },
      },
      [product.integration]: {
        hub: { name: "Hub", ...login },
        updated: { name: "Updated", description: label, ...login },
        rotated: { name: "Rotated", webhook_secret_rotation: label, ...login },
        [temporary]: { name: temporary, ...login },
      },
      [product.webhook]: { replaced: { ...webhook("infrastructure"), title: label }, [temporary]: webhook(temporary) },
    },
  };
}

/** Counts the requests of an operation since the log was cleared, by the status of the response; 0 stands for no response. */
export async function countResponses(
  remote: SandboxClient,
  { service, name }: Operation,
  accepts: (status: LoggedRequest["status"]) => boolean,
): Promise<number> {
  return (await remote.requests(service, name)).filter(({ status }) => accepts(status)).length;
}

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Creates the repository of the webhook that a round creates. */
export async function addRepository(remote: SandboxClient, product: Product, round: number): Promise<void> {
  await changeRepository(remote, product, temporaryName(round), "create");
}

/** Every object of the round exists exactly once in Spacelift and in Bitbucket, and no object of an earlier round is left. */
export async function expectRemoteObjects(remote: SandboxClient, product: Product, round: number): Promise<void> {
  const { spaces, vcsIntegrations } = await remote.graphql<Record<string, { name: string }[]>>("{spaces{name} vcsIntegrations{name}}");
  const names = (objects: readonly { name: string }[] | undefined) => (objects ?? []).map(({ name }) => name).sort();
  const temporary = temporaryName(round);
  expect(names(spaces)).toEqual(["root", "Platform", "Platform production", "Research", "Updated", "Later", "Last", temporary].sort());
  expect(names(vcsIntegrations)).toEqual(["Hub", "Updated", "Rotated", temporary].sort());
  const webhooks = async (repository: string) => (await remote.webhooks(product, repository)).map(({ title, secret }) => [title, secret]);
  expect(await webhooks("infrastructure")).toEqual([[roundLabel(round), true]]);
  for (let earlier = 0; earlier <= round; earlier++) {
    expect(await webhooks(temporaryName(earlier))).toEqual(earlier === round ? [["Spacelift (hub)", true]] : []);
  }
}
