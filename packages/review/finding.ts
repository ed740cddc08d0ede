/** A finding of a review: one consequence of a plan, for the people whom it concerns. */
import type { Place } from "../configuration";
import type { FindingCode } from "./catalog";

/** From the least to the most severe. */
export const SEVERITIES = ["info", "notice", "warning", "danger"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a finding is about. Every text may come from a stranger: renderers neutralize it. */
export interface Subject {
  /**
   * The key in `bitlift.yaml`, such as `payments`; for a webhook, integration and repository: `payments/acme-workspace/infrastructure`. Without a
   * file, the address. Acceptances name it: `<code>:<key>`.
   */
  readonly key: string;
  readonly kind: "integration" | "Space" | "webhook" | "part" | "other";
  /** The name of the integration or Space, or `<workspace or project>/<repository>`. */
  readonly name: string;
  readonly part: string;
  /** The address in the plan; undefined if the finding is about no single resource. */
  readonly address: string | undefined;
  /** Where the file, or the program that declares the construct, says this. */
  readonly place: Place | undefined;
  /** The path of the construct, for apps without a file. */
  readonly construct: string | undefined;
  /** Whether the plans give the object this key, which was another one before: then an older acceptance of the key means another object. */
  readonly hasNewKey?: boolean;
}

/** A stack or module that a finding concerns. */
export interface AffectedConsumer {
  readonly kind: "stack" | "module";
  readonly id: string;
  readonly name: string;
  /** From root: `root > platform > payments`. Undefined if it is not known. */
  readonly space: string | undefined;
}

/** Whom a finding concerns. */
export interface Affected {
  readonly consumers: readonly AffectedConsumer[];
  /** How many more there are that have no name here. */
  readonly unnamed: number;
  /** Why the list may be incomplete, as a sentence; undefined if it is complete. */
  readonly caveat: string | undefined;
  /** Repositories whose webhooks change: `<workspace or project>/<repository>`. */
  readonly repositories: readonly string[];
  /** Paths of Spaces. */
  readonly spaces: readonly string[];
}

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly subject: Subject;
  /** One sentence: what happens. */
  readonly what: string;
  readonly affected: Affected;
  /** What to do first; undefined if nothing needs to be done. */
  readonly todo: string | undefined;
  /** Further sentences, such as the attributes that differ. */
  readonly details: readonly string[];
  /** Whether `--accept` and `accept:` may turn a block into an accepted finding. */
  readonly acceptable: boolean;
}

export const NOBODY: Affected = { consumers: [], unnamed: 0, caveat: undefined, repositories: [], spaces: [] };
