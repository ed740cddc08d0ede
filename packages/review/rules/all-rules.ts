/** Every rule, in the order of the catalog. */
import type { Rule } from "./context";
import { doubleDelivery } from "./double-delivery";
import { integrationDeleted } from "./integration-deleted";
import { integrationRenamed } from "./integration-renamed";
import { integrationReplaced } from "./integration-replaced";
import { repositoryMissing } from "./repository-missing";
import { webhookOverwritten } from "./webhook-overwritten";

export const RULES: readonly Rule[] = [
  integrationDeleted,
  integrationReplaced,
  integrationRenamed,
  webhookOverwritten,
  repositoryMissing,
  doubleDelivery,
];
