/** What Spacelift tells about an integration or a Space, with the credential of the environment. */
import { Spacelift, type SpaceliftCredentials } from "../../clients";
import { spacePath, type Configuration, type IntegrationEntry } from "../../configuration";
import type { StateObject } from "./state-objects";

const SILENT = { includes: () => false, debug: () => undefined, info: () => undefined, warn: () => undefined };

/** Undefined without a credential in the environment. */
export function spaceliftOf(environment: NodeJS.ProcessEnv): Spacelift | undefined {
  const credentials = credentialsIn(environment);
  if (credentials === undefined) return undefined;
  // A person waits for the answer.
  const times = { requestTimeoutMs: 10_000, rateLimitMaxWaitMs: 10_000, maxConcurrentRequests: 4 };
  return new Spacelift(credentials, { ...times, log: SILENT, signal: AbortSignal.timeout(30_000) });
}

function credentialsIn(environment: NodeJS.ProcessEnv): SpaceliftCredentials | undefined {
  const text = (name: string) => environment[name] || undefined;
  const [endpoint, apiKeyId, apiKeySecret] = [
    text("SPACELIFT_API_KEY_ENDPOINT"),
    text("SPACELIFT_API_KEY_ID"),
    text("SPACELIFT_API_KEY_SECRET"),
  ];
  if (endpoint !== undefined && apiKeyId !== undefined && apiKeySecret !== undefined) return { endpoint, apiKeyId, apiKeySecret };
  const apiToken = text("SPACELIFT_API_TOKEN");
  return apiToken === undefined ? undefined : { apiToken };
}

/** @throws Problem */
export async function integrationIn(spacelift: Spacelift, { product, existing, name }: IntegrationEntry): Promise<StateObject | undefined> {
  const integrations = spacelift.integrations[product];
  const wanted = existing ?? { name };
  const listed = (await integrations.list()).find((listing) =>
    "id" in wanted ? listing.id === wanted.id : "name" in wanted ? listing.name === wanted.name : listing.isDefault,
  );
  if (listed === undefined) return undefined;
  const found = await integrations.find(listed.id, listed.spaceId);
  const webhookUrl = found.state === "found" ? (found.integration.webhookUrl ?? undefined) : undefined;
  return { id: listed.id, webhookUrl, webhookId: undefined, active: undefined };
}

/** The Space at the path of names from root. @throws Problem */
export async function spaceIn(spacelift: Spacelift, key: string, configuration: Configuration): Promise<StateObject | undefined> {
  const all = await spacelift.spaces.list();
  let id: string | undefined = "root";
  for (const step of spacePath(key, configuration).slice(1)) {
    const entry = configuration.spaces.get(step);
    const existing = entry?.existing;
    if (existing !== undefined && "id" in existing) id = existing.id;
    else {
      const name = existing?.name ?? entry?.name;
      const parent: string = id;
      const [only, ...others] = all.filter((space) => space.name === name && (space.parentSpaceId ?? "root") === parent);
      if (only === undefined || others.length > 0) return undefined;
      id = only.id;
    }
  }
  return { id, webhookUrl: undefined, webhookId: undefined, active: undefined };
}
