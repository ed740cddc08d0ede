/** Rules: a credential has the fields of exactly one form, and a login does not mix forms. */
import { areExactlyOneForm, describeForms, type CredentialForm } from "../credential-forms";
import type { DiagnosticCode } from "../catalog";
import type { Violation } from "./violation";

/** What the rules know about a login. */
export interface LoginFacts<S> {
  readonly subject: S;
  /** What contains the fields: `credential`. Undefined if they are not in a value of their own. */
  readonly holder: string | undefined;
  /** By the names that people write. */
  readonly forms: readonly CredentialForm[];
  /** The fields that have a value. */
  readonly given: readonly string[];
}

/** Exactly one form is complete. */
export function* credentialForms<S>(logins: Iterable<LoginFacts<S>>): Generator<Violation<S>> {
  for (const { subject, holder, forms, given } of logins) {
    if (areExactlyOneForm(forms, given)) continue;
    const target = holder === undefined ? "" : `${holder} to `;
    yield {
      code: "credential-form",
      subject,
      cause: ({ of }) => ({
        why: `The credential${of} ${given.length === 0 ? "is missing" : `consists of ${given.join(", ")}`}.`,
        fix: `Set ${forms.length > 1 ? `${target}exactly one of: ` : ""}${describeForms(forms)}.`,
      }),
    };
  }
}

/** A login has fields of one form only. It may be incomplete: the environment completes it. */
export function* mixedLogins<S>(
  logins: Iterable<LoginFacts<S>>,
  code: DiagnosticCode = "bitbucket-credentials-conflict",
): Generator<Violation<S>> {
  for (const { subject, holder = "The login", forms, given } of logins) {
    if (areExactlyOneForm(forms, given)) continue;
    const begun = forms.map(({ fields }) => fields.filter((field) => given.includes(field))).filter((fields) => fields.length > 0);
    if (begun.length < 2) continue;
    yield {
      code,
      subject,
      cause: ({ settings }) => ({
        why: `${holder} mixes ${settings} of different logins: ${begun.map((fields) => fields.join(", ")).join(" | ")}.`,
        fix: `Keep the ${settings} of only one login: ${describeForms(forms)}.`,
      }),
    };
  }
}
