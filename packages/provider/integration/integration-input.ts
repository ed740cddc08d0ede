/** Converts between the attributes of an integration and the input of Spacelift's mutations. */
import { problem, ROOT_SPACE_ID, warning } from "../../domain";
import type { IntegrationAccess, IntegrationInput } from "../../clients";
import type { Clients } from "../configuration/clients";
import type { ArgumentValue, CredentialArguments, DeclaredCredential } from "../credentials/credential-arguments";
import type { ProductFields } from "./integration-adapter";
import type { IntegrationViews } from "./integration-attributes";

export function toInput(plan: IntegrationViews["plan"]): IntegrationInput {
  return {
    name: plan.name,
    isDefault: plan.is_default,
    spaceId: plan.space_id,
    labels: [...plan.labels].sort(),
    description: plan.description,
    vcsChecks: plan.vcs_checks,
    useGitCheckout: typeof plan.use_git_checkout === "boolean" ? plan.use_git_checkout : null,
  };
}

/** The token (null: Spacelift keeps its token), with the logins and hosts that are sent together with it. */
export function toAccess({ generation, productFields }: DeclaredCredential, token: string | null): IntegrationAccess {
  const fields = Object.entries(productFields).map(([field, value]): [string, string] => [field, typeof value === "string" ? value : ""]);
  return { generation, productFields: Object.fromEntries(fields), token };
}

/** The logins and hosts of all forms. */
export function toProductFields(forms: readonly CredentialArguments[]): ProductFields {
  const entries = forms.flatMap(({ productFields }) => Object.entries(productFields));
  return Object.fromEntries(entries.map(([field, value]) => [field, typeof value === "string" ? value : null]));
}

/** The values of a state or a plan that Spacelift stores. */
interface RemoteValues {
  readonly space_id: string | null;
  readonly labels: readonly string[] | null;
  readonly description: string | null;
  readonly vcs_checks: string | null;
  readonly use_git_checkout: unknown;
  readonly forms: readonly CredentialArguments[];
}

/** Whether the plan changes a value that Spacelift stores. Other changes need no request. */
export function hasRemoteChange(prior: RemoteValues, plan: RemoteValues): boolean {
  const useGitCheckout = typeof plan.use_git_checkout === "boolean" && plan.use_git_checkout !== prior.use_git_checkout;
  return useGitCheckout || toComparable(prior) !== toComparable(plan);
}

function toComparable({ space_id, labels, description, vcs_checks, forms }: RemoteValues): string {
  return JSON.stringify([space_id, labels && [...labels].sort(), description, vcs_checks, toProductFields(forms)]);
}

/** The write-only argument of the declared form, which only the configuration contains. */
export function writeOnlyValue(config: readonly CredentialArguments[], { form }: DeclaredCredential): string | null {
  const value: ArgumentValue = config.find((candidate) => candidate.form === form)?.writeOnly;
  return typeof value === "string" ? value : null;
}

export function webhookSecretHidden(api: Clients, name: string, spaceId: string | null) {
  return warning("webhook-secret-missing", {
    why: `${api.spacelift.keyName} cannot read the webhook secret of "${name}".`,
    fix: `Give the key admin access to the Space "${spaceId ?? ROOT_SPACE_ID}". Without the secret, no webhook can be created, and a changed secret is not detected.`,
  });
}

/** Throws for a value that the engine always provides. */
export function throwMissingValue(): never {
  throw problem("internal", {
    why: "The engine applied an integration without ID or credential.",
    fix: "Report this with the log of TF_LOG_PROVIDER=debug.",
  });
}
