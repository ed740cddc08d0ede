// The body of a POST or PUT of a webhook: what is wrong with it, and what it asks for.
import { type AddressRule, findAddressProblem } from "../../core/webhook-address";
import type { FieldError } from "./errors";
import { eventKeysOf } from "./events";
import type { Webhook } from "./store";
import type { Switches } from "./switches";
import { isAtLeast, SINCE } from "./version";

/** Undefined: the body does not have the field. */
export interface WebhookInput {
  readonly name?: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly active?: boolean;
  readonly configuration?: Webhook["configuration"];
  readonly sslVerificationRequired?: boolean;
  /** Without a password the stored one stays. */
  readonly credentials?: { readonly username: string; readonly password?: string };
}

type Body = Readonly<Record<string, unknown>>;

export interface WebhookInputRules {
  readonly subject: "repository" | "project";
  readonly switches: Readonly<Switches>;
  /** Origins of the sandbox's own Spacelift. */
  readonly paired: readonly string[];
}

/** Unknown and read-only fields are dropped, null stands for "not given"; fields that the version does not have are unknown to it. Wordings assumed but for the two of missing fields. */
export function parseWebhookInput(body: Body, { subject, switches, paired }: WebhookInputRules): WebhookInput | readonly FieldError[] {
  const complaints: FieldError[] = [];
  const complain = (context: string, message: string): undefined => {
    complaints.push({ context, message });
    return undefined;
  };
  const version = switches.version;
  const allowed = switches["unknown-events"] === "accept" ? undefined : eventKeysOf(subject, version);
  const newer: Body = isAtLeast(version, SINCE.newWebhookFields) ? body : {};
  const input = {
    url: readUrl(body["url"], { mode: switches["webhook-urls"], paired }, complain) ?? "",
    events: readEvents(body["events"], allowed, complain) ?? [],
    ...present("name", readText(body["name"], "name", complain)),
    ...present("active", readBoolean(body["active"], "active", complain)),
    ...present("configuration", readObject(body["configuration"], "configuration", complain)),
    ...present("sslVerificationRequired", readBoolean(newer["sslVerificationRequired"], "sslVerificationRequired", complain)),
    ...present("credentials", readCredentials(newer["credentials"], complain)),
  };
  return complaints.length === 0 ? input : complaints;
}

type ReportError = (context: string, message: string) => undefined;

function present<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [One in Name]?: Value } {
  // A computed key is typed as any text; it is Name.
  return value === undefined ? {} : ({ [name]: value } as { readonly [One in Name]: Value });
}

const URL_ERRORS = { invalid: "The URL is not valid", internal: "The URL points to an address that is not allowed" } as const;

function readUrl(value: unknown, rule: AddressRule, complain: ReportError): string | undefined {
  if (value === undefined || value === null) return complain("url", "No URL was specified");
  if (typeof value !== "string") return complain("url", "url is not a text");
  if (value.trim() === "") return complain("url", "No URL was specified");
  const mistake = findAddressProblem(value, rule);
  return mistake === undefined ? value : complain("url", URL_ERRORS[mistake]);
}

function readEvents(value: unknown, allowed: readonly string[] | undefined, complain: ReportError): readonly string[] | undefined {
  const given: unknown = value ?? [];
  if (!Array.isArray(given)) return complain("events", "The events are not a list");
  const events = given as readonly unknown[]; // Array.isArray says any[].
  if (events.length === 0) return complain("events", "At least one event must be provided");
  const unknown = events.find((event) => typeof event !== "string" || allowed?.includes(event) === false);
  if (unknown !== undefined)
    return complain("events", `The event ${typeof unknown === "string" ? unknown : JSON.stringify(unknown)} is unknown`);
  // A set: the second of two is dropped. All are strings, or one would have been found above.
  return [...new Set(events as readonly string[])];
}

function readText(value: unknown, field: string, complain: ReportError): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : complain(field, `${field} is not a text`);
}

function readBoolean(value: unknown, field: string, complain: ReportError): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "boolean" ? value : complain(field, `${field} is not a boolean`);
}

function readObject(value: unknown, field: string, complain: ReportError): Body | undefined {
  if (value === undefined || value === null) return undefined;
  // A list is an object for JavaScript only.
  return typeof value === "object" && !Array.isArray(value) ? (value as Body) : complain(field, `${field} is not an object`);
}

function readCredentials(value: unknown, complain: ReportError): WebhookInput["credentials"] {
  const given = readObject(value, "credentials", complain);
  if (given === undefined) return undefined;
  const username = readText(given["username"], "credentials.username", complain);
  const password = readText(given["password"], "credentials.password", complain);
  return username === undefined || username === "" ? undefined : { username, ...present("password", password) };
}
