/** Every rule. The last one shows the warnings that no other rule has explained. */
import type { Rule } from "./context";
import { accountWideChange } from "./account-wide-change";
import { actionInvoked } from "./action-invoked";
import { backingChanged } from "./backing-changed";
import { certificateCheckDisabled } from "./certificate-check-disabled";
import { changeIneffective } from "./change-ineffective";
import { checkFailed } from "./check-failed";
import { credentialChanged } from "./credential-changed";
import { defaultIntegrationChanged } from "./default-integration-changed";
import { doubleDelivery } from "./double-delivery";
import { driftUndone } from "./drift-undone";
import { integrationDeleted } from "./integration-deleted";
import { integrationRenamed } from "./integration-renamed";
import { integrationReplaced } from "./integration-replaced";
import { objectsKept } from "./objects-kept";
import { partWaits } from "./part-waits";
import { planIncomplete } from "./plan-incomplete";
import { planWarning } from "./plan-warning";
import { protectionDisabled } from "./protection-disabled";
import { removalsOverLimit } from "./removals-over-limit";
import { repositoryMissing } from "./repository-missing";
import { requiredEventsMissing } from "./required-events-missing";
import { secretRotated } from "./secret-rotated";
import { secretsInState } from "./secrets-in-state";
import { spaceAccessLost } from "./space-access-lost";
import { valueUnknown } from "./value-unknown";
import { webhookDeactivated } from "./webhook-deactivated";
import { webhookDeleted } from "./webhook-deleted";
import { webhookOverwritten } from "./webhook-overwritten";

export const RULES: readonly Rule[] = [
  accountWideChange,
  backingChanged,
  integrationDeleted,
  integrationReplaced,
  integrationRenamed,
  defaultIntegrationChanged,
  spaceAccessLost,
  secretRotated,
  credentialChanged,
  protectionDisabled,
  webhookDeleted,
  webhookDeactivated,
  certificateCheckDisabled,
  requiredEventsMissing,
  webhookOverwritten,
  repositoryMissing,
  doubleDelivery,
  changeIneffective,
  driftUndone,
  secretsInState,
  removalsOverLimit,
  valueUnknown,
  checkFailed,
  actionInvoked,
  objectsKept,
  partWaits,
  planIncomplete,
  planWarning,
];
