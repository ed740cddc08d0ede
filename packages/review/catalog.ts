/** The codes of what a review finds, each with its summary. */
import { defineCatalog, type Catalog, type CodeIn, type CommonCode } from "../diagnostics";

const SECTIONS = {
  "Review: integrations": {
    "integration-deleted": "An integration is deleted",
    "integration-replaced": "An integration is replaced under the same name",
    "integration-renamed": "An integration gets another name and webhook URL",
    "default-integration-changed": "The default integration of the account changes",
    "space-access-lost": "Stacks or modules lose access to an integration",
    "secret-rotated": "A webhook secret changes",
    "credential-changed": "The credential of an integration changes",
    "protection-disabled": "The protection against detaching is switched off",
    "account-wide-change": "A change concerns the whole account",
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
    "removals-over-limit": "A plan removes more than the file allows",
    "value-unknown": "A value is not known before the apply",
    "check-failed": "A check of the configuration fails",
    "objects-imported": "Existing objects come under management",
    "objects-moved": "Objects get another address",
    "part-waits": "A part waits for Spaces of another part",
    "plan-warning": "The plan warns",
  },
  "Review: acceptances": {
    "acceptance-stale": "An acceptance matches nothing",
    "acceptance-expired": "An acceptance is past its date",
    "accepted-in-this-change": "A pull request accepts its own finding",
  },
} as const;

/** The stable code of a finding. */
export type FindingCode = Exclude<CodeIn<typeof SECTIONS>, CommonCode>;

export const REVIEW_CATALOG: Catalog<FindingCode | CommonCode> = defineCatalog(SECTIONS);
