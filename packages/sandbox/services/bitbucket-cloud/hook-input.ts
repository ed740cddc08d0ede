// The body of a POST or PUT of a webhook: what is wrong with it, and what it asks for.
import { findAddressProblem } from "../../core/webhook-address";
import { eventType, type SubjectType } from "./events";
import type { Switches } from "./switches";

/** Undefined: the body does not have the field. */
export interface HookInput {
  readonly url: string | undefined;
  readonly events: readonly string[] | undefined;
  readonly description: string | undefined;
  readonly active: boolean | undefined;
  readonly skipCertVerification: boolean | undefined;
  readonly historyEnabled: boolean | undefined;
  /** Null removes the secret. */
  readonly secret: string | null | undefined;
}

export interface InputRules {
  readonly subject: SubjectType;
  /** Whether url and events must be there. */
  readonly complete: boolean;
  readonly paired: readonly string[];
  readonly switches: Readonly<Switches>;
}

const REQUIRED = "This field is required.";
const SECRET_LENGTH = 128;
/** Wording of the second assumed. */
const ADDRESS_MISTAKES = {
  invalid: "Enter a valid URL.",
  internal: "This URL points to an internal address, which is not allowed.",
} as const;

class Complaint {
  constructor(readonly text: string) {}
}

/** Read-only and unknown fields are ignored; null stands for "not given" but in `secret`. */
export function readHookInput(
  body: Readonly<Record<string, unknown>>,
  rules: InputRules,
): HookInput | { readonly complaints: Readonly<Record<string, readonly string[]>> } {
  const complaints: Record<string, string[]> = {};
  const take = <Value>(field: string, read: (value: unknown, rules: InputRules) => Value | Complaint): Value | undefined => {
    const value = read(body[field], rules);
    if (!(value instanceof Complaint)) return value;
    complaints[field] = [value.text];
    return undefined;
  };
  const input: HookInput = {
    url: take("url", readUrl),
    events: take("events", readEvents),
    description: take("description", readText),
    active: take("active", readBoolean),
    skipCertVerification: take("skip_cert_verification", readBoolean),
    historyEnabled: take("history_enabled", readBoolean),
    secret: take("secret", readSecret),
  };
  return Object.keys(complaints).length === 0 ? input : { complaints };
}

function readUrl(value: unknown, rules: InputRules): string | undefined | Complaint {
  if (value === undefined || value === null || value === "") return rules.complete ? new Complaint(REQUIRED) : undefined;
  if (typeof value !== "string") return new Complaint(ADDRESS_MISTAKES.invalid);
  const mistake = findAddressProblem(value, { mode: rules.switches["webhook-urls"], paired: rules.paired });
  return mistake === undefined ? value : new Complaint(ADDRESS_MISTAKES[mistake]);
}

function readEvents(value: unknown, rules: InputRules): readonly string[] | undefined | Complaint {
  if (value === undefined || value === null) return rules.complete ? new Complaint(REQUIRED) : undefined;
  if (!Array.isArray(value)) return new Complaint("Enter a list of values.");
  const events = value as unknown[];
  if (events.length === 0) return new Complaint(REQUIRED);
  const unknown = events.find((event) => typeof event !== "string" || !isAllowed(event, rules));
  if (unknown !== undefined) {
    const shown = typeof unknown === "string" ? unknown : JSON.stringify(unknown);
    return new Complaint(`Select a valid choice. ${shown} is not one of the available choices.`);
  }
  return new Set(events).size === events.length ? (events as string[]) : new Complaint("The values of this list must be unique.");
}

function isAllowed(event: string, rules: InputRules): boolean {
  if (rules.switches["unknown-events"] === "accept") return true;
  const type = eventType(event);
  return type !== undefined && (type.workspaceOnly !== true || rules.subject === "workspace");
}

function readBoolean(value: unknown): boolean | undefined | Complaint {
  const given = value ?? undefined;
  return given === undefined || typeof given === "boolean" ? given : new Complaint("Enter a valid boolean.");
}

function readText(value: unknown): string | undefined | Complaint {
  const given = value ?? undefined;
  return given === undefined || typeof given === "string" ? given : new Complaint("Not a valid string.");
}

function readSecret(value: unknown): string | null | undefined | Complaint {
  if (value === undefined) return undefined;
  if (value === null || value === "") return null;
  if (typeof value !== "string") return new Complaint("Not a valid string.");
  return value.length <= SECRET_LENGTH
    ? value
    : new Complaint(`Ensure this value has at most ${SECRET_LENGTH} characters (it has ${value.length}).`);
}
