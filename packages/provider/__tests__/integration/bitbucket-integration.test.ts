/** What the plan of an integration promises of its webhook secret when that is to be regenerated, or may be. */
import type { Clients } from "../../configuration/clients";
import { bitbucketDatacenterIntegration as resource } from "../../integration/bitbucket-datacenter-integration";
import { UNKNOWN } from "../../../terraform-plugin";

const FINGERPRINT = "sha256:0123456789abcdef";

function planned(before: string | null, now: unknown): unknown {
  const silent = () => undefined;
  const state = { id: "payments", name: "Payments", space_id: "root", access_token_env: "TOKEN", webhook_secret_fingerprint: FINGERPRINT };
  const draft = { ...state, webhook_secret_rotation: now };
  const api = { environment: {}, logsInWith: () => false, integrations: { remember: silent } } as unknown as Clients;
  const prior = { ...state, webhook_secret_rotation: before };
  const question = { config: draft, prior, draft, changed: true, private: new Map(), api, report: { add: silent } };
  // What a handler gets, as far as it looks at it.
  const done = resource.plan?.(question as unknown as Parameters<NonNullable<typeof resource.plan>>[0]);
  return Promise.resolve(done).then(() => draft.webhook_secret_fingerprint);
}

it.each<[string, string | null, unknown, unknown]>([
  ["stays where nothing changes", "1", "1", FINGERPRINT],
  ["stays where the rotation is written for the first time", null, "1", FINGERPRINT],
  ["stays where its first text is decided at apply", null, UNKNOWN, FINGERPRINT],
  ["stays where the rotation is taken away", "1", null, FINGERPRINT],
  ["is open where the rotation changes", "1", "2", UNKNOWN],
  ["is open where the rotation is decided at apply", "1", UNKNOWN, UNKNOWN],
  ["is open where it was an empty text, and is decided at apply", "", UNKNOWN, UNKNOWN],
])("the fingerprint %s", async (_name, before, now, expected) => {
  expect(await planned(before, now)).toBe(expected);
});
