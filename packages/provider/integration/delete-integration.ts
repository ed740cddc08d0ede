/** Deletes an integration, unless stacks or modules use it or its replacement could not be created. */
import type { BitbucketProduct } from "../../domain";
import type { DeleteContext } from "../resource-handlers";
import { requireUnused, warnOfDetached } from "./detach-protection";
import type { IntegrationViews } from "./integration-attributes";
import { throwMissingValue } from "./integration-input";
import { refuseBlockedReplacement } from "./replacement-blocker";

export async function deleteIntegration(product: BitbucketProduct, context: DeleteContext<IntegrationViews>): Promise<void> {
  const { prior, api, report } = context;
  api.startApply();
  const id = prior.id ?? throwMissingValue();
  const integration = { id, name: prior.name ?? id };
  api.knownIntegrations.record(product, prior);
  await refuseBlockedReplacement(api, product, context.privateState, integration);
  const detached = await requireUnused(api, product, integration, prior.detach_protection !== false);
  await api.spacelift.integrations[product].remove(id);
  const diagnostic = warnOfDetached(detached, integration);
  if (diagnostic !== undefined) report.add(diagnostic);
}
