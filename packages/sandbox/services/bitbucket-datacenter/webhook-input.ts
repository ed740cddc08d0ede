// Reads and validates the body of a POST or PUT of a webhook.
import { isJsonObject, type JsonObject } from "../../core/json-body";
import { type AddressRule, findAddressProblem } from "../../core/webhook-address";
import type { FieldError } from "./errors";
import { eventKeysOf } from "./events";
import type { Webhook } from "./store";
import type { Switches } from "./switches";
import { isAtLeast, SINCE } from "./version";

/** A field is undefined if the body does not have it. */
export interface WebhookInput {
  readonly name?: string | undefined;
  readonly url: string;
  readonly events: readonly string[];
  readonly active?: boolean | undefined;
  readonly configuration?: Webhook["configuration"] | undefined;
  readonly sslVerificationRequired?: boolean | undefined;
  /** Without a password, the stored one is kept. */
  readonly credentials?: { readonly username: string; readonly password: string | undefined } | undefined;
}

export interface WebhookInputRules {
  readonly subject: "repository" | "project";
  readonly switches: Readonly<Switches>;
  /** Origins of the paired Spacelift. */
  readonly paired: readonly string[];
}

/** Records an error of a field. */
type ReportError = (context: string, message: string) => undefined;

/**
 * Drops unknown and read-only fields, and fields that the version does not have. Null means "not given". Wordings are assumed, except for a missing URL
 * and missing events.
 */
export function parseWebhookInput(
  body: JsonObject,
  { subject, switches, paired }: WebhookInputRules,
): WebhookInput | { readonly errors: readonly FieldError[] } {
  const errors: FieldError[] = [];
  const report: ReportError = (context, message) => {
    errors.push({ context, message });
    return undefined;
  };
  const allowedEvents = switches["unknown-events"] === "accept" ? undefined : eventKeysOf(subject, switches.version);
  const newFields: JsonObject = isAtLeast(switches.version, SINCE.newWebhookFields) ? body : {};
  const input: WebhookInput = {
    url: parseUrl(body["url"], { mode: switches["webhook-urls"], paired }, report) ?? "",
    events: parseEvents(body["events"], allowedEvents, report) ?? [],
    name: parseText(body["name"], "name", report),
    active: parseBoolean(body["active"], "active", report),
    configuration: parseObject(body["configuration"], "configuration", report),
    sslVerificationRequired: parseBoolean(newFields["sslVerificationRequired"], "sslVerificationRequired", report),
    credentials: parseCredentials(newFields["credentials"], report),
  };
  return errors.length === 0 ? input : { errors };
}

const URL_ERRORS = { invalid: "The URL is not valid", internal: "The URL points to an address that is not allowed" } as const;

function parseUrl(value: unknown, rule: AddressRule, report: ReportError): string | undefined {
  if (value === undefined || value === null) return report("url", "No URL was specified");
  if (typeof value !== "string") return report("url", "url is not a string");
  if (value.trim() === "") return report("url", "No URL was specified");
  const problem = findAddressProblem(value, rule);
  return problem === undefined ? value : report("url", URL_ERRORS[problem]);
}

function parseEvents(value: unknown, allowed: readonly string[] | undefined, report: ReportError): readonly string[] | undefined {
  const given: unknown = value ?? [];
  if (!Array.isArray(given)) return report("events", "The events are not a list");
  const events = given as readonly unknown[]; // Array.isArray says any[].
  if (events.length === 0) return report("events", "At least one event must be provided");
  const unknownEvent = events.find((event) => typeof event !== "string" || allowed?.includes(event) === false);
  if (unknownEvent !== undefined) {
    return report("events", `The event ${typeof unknownEvent === "string" ? unknownEvent : JSON.stringify(unknownEvent)} is unknown`);
  }
  // Drops duplicates. All events are strings, otherwise one would have been found above.
  return [...new Set(events as readonly string[])];
}

function parseText(value: unknown, field: string, report: ReportError): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : report(field, `${field} is not a string`);
}

function parseBoolean(value: unknown, field: string, report: ReportError): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "boolean" ? value : report(field, `${field} is not a boolean`);
}

function parseObject(value: unknown, field: string, report: ReportError): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  return isJsonObject(value) ? value : report(field, `${field} is not an object`);
}

function parseCredentials(value: unknown, report: ReportError): WebhookInput["credentials"] {
  const credentials = parseObject(value, "credentials", report);
  if (credentials === undefined) return undefined;
  const username = parseText(credentials["username"], "credentials.username", report);
  const password = parseText(credentials["password"], "credentials.password", report);
  return username === undefined || username === "" ? undefined : { username, password };
}
