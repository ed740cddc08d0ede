// What creating and replacing a webhook does: defaults, absent fields, the secret and the password.
import type { HookInput } from "./webhook-input";
import type { Hook } from "./store";

export function newHook(input: HookInput, id: number, now: number): Hook {
  const { name = "", url, active = true, events, configuration = {}, sslVerificationRequired = true } = input;
  const credentials = credentialsOf(input, null);
  return { id, name, url, active, events, configuration, sslVerificationRequired, credentials, createdDate: now, updatedDate: now };
}

/** Everything that is not sent gets its default, so that a PUT without `configuration` removes the secret; only a password stays, with its user name. */
export function replaceHook(
  hook: Hook,
  input: HookInput,
  { now, verification }: { readonly now: number; readonly verification: boolean },
): void {
  hook.name = input.name ?? "";
  hook.url = input.url;
  hook.active = input.active ?? true;
  hook.events = input.events;
  hook.configuration = input.configuration ?? {};
  hook.sslVerificationRequired = input.sslVerificationRequired ?? verification;
  hook.credentials = credentialsOf(input, hook.credentials);
  hook.updatedDate = now;
}

function credentialsOf({ credentials }: HookInput, before: Hook["credentials"]): Hook["credentials"] {
  if (credentials === undefined) return null;
  return { username: credentials.username, password: credentials.password ?? before?.password ?? "" };
}
