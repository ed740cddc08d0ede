/** A round: one apply that does ten operations at once, to ten objects that do not depend on each other. Rounds follow on one another. */
import { TOKEN_VARIABLE, type World } from "./world";

export type Service = "spacelift" | "bitbucket-cloud";
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
const INTEGRATION = "bitlift_bitbucket_cloud_integration";
const WEBHOOK = "bitlift_bitbucket_cloud_webhook";

export const OPERATIONS: readonly Operation[] = [
  {
    title: "Space create",
    service: "spacelift",
    name: "spaceCreate",
    effect: "create",
    address: (round) => `bitlift_space.${made(round)}`,
  },
  { title: "Space update", service: "spacelift", name: "spaceUpdate", effect: "update", address: () => "bitlift_space.updated" },
  {
    title: "Space delete",
    service: "spacelift",
    name: "spaceDelete",
    effect: "delete",
    address: (round) => `bitlift_space.${made(round - 1)}`,
  },
  {
    title: "integration create",
    service: "spacelift",
    name: "bitbucketCloudIntegrationCreateV2",
    effect: "create",
    address: (round) => `${INTEGRATION}.${made(round)}`,
  },
  {
    title: "integration update",
    service: "spacelift",
    name: "bitbucketCloudIntegrationUpdateV2",
    effect: "update",
    address: () => `${INTEGRATION}.updated`,
  },
  {
    title: "integration regenerate",
    service: "spacelift",
    name: "bitbucketCloudIntegrationRegenerateWebhookSecret",
    effect: "update",
    address: () => `${INTEGRATION}.rotated`,
  },
  {
    title: "integration delete",
    service: "spacelift",
    name: "bitbucketCloudIntegrationDelete",
    effect: "delete",
    address: (round) => `${INTEGRATION}.${made(round - 1)}`,
  },
  {
    title: "webhook create",
    service: "bitbucket-cloud",
    name: "createRepositoryHook",
    effect: "create",
    address: (round) => `${WEBHOOK}.${made(round)}`,
  },
  {
    title: "webhook replace",
    service: "bitbucket-cloud",
    name: "updateRepositoryHook",
    effect: "update",
    address: () => `${WEBHOOK}.replaced`,
  },
  {
    title: "webhook delete",
    service: "bitbucket-cloud",
    name: "deleteRepositoryHook",
    effect: "delete",
    address: (round) => `${WEBHOOK}.${made(round - 1)}`,
  },
];
export const SERVICES: readonly Service[] = ["spacelift", "bitbucket-cloud"];

/** What the configuration of a round is told from the one before by. */
export const mark = (round: number): string => `round ${String(round)}`;

export function configurationOf(round: number): Record<string, unknown> {
  const login = { email: "spacelift@acme.example", api_token_env: TOKEN_VARIABLE };
  const webhook = (repository: string) => ({
    workspace: "acme-workspace",
    repository,
    integration_id: `\${${INTEGRATION}.hub.id}`,
    webhook_url: `\${${INTEGRATION}.hub.webhook_url}`,
    secret_fingerprint: `\${${INTEGRATION}.hub.webhook_secret_fingerprint}`,
  });
  return {
    resource: {
      bitlift_space: {
        updated: { name: "Updated", description: mark(round) },
        // The last one of every round; while its answer is awaited, the engine lives and has nothing else to do.
        last: { name: "Last", description: mark(round), depends_on: ["bitlift_space.updated"] },
        [made(round)]: { name: made(round) },
      },
      [INTEGRATION]: {
        hub: { name: "Hub", ...login },
        updated: { name: "Updated", description: mark(round), ...login },
        rotated: { name: "Rotated", webhook_secret_rotation: mark(round), ...login },
        [made(round)]: { name: made(round), ...login },
      },
      [WEBHOOK]: { replaced: { ...webhook("infrastructure"), title: mark(round) }, [made(round)]: webhook(made(round)) },
    },
  };
}

/** Empties the request logs. */
export async function forget(world: World): Promise<void> {
  for (const service of SERVICES) await world.control(service, "requests", undefined, "DELETE");
}

/** Lets held answers go and takes what is left of the faults away. */
export async function disarm(world: World): Promise<void> {
  for (const service of SERVICES) await world.control(service, "faults", undefined, "DELETE");
}

/** How many requests of an operation had such an answer since the log was emptied; 0 stands for none. */
export async function answered(world: World, { service, name }: Operation, accepts: (status: number) => boolean): Promise<number> {
  const requests = (await world.control(service, `requests?operation=${name}`)) as { status: number }[];
  return requests.filter(({ status }) => accepts(status)).length;
}

export const succeeded = (status: number): boolean => status >= 200 && status < 300;

/** The repository of the webhook that a round creates. */
export async function addRepository(world: World, round: number): Promise<void> {
  await world.control("bitbucket-cloud", "repository", { workspace: "acme-workspace", repository: made(round), change: "create" });
}

/** Both sides, by name: a second one of anything would show. */
export async function bothSides(world: World, round: number): Promise<void> {
  const { spaces, vcsIntegrations } = (await world.graphql("{spaces{name} vcsIntegrations{name}}")) as Record<string, { name: string }[]>;
  const names = (list: readonly { name: string }[] | undefined) => (list ?? []).map(({ name }) => name).sort();
  expect(names(spaces)).toEqual(["root", "Platform", "Platform production", "Research", "Updated", "Last", made(round)].sort());
  expect(names(vcsIntegrations)).toEqual(["Hub", "Updated", "Rotated", made(round)].sort());
  const hooks = async (repository: string) => (await world.hooks(repository)).map(({ description, secret_set: set }) => [description, set]);
  expect(await hooks("infrastructure")).toEqual([[mark(round), true]]);
  for (let one = 0; one <= round; one++) expect(await hooks(made(one))).toEqual(one === round ? [["Spacelift (hub)", true]] : []);
}
