/** Adds to an explanation what the state or Spacelift tells: IDs, the URL, and the webhook. Never fails: without an answer, it adds notes. */
import { integrationAddress, type Configuration, type IntegrationEntry, type KeyExplanation, type Part } from "../../configuration";
import { integrationIn, spaceIn, spaceliftOf } from "./spacelift-account";
import type { StateObject } from "./state-objects";
import { localState, pulledState, type FoundState } from "./state-source";

/** Only what is known. */
export interface Deployed {
  readonly spaceId?: string;
  readonly integrationId?: string;
  readonly url?: string;
  readonly webhookId?: string;
  readonly webhookActive?: boolean;
  /** Where it is known from. */
  readonly knownFrom: string;
}

export interface DeployedExplanation {
  /** In the order of the explanations. Undefined where nothing is known. */
  readonly deployed: readonly (Deployed | undefined)[];
  /** Sentences for standard error. */
  readonly notes: readonly string[];
}

export async function findDeployed(
  configuration: Configuration,
  found: readonly KeyExplanation[],
  online: boolean,
): Promise<DeployedExplanation> {
  const notes: string[] = [];
  const states = new Map<string, Promise<FoundState | undefined>>();
  const stateOf = (part: Part) => {
    const known = states.get(part.name) ?? readState(configuration, part, online, notes);
    states.set(part.name, known);
    return known;
  };
  const deployed: (Deployed | undefined)[] = [];
  for (const facts of found) {
    const part = configuration.parts.find(({ name }) => "part" in facts && name === facts.part);
    const state = part === undefined ? undefined : await stateOf(part);
    const inState = state === undefined ? undefined : fromState(facts, configuration, state);
    deployed.push(inState ?? (online ? await fromSpacelift(facts, configuration, notes) : undefined));
  }
  return { deployed, notes: [...new Set(notes)] };
}

async function readState(configuration: Configuration, part: Part, online: boolean, notes: string[]): Promise<FoundState | undefined> {
  const local = await localState(configuration, part);
  if (local !== undefined || !online) return local;
  const pulled = await pulledState(configuration, part);
  if (typeof pulled !== "string") return pulled;
  notes.push(pulled);
  return undefined;
}

function fromState(facts: KeyExplanation, configuration: Configuration, { source, objects }: FoundState): Deployed | undefined {
  if (facts.kind === "server") return undefined;
  if (facts.kind === "Space") return describe({ space: facts.address === undefined ? undefined : objects.get(facts.address) }, source);
  const entry = configuration.integrations.get(facts.kind === "integration" ? facts.key : facts.integration);
  const integration = entry === undefined ? undefined : objects.get(`${entry.existing === undefined ? "" : "data."}${addressOf(entry)}`);
  const webhook = facts.kind === "repository" ? objects.get(facts.address) : undefined;
  return describe({ integration, webhook }, source);
}

function addressOf({ product, key, backing }: IntegrationEntry): string {
  return integrationAddress(product, key, backing);
}

async function fromSpacelift(facts: KeyExplanation, configuration: Configuration, notes: string[]): Promise<Deployed | undefined> {
  if (facts.kind === "server") return undefined;
  const spacelift = spaceliftOf(process.env);
  if (spacelift === undefined) {
    notes.push(
      "Spacelift was not asked, because the environment has no key: set SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID and SPACELIFT_API_KEY_SECRET.",
    );
    return undefined;
  }
  try {
    if (facts.kind === "Space") return describe({ space: await spaceIn(spacelift, facts.key, configuration) }, "Spacelift");
    const entry = configuration.integrations.get(facts.kind === "integration" ? facts.key : facts.integration);
    return describe({ integration: entry === undefined ? undefined : await integrationIn(spacelift, entry) }, "Spacelift");
  } catch (thrown) {
    notes.push(`Spacelift did not answer: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return undefined;
  }
}

interface Objects {
  readonly space?: StateObject | undefined;
  readonly integration?: StateObject | undefined;
  readonly webhook?: StateObject | undefined;
}

function describe({ space, integration, webhook }: Objects, knownFrom: string): Deployed | undefined {
  const facts = {
    spaceId: space?.id,
    integrationId: integration?.id,
    url: integration?.webhookUrl,
    webhookId: webhook?.webhookId,
    webhookActive: webhook?.active,
  };
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Omit<Deployed, "knownFrom">;
  return Object.keys(known).length === 0 ? undefined : { ...known, knownFrom };
}
