// The body of a POST or PUT of a webhook: what is wrong with it, and what it asks for.
import { eventType, type SubjectType } from "./events";
import type { Switches } from "./switches";
import { addressComplaint } from "./webhook-address";

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

export type Complaints = Readonly<Record<string, readonly string[]>>;

const REQUIRED = "This field is required.";
const SECRET_LENGTH = 128;

/** Read-only and unknown fields are ignored; null stands for "not given" but in `secret`. */
export function readHookInput(body: Readonly<Record<string, unknown>>, rules: InputRules): HookInput | { readonly complaints: Complaints } {
  const complaints: Record<string, string[]> = {};
  const complain = (field: string, text: string): undefined => {
    (complaints[field] ??= []).push(text);
    return undefined;
  };
  const boolean = (field: string): boolean | undefined => {
    const value = body[field] ?? undefined;
    return value === undefined || typeof value === "boolean" ? value : complain(field, "Enter a valid boolean.");
  };
  const input: HookInput = {
    url: readUrl(body["url"], rules, complain),
    events: readEvents(body["events"], rules, complain),
    description: readText(body["description"], "description", complain),
    active: boolean("active"),
    skipCertVerification: boolean("skip_cert_verification"),
    historyEnabled: boolean("history_enabled"),
    secret: readSecret(body["secret"], complain),
  };
  return Object.keys(complaints).length === 0 ? input : { complaints };
}

type Complain = (field: string, text: string) => undefined;

function readUrl(value: unknown, rules: InputRules, complain: Complain): string | undefined {
  if (value === undefined || value === null || value === "") return rules.complete ? complain("url", REQUIRED) : undefined;
  if (typeof value !== "string") return complain("url", "Enter a valid URL.");
  const complaint = addressComplaint(value, { mode: rules.switches["webhook-urls"], paired: rules.paired });
  return complaint === undefined ? value : complain("url", complaint);
}

function readEvents(value: unknown, rules: InputRules, complain: Complain): readonly string[] | undefined {
  if (value === undefined || value === null) return rules.complete ? complain("events", REQUIRED) : undefined;
  if (!Array.isArray(value)) return complain("events", "Enter a list of values.");
  const events = value as unknown[];
  if (events.length === 0) return complain("events", REQUIRED);
  const unknown = events.find(
    (event) => typeof event !== "string" || (rules.switches["unknown-events"] === "reject" && !isKnown(event, rules)),
  );
  if (unknown !== undefined) {
    const shown = typeof unknown === "string" ? unknown : JSON.stringify(unknown);
    return complain("events", `Select a valid choice. ${shown} is not one of the available choices.`);
  }
  if (new Set(events).size !== events.length) return complain("events", "The values of this list must be unique.");
  return events as string[];
}

function isKnown(event: string, rules: InputRules): boolean {
  const type = eventType(event);
  return type !== undefined && (type.workspaceOnly !== true || rules.subject === "workspace");
}

function readText(value: unknown, field: string, complain: Complain): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : complain(field, "Not a valid string.");
}

function readSecret(value: unknown, complain: Complain): string | null | undefined {
  if (value === undefined) return undefined;
  if (value === null || value === "") return null;
  if (typeof value !== "string") return complain("secret", "Not a valid string.");
  if (value.length > SECRET_LENGTH) {
    return complain("secret", `Ensure this value has at most ${SECRET_LENGTH} characters (it has ${value.length}).`);
  }
  return value;
}
