// Reads and validates the body of a POST or PUT of a webhook.
import type { JsonObject } from "../../core/json-body";
import { findAddressProblem } from "../../core/webhook-address";
import { findEventType, type SubjectType } from "./events";
import type { Switches } from "./switches";

/** A field is undefined if the body does not have it. */
export interface WebhookInput {
  readonly url: string | undefined;
  readonly events: readonly string[] | undefined;
  readonly description: string | undefined;
  readonly active: boolean | undefined;
  readonly skipCertVerification: boolean | undefined;
  readonly historyEnabled: boolean | undefined;
  /** Null removes the secret. */
  readonly secret: string | null | undefined;
}

/** Messages by field. */
type FieldErrors = Readonly<Record<string, readonly string[]>>;

export interface WebhookInputRules {
  readonly subject: SubjectType;
  /** Whether `url` and `events` are required. */
  readonly requireAll: boolean;
  readonly paired: readonly string[];
  readonly switches: Readonly<Switches>;
}

const REQUIRED = "This field is required.";
const MAX_SECRET_LENGTH = 128;
/** The wording for internal addresses is assumed. */
const URL_ERRORS = {
  invalid: "Enter a valid URL.",
  internal: "This URL points to an internal address, which is not allowed.",
} as const;

class FieldError {
  constructor(readonly message: string) {}
}

/** Read-only and unknown fields are ignored. Null means "not given", except in `secret`. */
export function parseWebhookInput(body: JsonObject, rules: WebhookInputRules): WebhookInput | { readonly errors: FieldErrors } {
  const errors: Record<string, string[]> = {};
  const read = <Value>(field: string, parse: (value: unknown, rules: WebhookInputRules) => Value | FieldError): Value | undefined => {
    const value = parse(body[field], rules);
    if (!(value instanceof FieldError)) return value;
    errors[field] = [value.message];
    return undefined;
  };
  const input: WebhookInput = {
    url: read("url", parseUrl),
    events: read("events", parseEvents),
    description: read("description", parseText),
    active: read("active", parseBoolean),
    skipCertVerification: read("skip_cert_verification", parseBoolean),
    historyEnabled: read("history_enabled", parseBoolean),
    secret: read("secret", parseSecret),
  };
  return Object.keys(errors).length === 0 ? input : { errors };
}

function parseUrl(value: unknown, rules: WebhookInputRules): string | undefined | FieldError {
  if (value === undefined || value === null || value === "") return rules.requireAll ? new FieldError(REQUIRED) : undefined;
  if (typeof value !== "string") return new FieldError(URL_ERRORS.invalid);
  const problem = findAddressProblem(value, { mode: rules.switches["webhook-urls"], paired: rules.paired });
  return problem === undefined ? value : new FieldError(URL_ERRORS[problem]);
}

function parseEvents(value: unknown, rules: WebhookInputRules): readonly string[] | undefined | FieldError {
  if (value === undefined || value === null) return rules.requireAll ? new FieldError(REQUIRED) : undefined;
  if (!Array.isArray(value)) return new FieldError("Enter a list of values.");
  const events = value as unknown[];
  if (events.length === 0) return new FieldError(REQUIRED);
  const unknownEvent = events.find((event) => typeof event !== "string" || !isAllowed(event, rules));
  if (unknownEvent !== undefined) {
    const text = typeof unknownEvent === "string" ? unknownEvent : JSON.stringify(unknownEvent);
    return new FieldError(`Select a valid choice. ${text} is not one of the available choices.`);
  }
  return new Set(events).size === events.length ? (events as string[]) : new FieldError("The values of this list must be unique.");
}

function isAllowed(event: string, rules: WebhookInputRules): boolean {
  if (rules.switches["unknown-events"] === "accept") return true;
  const type = findEventType(event);
  return type !== undefined && (type.workspaceOnly !== true || rules.subject === "workspace");
}

function parseBoolean(value: unknown): boolean | undefined | FieldError {
  const given = value ?? undefined;
  return given === undefined || typeof given === "boolean" ? given : new FieldError("Enter a valid boolean.");
}

function parseText(value: unknown): string | undefined | FieldError {
  const given = value ?? undefined;
  return given === undefined || typeof given === "string" ? given : new FieldError("Not a valid string.");
}

function parseSecret(value: unknown): string | null | undefined | FieldError {
  if (value === undefined) return undefined;
  if (value === null || value === "") return null;
  if (typeof value !== "string") return new FieldError("Not a valid string.");
  return value.length <= MAX_SECRET_LENGTH
    ? value
    : new FieldError(`Ensure this value has at most ${MAX_SECRET_LENGTH} characters (it has ${value.length}).`);
}
