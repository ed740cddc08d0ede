// What creating and changing a webhook does: defaults, absent fields, the secret, and the order of events.
import { createHash, randomInt } from "node:crypto";
import type { HookInput } from "./webhook-input";
import { type Hook, newUuid } from "./store";
import type { Switches } from "./switches";

export function newHook(input: HookInput, now: number, uuid = newUuid()): Hook {
  return {
    uuid,
    createdAt: nanoseconds(now),
    url: input.url ?? "",
    description: input.description ?? "",
    active: input.active ?? true,
    skipCertVerification: input.skipCertVerification ?? false,
    historyEnabled: input.historyEnabled ?? false,
    events: shownOrder(input.events ?? [], uuid),
    secret: input.secret ?? null,
  };
}

/** The secret stays when the body has none, whatever happens to other absent fields. */
export function changeHook(hook: Hook, input: HookInput, mode: Switches["put-absent"]): void {
  const merge = mode === "merge";
  hook.url = input.url ?? (merge ? hook.url : "");
  hook.description = input.description ?? (merge ? hook.description : "");
  hook.active = input.active ?? (merge ? hook.active : true);
  hook.skipCertVerification = input.skipCertVerification ?? (merge ? hook.skipCertVerification : false);
  hook.historyEnabled = input.historyEnabled ?? (merge ? hook.historyEnabled : false);
  hook.events = input.events === undefined ? (merge ? hook.events : []) : shownOrder(input.events, hook.uuid);
  if (input.secret !== undefined) hook.secret = input.secret;
}

/** Stable for a webhook, and never the order in which two or more events were sent. */
function shownOrder(sent: readonly string[], uuid: string): readonly string[] {
  const rank = (event: string): string => createHash("md5").update(uuid).update(event).digest("hex");
  const shown = sent
    .map((event) => ({ event, rank: rank(event) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ event }) => event);
  const [first] = shown;
  return first !== undefined && shown.every((event, index) => event === sent[index]) ? [...shown.slice(1), first] : shown;
}

/** As recorded: nine digits of a second. */
function nanoseconds(now: number): string {
  const digits = String(randomInt(1_000_000)).padStart(6, "0");
  return new Date(now).toISOString().replace("Z", `${digits}Z`);
}
