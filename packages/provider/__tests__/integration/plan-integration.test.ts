/** The fingerprint of the webhook secret in a plan that regenerates the secret, or may do so. */
import type { Clients } from "../../configuration/clients";
import { bitbucketDatacenterIntegration as resource } from "../../integration/bitbucket-datacenter-integration";
import { PlannedNames } from "../../planned-names";
import { UNKNOWN } from "../../../terraform-plugin";

const FINGERPRINT = "sha256:0123456789abcdef";

async function planFingerprint(priorRotation: string | null, plannedRotation: unknown): Promise<unknown> {
  const ignore = () => undefined;
  const state = { id: "payments", name: "Payments", space_id: "root", access_token_env: "TOKEN", webhook_secret_fingerprint: FINGERPRINT };
  const prior = { ...state, webhook_secret_rotation: priorRotation };
  const draft = { ...state, webhook_secret_rotation: plannedRotation };
  const api = {
    environment: {},
    usesVariable: () => false,
    knownIntegrations: { record: ignore, planned: { datacenter: new PlannedNames() } },
  } as unknown as Clients;
  // The part of a handler's context that this handler reads.
  const context = { config: draft, prior, draft, changed: true, privateState: new Map(), api, report: { add: ignore } };
  await resource.plan?.(context as unknown as Parameters<NonNullable<typeof resource.plan>>[0]);
  return draft.webhook_secret_fingerprint;
}

it.each<[string, string | null, unknown, unknown]>([
  ["is kept if nothing changes", "1", "1", FINGERPRINT],
  ["is kept if the rotation is set for the first time", null, "1", FINGERPRINT],
  ["is kept if the first rotation is unknown", null, UNKNOWN, FINGERPRINT],
  ["is kept if the rotation is removed", "1", null, FINGERPRINT],
  ["is unknown if the rotation changes", "1", "2", UNKNOWN],
  ["is unknown if the rotation is unknown", "1", UNKNOWN, UNKNOWN],
  ["is unknown if the rotation was an empty text and becomes unknown", "", UNKNOWN, UNKNOWN],
])("the fingerprint %s", async (_case, prior, planned, expected) => {
  expect(await planFingerprint(prior, planned)).toBe(expected);
});
