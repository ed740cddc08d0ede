/** Where a credential is read from. The rules recognize credentials by it, and a rule imports no construct. */
import type { IConstruct } from "constructs";
import { processWide } from "./process-wide";

/** Where a credential is read from. */
export type CredentialSource =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "variable"; readonly reference: string; readonly version: string };

interface RecordedCredential {
  readonly source: CredentialSource;
  /** The Terraform variable. Undefined for an environment variable. */
  readonly construct: IConstruct | undefined;
}

const credentials = processWide("credentials", () => new WeakMap<object, RecordedCredential>());

/** Records an object as a credential. */
export function recordSource(credential: object, source: CredentialSource, construct?: IConstruct): void {
  credentials.set(credential, { source, construct });
}

/** The source of a credential. Undefined if the value is not a credential. */
export function sourceOf(value: unknown): CredentialSource | undefined {
  return recordOf(value)?.source;
}

/** The Terraform variable of a credential. Undefined if the value is another credential, or none. */
export function variableOf(value: unknown): IConstruct | undefined {
  return recordOf(value)?.construct;
}

function recordOf(value: unknown): RecordedCredential | undefined {
  return typeof value === "object" && value !== null ? credentials.get(value) : undefined;
}
