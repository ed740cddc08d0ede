/** The provider's warnings that rules explain. A test checks that the provider raises them. */

/** Who loses an integration that is deleted or replaced. */
export const DETACHING_CODES = ["consumers-will-be-detached", "integration-usage-unknown"];
/** Who loses access by a move of a Space or integration. */
export const ACCESS_CODES = ["consumers-lose-access", "integration-usage-unknown"];
/** Who no longer learns about pushes. */
export const REMOVAL_CODES = ["webhook-removal", "integration-usage-unknown"];
export const ADOPTION_CODES = ["webhook-will-be-adopted"];
export const MISSING_CODES = ["repository-not-found"];
export const DOUBLE_CODES = ["webhook-duplicates", "webhook-of-project", "webhook-of-workspace", "webhook-declared-twice"];

export const EXPLAINED_CODES: ReadonlySet<string> = new Set(
  [DETACHING_CODES, ACCESS_CODES, REMOVAL_CODES, ADOPTION_CODES, MISSING_CODES, DOUBLE_CODES].flat(),
);

/** Warnings of engines that other rules explain: objects that are forgotten, and failed checks. Engines have no codes. */
export const EXPLAINED_SUMMARIES: readonly RegExp[] = [/^Some objects will no longer be managed by /, /^Check block assertion failed$/];
