// Webhook deliveries from both products of Bitbucket: the signature is checked over the raw body, then a push may start runs.
import { createHmac, timingSafeEqual } from "node:crypto";
import { type BitbucketEvent, readEvent } from "./bitbucket-events";
import { deliveryRefusals } from "./errors";
import { defaultIntegration } from "./integrations";
import { runForDelivery } from "./runs";
import { type Account, type BitbucketProvider, type Delivery, integrationKey, type Integration, type Scope } from "./state";

/** What the endpoint got; header names in lower case. */
export interface Received {
  readonly provider: BitbucketProvider;
  readonly path: string;
  /** Undefined for the account-level address. */
  readonly slug: string | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface DeliveryAnswer {
  readonly status: number;
  readonly text: string;
}

/** Deliveries beyond this are forgotten, oldest first. */
const KEPT = 5_000;

export function receive(scope: Pick<Scope, "account" | "switches" | "clock">, received: Received): DeliveryAnswer {
  const { account, clock } = scope;
  const event = received.headers["x-event-key"] ?? "";
  const integration = addressed(scope, received);
  const record = (signature: Delivery["signature"], status: number, repository: string | null, effect: Delivery["effect"]): void => {
    account.deliveries.push({
      time: new Date(clock.now()).toISOString(),
      provider: received.provider,
      integration: integration?.id ?? null,
      path: received.path,
      event,
      repository,
      signature,
      status,
      effect,
    });
    if (account.deliveries.length > KEPT) account.deliveries.shift();
  };
  const refuse = (signature: Delivery["signature"], status: number, text: string): DeliveryAnswer => {
    record(signature, status, null, { runs: [], note: text });
    return { status, text };
  };
  if (integration === undefined) return refuse("not checked", 404, deliveryRefusals.unknownHook);
  const header = received.headers["x-hub-signature"];
  const signature = header === undefined ? "missing" : isSigned(header, received.body, integration.webhookSecret) ? "valid" : "invalid";
  if (signature === "invalid") return refuse(signature, 401, deliveryRefusals.badSignature);
  if (signature === "missing") {
    if (event === "diagnostics:ping") {
      record(signature, 200, null, { runs: [], note: "ping" });
      return { status: 200, text: "" };
    }
    if (received.provider !== "BITBUCKET_CLOUD" || scope.switches.unsigned === "refuse") {
      return refuse(signature, 401, deliveryRefusals.noSignature);
    }
  }
  const read = readEvent(received.provider, event, received.body);
  record(signature, 200, read.repository, effectOf(account, integration, read, clock.now()));
  return { status: 200, text: "" };
}

/** `sha256=` and the HMAC of the raw body. */
function isSigned(header: string, body: Buffer, secret: string): boolean {
  const given = Buffer.from(header);
  const expected = Buffer.from(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The account-level address belongs to the default integration, and only where defaults have that address. */
function addressed(scope: Pick<Scope, "account" | "switches">, { provider, slug }: Received): Integration | undefined {
  const { account, switches } = scope;
  const fallback = switches["default-url"] === "account" ? defaultIntegration(scope, provider) : undefined;
  if (slug === undefined) return fallback;
  const integration = account.integrations.get(integrationKey(provider, slug));
  return integration === fallback ? undefined : integration;
}

function effectOf(account: Account, integration: Integration, event: BitbucketEvent, now: number): Delivery["effect"] {
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
    stacks.flatMap((stack) => runForDelivery(account, stack, { ...push, integration: integration.id, now }) ?? []),
  );
  return runs.length === 0 ? { runs: [], note: "these commits have had their runs" } : { runs: runs.map((run) => run.id) };
}
