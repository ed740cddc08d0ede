// Receives webhook deliveries from both Bitbucket products: verifies the signature of the raw body, then starts runs for pushes.
import { createHmac, timingSafeEqual } from "node:crypto";
import { type BitbucketEvent, readEvent } from "./bitbucket-events";
import { deliveryErrors } from "./errors";
import { findDefaultIntegration } from "./integrations";
import { startRunForDelivery } from "./runs";
import { type Account, type BitbucketProvider, type Delivery, type Integration, integrationKey, type Scope } from "./state";

export interface IncomingDelivery {
  readonly provider: BitbucketProvider;
  readonly path: string;
  /** Undefined for the account-level address. */
  readonly slug: string | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface DeliveryResponse {
  readonly status: number;
  readonly text: string;
}

type DeliveryScope = Pick<Scope, "account" | "switches" | "clock">;
type Outcome = Pick<Delivery, "signature" | "status" | "repository" | "effect">;

/** Older deliveries are dropped. */
const CAPACITY = 5_000;

export function receiveDelivery(scope: DeliveryScope, delivery: IncomingDelivery): DeliveryResponse {
  const event = delivery.headers["x-event-key"] ?? "";
  const integration = findAddressedIntegration(scope, delivery);
  const outcome = evaluate(scope, delivery, { event, integration });
  const { deliveries } = scope.account;
  deliveries.push({
    time: new Date(scope.clock.now()).toISOString(),
    provider: delivery.provider,
    integration: integration?.id ?? null,
    path: delivery.path,
    event,
    ...outcome,
  });
  if (deliveries.length > CAPACITY) deliveries.shift();
  return { status: outcome.status, text: outcome.status === 200 ? "" : (outcome.effect.note ?? "") };
}

function evaluate(
  scope: DeliveryScope,
  { provider, headers, body }: IncomingDelivery,
  { event, integration }: { readonly event: string; readonly integration: Integration | undefined },
): Outcome {
  if (integration === undefined) return withoutEffect("not checked", 404, deliveryErrors.unknownHook);
  const signature = checkSignature(headers["x-hub-signature"], body, integration.webhookSecret);
  if (signature === "invalid") return withoutEffect(signature, 401, deliveryErrors.badSignature);
  if (signature === "missing" && event === "diagnostics:ping") return withoutEffect(signature, 200, "ping");
  if (signature === "missing" && (provider !== "BITBUCKET_CLOUD" || scope.switches.unsigned === "refuse")) {
    return withoutEffect(signature, 401, deliveryErrors.noSignature);
  }
  const content = readEvent(provider, event, body);
  const effect = applyEvent(scope.account, integration, content, scope.clock.now());
  return { signature, status: 200, repository: content.repository, effect };
}

function withoutEffect(signature: Delivery["signature"], status: number, note: string): Outcome {
  return { signature, status, repository: null, effect: { runs: [], note } };
}

/** The header contains `sha256=` and the HMAC of the raw body. */
function checkSignature(header: string | undefined, body: Buffer, secret: string): "valid" | "invalid" | "missing" {
  if (header === undefined) return "missing";
  const actual = Buffer.from(header);
  const expected = Buffer.from(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? "valid" : "invalid";
}

/** The account-level address belongs to the default integration, and only if the switch gives default integrations that address. */
function findAddressedIntegration(
  scope: Pick<Scope, "account" | "switches">,
  { provider, slug }: IncomingDelivery,
): Integration | undefined {
  const { account, switches } = scope;
  const atAccount = switches["default-url"] === "account" ? findDefaultIntegration(scope, provider) : undefined;
  if (slug === undefined) return atAccount;
  const integration = account.integrations.get(integrationKey(provider, slug));
  return integration === atAccount ? undefined : integration;
}

function applyEvent(account: Account, integration: Integration, event: BitbucketEvent, now: number): Delivery["effect"] {
  if (event.pullRequest !== undefined) return { runs: [], pullRequest: event.pullRequest };
  if (event.pushes.length === 0) return { runs: [], note: event.note };
  const stacks = [...account.stacks.values()].filter(
    (stack) =>
      stack.provider === integration.provider &&
      stack.vcsIntegrationId === integration.id &&
      `${stack.namespace}/${stack.repository}`.toLowerCase() === event.repository?.toLowerCase(),
  );
  if (stacks.length === 0) return { runs: [], note: "no stack with this repository uses the integration" };
  const runs = event.pushes.flatMap((push) =>
    stacks.flatMap((stack) => startRunForDelivery(account, stack, { ...push, integration: integration.id, now }) ?? []),
  );
  return runs.length === 0 ? { runs: [], note: "these commits already have runs" } : { runs: runs.map((run) => run.id) };
}
