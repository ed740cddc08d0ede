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

/** Each of these becomes a finding of its own. */
export const REPOSITORY_CODES: readonly string[] = [ADOPTION_CODES, MISSING_CODES, DOUBLE_CODES].flat();

/** A finding about the object explains one of these, if there is one. */
export const CONSUMER_CODES: readonly string[] = [DETACHING_CODES, ACCESS_CODES, REMOVAL_CODES].flat();

export const EXPLAINED_CODES: ReadonlySet<string> = new Set([...CONSUMER_CODES, ...REPOSITORY_CODES]);

/** Warnings of engines that other rules explain: objects that are forgotten, and checks that fail or are decided during the apply. Engines have no codes. */
export const EXPLAINED_SUMMARIES: readonly RegExp[] = [
  /^Some objects will no longer be managed by /,
  /^Check block assertion (failed|known after apply)$/,
];
