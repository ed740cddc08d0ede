/** What is sent to Spacelift for an integration, and what happens when the answer to a create is lost. */
import { Problem } from "../diagnostics";
import type { Log } from "../tfplugin";
import type { CloudCredential, CloudIntegration, CloudIntegrationInput } from "../api/spacelift/bitbucket-integrations";
import type { Clients } from "./clients";
import type { WrittenCredential } from "./credential";

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

export function inputOf(plan: RemoteAttributes): CloudIntegrationInput {
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

export function credentialFor(credential: WrittenCredential, token: string | null): CloudCredential {
  const login = credential.login ?? "";
  return credential.form.generation === "v2"
    ? { generation: "v2", email: login, apiToken: token }
    : { generation: "v1", username: login, appPassword: token };
}

/** Whether anything differs that Spacelift keeps; the rest only the engine knows, and costs no call. */
export function remoteChange(prior: Readonly<Record<string, unknown>>, plan: Readonly<Record<string, unknown>>): boolean {
  const kept = ["space_id", "description", "vcs_checks", "email", "username", "labels"];
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
  input: CloudIntegrationInput,
  credential: CloudCredential,
  log: Log,
): Promise<{ readonly integration: CloudIntegration; readonly gaps: readonly string[] }> {
  const { cloudIntegrations } = api.spacelift;
  try {
    return await cloudIntegrations.create(input, credential);
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.execution !== "unknown") throw failure;
    log.warn("the answer to a create was lost; looking for the integration", { name: input.name });
    const found = await cloudIntegrations.findByName(input.name);
    if (found === null) return await cloudIntegrations.create(input, credential);
    if (found.state === "found") return { integration: found.integration, gaps: [] };
    const { id, name, isDefault, spaceId } = found.listing;
    const unseen = {
      labels: [],
      description: "",
      vcsChecks: input.vcsChecks,
      useGitCheckout: null,
      username: null,
      email: null,
      webhookUrl: null,
      webhookSecretFingerprint: null,
    };
    return {
      integration: { ...unseen, id, name, isDefault, spaceId },
      gaps: ["details (its answer was lost, and this key may not see them)"],
    };
  }
}
