/** What is sent to Spacelift for an integration, and what happens when the answer to a create is lost. */
import { Problem } from "../../diagnostics";
import type { Log } from "../../terraform-plugin";
import type { Integration, IntegrationAccess, IntegrationInput } from "../../clients";
import type { BitbucketProduct } from "../../domain";
import type { Clients } from "../configuration/clients";
import type { CredentialForm, CredentialValues, WrittenCredential } from "../credentials/credential";

/** The attributes that Spacelift keeps, beside the credential. */
interface RemoteAttributes {
  readonly name: string;
  readonly is_default: boolean;
  readonly space_id: string;
  readonly labels: readonly string[];
  readonly description: string;
  readonly vcs_checks: string;
  readonly use_git_checkout: unknown;
}

export function inputOf(plan: RemoteAttributes): IntegrationInput {
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

/** The credential with what goes with it: the values of its form's arguments, by Spacelift's names. */
export function accessOf(credential: WrittenCredential, plan: CredentialValues, token: string | null): IntegrationAccess {
  const { generation, fields } = credential.form;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return { generation, own: Object.fromEntries(Object.entries(fields).map(([argument, field]) => [field, text(plan[argument])])), token };
}

/** Whether anything differs that Spacelift keeps; the rest only the engine knows, and costs no call. */
export function remoteChange(forms: readonly CredentialForm[], prior: CredentialValues, plan: CredentialValues): boolean {
  const kept = ["space_id", "description", "vcs_checks", "labels", ...forms.flatMap((form) => Object.keys(form.fields))];
  const asked = typeof plan["use_git_checkout"] === "boolean" ? [...kept, "use_git_checkout"] : kept;
  return asked.some((name) => comparable(prior[name]) !== comparable(plan[name]));
}

function comparable(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...(value as unknown[])].sort() : (value ?? null));
}

/**
 * Creates; when the answer is lost, looks by name, and creates again only when nothing is there. Names are unique and the caller has
 * just seen that this one was free, so an integration of that name is the one that was asked for.
 */
export async function createOrFind(
  api: Clients,
  product: BitbucketProduct,
  input: IntegrationInput,
  access: IntegrationAccess,
  log: Log,
): Promise<{ readonly integration: Integration; readonly gaps: readonly string[] }> {
  const integrations = api.spacelift.integrations[product];
  try {
    return await integrations.create(input, access);
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.execution !== "unknown") throw failure;
    log.warn("the answer to a create was lost; looking for the integration", { name: input.name });
    const found = await integrations.findByName(input.name);
    if (found === null) return await integrations.create(input, access);
    if (found.state === "found") return { integration: found.integration, gaps: [] };
    const { id, name, isDefault, spaceId } = found.listing;
    const unseen = {
      labels: [],
      description: "",
      vcsChecks: input.vcsChecks,
      useGitCheckout: null,
      own: {},
      webhookUrl: null,
      webhookSecretFingerprint: null,
    };
    return {
      integration: { ...unseen, id, name, isDefault, spaceId },
      gaps: ["details (its answer was lost, and this key may not see them)"],
    };
  }
}
