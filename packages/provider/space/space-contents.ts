/** What a Space contains, for the message of a delete that Spacelift rejects. */
import type { Clients } from "../configuration/clients";
import { describeConsumer } from "../integration/consumers";

/** Child Spaces, integrations, stacks, and modules that the key can see, as short texts. */
export async function describeSpaceContents(api: Clients, spaceId: string): Promise<readonly string[]> {
  const { cloud, datacenter } = api.spacelift.integrations;
  const [spaces, integrations, consumers] = await Promise.all([
    api.spacelift.spaces.list({ fresh: true }),
    Promise.all([cloud.list(), datacenter.list()]).then((lists) => lists.flat()),
    api.spacelift.usage.ofSpace(spaceId),
  ]);
  return [
    ...spaces.filter((space) => space.parentSpaceId === spaceId).map((space) => `Space "${space.name}" (${space.id})`),
    ...integrations
      .filter((integration) => integration.spaceId === spaceId)
      .map((integration) => `integration "${integration.name}" (${integration.id})`),
    ...consumers.map(describeConsumer),
  ];
}
