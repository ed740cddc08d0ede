/** Integrations on Bitbucket Cloud that a configuration creates: the published providers can only read them, so the file has to name them by ID. */
import { integrationAddress, RESOURCE_TYPES, type Configuration } from "../../configuration";
import { problem } from "../catalog";
import type { Stack } from "../project/manifest";
import { readPart } from "./part-export";
import type { StoredObject } from "./stored-objects";

/** @throws Problem `move-impossible` with what to write for each of them */
export async function managedCloudIntegrations(
  stacks: readonly Stack[],
  states: ReadonlyMap<string, readonly StoredObject[] | undefined>,
  configuration: Configuration | undefined,
): Promise<void> {
  const steps: string[] = [];
  for (const stack of stacks) {
    const { resource = {} } = await readPart(stack);
    for (const name of Object.keys(resource[RESOURCE_TYPES.integration.cloud] ?? {})) {
      const address = `${RESOURCE_TYPES.integration.cloud}.${name}`;
      const id = states.get(stack.name)?.find((object) => object.address === address)?.attributes.id;
      steps.push(configuration === undefined ? stepInCode(address, id) : stepInFile(address, id, configuration));
    }
  }
  if (steps.length === 0) return;
  throw problem("move-impossible", {
    why: `Spacelift's own provider cannot manage an integration on Bitbucket Cloud: it only reads one that exists. Nothing was written, because the configuration creates ${steps.length === 1 ? "one" : steps.length}.`,
    fix: `${steps.join("\n")}\nDo not plan or apply that change before the move: it would delete the integration. Run this command again instead.`,
  });
}

function stepInFile(address: string, id: string | undefined, { integrations }: Configuration): string {
  const entry = [...integrations.values()].find(({ key, product }) => product === "cloud" && integrationAddress(product, key) === address);
  if (entry === undefined) return stepInCode(address, id);
  const { key, place } = entry;
  const where = `${place.file}:${place.line}:${place.column}, integration "${key}"`;
  if (id === undefined) return `${where}: the state does not contain it. Apply it first, or remove it.`;
  return `${where}: write "cloud: {}" and "existing: { id: ${id} }" instead of its other keys, and keep repositories.`;
}

function stepInCode(address: string, id: string | undefined): string {
  if (id === undefined) return `${address} is not in the state. Apply it first, or remove it.`;
  return `${address}: use BitbucketCloudIntegration.fromIntegrationId(scope, "<the same construct ID>", "${id}") instead of the construct.`;
}
