/** The codes of what a review finds, each with its summary. */
import { defineCatalog, type Catalog, type CodeIn, type CommonCode } from "../diagnostics";

const FINDINGS = {
  "Review: integrations": {
    "integration-deleted": "An integration is deleted",
    "integration-replaced": "An integration is replaced under the same name",
    "integration-renamed": "An integration gets another name and webhook URL",
    "default-integration-changed": "The default integration of the account changes",
    "space-access-lost": "A move takes an integration away from stacks or modules",
    "secret-rotated": "A webhook secret changes",
    "credential-changed": "The credential of an integration changes",
    "protection-disabled": "The protection against detaching is switched off",
    "account-wide-change": "A change concerns the whole account",
    "change-ineffective": "A change never reaches the remote system",
  },
  "Review: webhooks": {
    "webhook-deleted": "A webhook is deleted",
    "webhook-deactivated": "A webhook is switched off",
    "certificate-check-disabled": "A webhook does not verify the certificate",
    "required-events-missing": "A webhook lacks events that Spacelift needs",
    "webhook-overwritten": "An existing webhook is taken over",
    "repository-missing": "A repository does not exist or is not visible",
    "double-delivery": "A repository delivers the same event twice",
  },
  "Review: plans": {
    "drift-undone": "The apply undoes a change that somebody made",
    "backing-changed": "Objects get another backing without a move",
    "secrets-in-state": "The state contains webhook secrets",
    "removals-over-limit": "A plan removes more than the file allows",
    "value-unknown": "A value is not known before the apply",
    "check-failed": "A check of the configuration fails",
    "objects-imported": "Existing objects come under management",
    "objects-moved": "Objects get another address",
    "objects-forgotten": "Objects are no longer managed",
    "action-invoked": "The apply runs an action of a provider",
    "part-waits": "A part waits for Spaces of another part",
    "plan-warning": "The plan warns",
    "plan-incomplete": "A plan leaves something out",
    "plan-failed": "The plan failed",
  },
  "Review: acceptances": {
    "acceptance-stale": "An acceptance matches nothing",
    "acceptance-expired": "An acceptance is past its date",
    "accepted-in-this-change": "A pull request accepts its own finding",
    "base-file-missing": "The base has no file of the project",
  },
} as const;

/** What keeps a review from being made. */
const INPUT = {
  "Review: input": {
    "plan-unreadable": "The file is not a plan that can be read",
    "plan-format-unsupported": "The format of the plan is not supported",
  },
} as const;

/** The stable code of a finding. */
export type FindingCode = CodeIn<typeof FINDINGS>;
export type ReviewCode = FindingCode | CodeIn<typeof INPUT> | CommonCode;

/** The codes of findings, in the order of the reference. */
export const FINDING_CODES: readonly FindingCode[] = Object.values(FINDINGS).flatMap((codes) => Object.keys(codes) as FindingCode[]);

// Explicit types: the compiler would write an inferred type as an import of `@bitlift/diagnostics`, which is not published.
export const REVIEW_CATALOG: Catalog<ReviewCode> = defineCatalog({ ...FINDINGS, ...INPUT });
export const problem: Catalog<ReviewCode>["problem"] = REVIEW_CATALOG.problem;
