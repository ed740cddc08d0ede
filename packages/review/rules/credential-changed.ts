/** Spacelift gets another login for an integration, or another token. */
import { INTEGRATION_CREDENTIALS, type BitbucketProduct } from "../../domain";
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { isPublished, nameAfter } from "./changes";
import type { RuleContext } from "./context";
import { finding, quoted, shown } from "./finding-of";
import { productOf } from "./webhooks";

const FINGERPRINT = "credential_fingerprint";

/** The arguments of all credential forms: the fields that are not secret, and where each secret comes from. */
export function credentialArguments(product: BitbucketProduct): readonly string[] {
  const arguments_ = INTEGRATION_CREDENTIALS[product].flatMap(({ fields, secret }) =>
    fields.flatMap((field) => (field === secret ? [`${secret}_env`, `${secret}_wo_version`] : [field])),
  );
  return product === "datacenter" ? [...arguments_, "api_host", "user_facing_host"] : arguments_;
}

export function* credentialChanged({ integrations, consumers, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of integrations) {
    if (change.action !== "update") continue;
    const { before, after, changed, unknown } = change;
    const names = credentialArguments(productOf(change)).filter((name) => changed.has(name) && !isFirstKnown(change, name));
    const name = quoted(nameAfter(change));
    if (names.length > 0) {
      const { isKnown: _, ...affected } = consumers.ofIntegration(change);
      yield finding("credential-changed", subjectOf(change), {
        severity: "warning",
        what: `Spacelift gets another credential for the integration ${name}: ${names.join(", ")} ${names.length === 1 ? "changes" : "change"}.`,
        affected,
        todo: "Check that the new login may read every repository that stacks and modules read through this integration. Otherwise their runs fail.",
        details: names.map(
          (attribute) =>
            `${attribute}: ${shown(before?.[attribute])} becomes ${unknown.has(attribute) ? "known after apply" : shown(after?.[attribute])}.`,
        ),
      });
      continue;
    }
    const what = tokenText(change, name);
    if (what !== undefined) yield finding("credential-changed", subjectOf(change), { severity: "notice", what });
  }
}

/** An import or a move shows no credential, so its arguments appear without being changed. */
function isFirstKnown({ imported, previousAddress, before }: PlannedResource, name: string): boolean {
  return (imported !== undefined || previousAddress !== undefined) && (before?.[name] ?? undefined) === undefined;
}

function tokenText(change: PlannedResource, name: string): string | undefined {
  const { changed } = change;
  const arguments_ = [...credentialArguments(productOf(change)), FINGERPRINT].filter((argument) => changed.has(argument));
  if (arguments_.some((argument) => isFirstKnown(change, argument)))
    return `Spacelift may get another token for the integration ${name}: that of the configuration. An import or a move does not show which one it has.`;
  // Every update of Bitlift's own provider makes the fingerprint unknown, so it says something only if nothing else changes.
  const isNew = changed.has(FINGERPRINT) && (isPublished(change) || changed.size === 1);
  return isNew ? `Spacelift gets a new token for the integration ${name}.` : undefined;
}
