/** `bitlift_bitbucket_cloud_integration`: the connection through which Spacelift reads Bitbucket Cloud. */
import { error, problem, warning } from "../../diagnostics";
import { computed, defaulted, gone, optional, overridable, required, UNKNOWN, writeOnly } from "../../tfplugin";
import { ROOT_SPACE_ID, VCS_CHECKS } from "../../vocabulary/spacelift";
import type { CloudIntegration } from "../../api/spacelift/bitbucket-integrations";
import { resource, type Clients } from "../clients";
import { judgeForms, seenToken, tokenForCreate, tokenForUpdate, writtenCredential, type CredentialForm } from "../credential";
import { recordForDelete, refuseHopelessReplacement } from "../replacement";
import { createOrFind, credentialFor, inputOf, remoteChange } from "../integration-write";
import { promisedBy, refuseTaken, warnOfSecondDefault, type Newcomer } from "../integration-name";
import { unseenSpace } from "../spaces";
import { guardDetaching, warnOfDetached, warnOfDetaching } from "../usage";

const PRODUCT = "cloud";

/** The two generations of Spacelift's mutations, and the arguments that choose between them. */
const FORMS: readonly CredentialForm[] = [
  { generation: "v2", login: "email", env: "api_token_env", writeOnly: "api_token_wo", version: "api_token_wo_version" },
  { generation: "v1", login: "username", env: "app_password_env", writeOnly: "app_password_wo", version: "app_password_wo_version" },
];

const APP_PASSWORDS_ENDED =
  "Atlassian switched app passwords off in July 2026: Spacelift can keep one, and Bitbucket refuses it. Use email with an API token.";

export const bitbucketCloudIntegration = resource({
  type: "bitbucket_cloud_integration",
  summary: "A connection between Spacelift and Bitbucket Cloud, as the source of code for stacks and modules.",
  details:
    "Exactly one credential form: `email` with `api_token_env`, or with `api_token_wo` and `api_token_wo_version`; `username` with `app_password_env`, " +
    "or with `app_password_wo` and `app_password_wo_version`. The token itself is stored nowhere. The webhook secret is not an attribute at all: " +
    "webhook resources fetch it from Spacelift when they are applied, and only its fingerprint is known here. " +
    "One thing is left to do by hand, once per workspace: Spacelift finds the pull requests of a commit through Bitbucket's app Pull Request Commit Links, " +
    "which Bitbucket installs when somebody opens a commit and follows its link to pull requests.",
  attributes: {
    id: computed.string("Id in Spacelift, made from the name.", { keeps: true }),
    name: required.string("Name of the integration. Spacelift makes id and webhook URL from it, so it cannot be changed in place.", {
      replaces: true,
      check: (name: string) => (name.trim() === "" ? "It is empty." : undefined),
    }),
    is_default: defaulted(false).boolean("Whether every stack and module of the account may use it. One default per account and product.", {
      replaces: true,
    }),
    space_id: defaulted(ROOT_SPACE_ID).string(
      "Space whose stacks and modules may use it, and those in Spaces below that inherit. `root` for a default integration.",
    ),
    email: optional.string("Atlassian account email that belongs to the API token."),
    api_token_env: optional.string(
      "Name of the environment variable, where the provider runs, that holds the API token for Spacelift. A new value rolls out by itself.",
    ),
    api_token_wo: writeOnly.string("The API token itself; sent when `api_token_wo_version` changes.", {
      sensitive: true,
      alternative: "api_token_env",
    }),
    api_token_wo_version: optional.string("Any text; a change sends `api_token_wo` again."),
    username: optional.string("User name that belongs to the app password.", { deprecated: APP_PASSWORDS_ENDED }),
    app_password_env: optional.string("Name of the environment variable that holds the app password."),
    app_password_wo: writeOnly.string("The app password itself; sent when `app_password_wo_version` changes.", {
      sensitive: true,
      alternative: "app_password_env",
    }),
    app_password_wo_version: optional.string("Any text; a change sends `app_password_wo` again."),
    labels: defaulted([]).set("string", "Labels, for finding integrations and for policies."),
    description: defaulted("").string("What the integration is for, in Markdown."),
    vcs_checks: defaulted("INDIVIDUAL").string(
      "How pull requests are told: a status per stack (`INDIVIDUAL`), three for all (`AGGREGATED`), or both (`ALL`).",
      { oneOf: VCS_CHECKS },
    ),
    use_git_checkout: overridable.boolean(
      "Whether Spacelift checks out with git in place of downloading an archive. Unset: Spacelift decides.",
    ),
    webhook_secret_rotation: optional.string(
      "Any text; a change from one text to another regenerates the webhook secret in place, and the webhooks follow.",
    ),
    detach_protection: defaulted(true).boolean("Whether a delete is refused while stacks or modules use the integration."),
    credential_fingerprint: computed.string(
      "Fingerprint of the token that Spacelift was last given; null when it came by a write-only argument.",
    ),
    webhook_url: computed.string("Address that webhooks of this integration call.", { keeps: true }),
    webhook_secret_fingerprint: computed.string(
      "Fingerprint of the secret that signs deliveries; null when the key may not see the secret.",
      { keeps: true },
    ),
  },
  raises: [
    "credential-form",
    "credential-environment-unset",
    "credential-environment-unseen",
    "credential-is-the-providers",
    "default-outside-root",
    "second-default",
    "name-taken",
    "space-not-found",
    "integration-look-failed",
    "integration-hidden",
    "webhook-secret-missing",
    "integration-created-with-gaps",
    "integration-url-changed",
    "integration-input-unknown",
    "integration-generation-missing",
    "integration-not-found",
    "integration-detaches",
    "integration-in-use",
    "integration-detached",
    "integration-usage-unknown",
    "replacement-would-fail",
  ],
  importId: {
    format: "<id>",
    parse(id) {
      if (id.trim() === "")
        throw problem("import-id-invalid", {
          why: "The import id is empty.",
          fix: "Give the integration's id, which Spacelift makes from its name: bitbucket-for-payments.",
        });
      return { id: id.trim(), detach_protection: true };
    },
  },

  validate({ config, report }) {
    for (const diagnostic of judgeForms(FORMS, config)) report.add(diagnostic);
    const space = config.space_id ?? ROOT_SPACE_ID;
    if (config.is_default === true && space !== UNKNOWN && space !== ROOT_SPACE_ID) {
      report.add(
        error("default-outside-root", {
          why: `is_default is true and space_id is "${space}". A default integration serves the whole account.`,
          fix: `Leave space_id out (it is "${ROOT_SPACE_ID}"), or make the integration Space-level with is_default = false.`,
          at: ["space_id"],
        }),
      );
    }
  },

  async plan({ config, prior, draft, changed, private: kept, api, report }) {
    const now = writtenCredential(FORMS, config);
    const seen = seenToken(now, api.environment);
    if (draft.space_id !== UNKNOWN && draft.space_id !== ROOT_SPACE_ID && draft.space_id !== prior?.space_id) {
      const unseen = await unseenSpace(api, draft.space_id, "space_id");
      if (unseen !== undefined) report.add(unseen);
    }
    if (prior === null) {
      recordForDelete(kept, now, draft);
      if (seen !== undefined && seen.token === null) report.add(unsetAtPlan(seen.variable));
      const newcomer: Newcomer = { name: draft.name, isDefault: draft.is_default };
      const promised = await promisedBy(api, PRODUCT, newcomer, report);
      await warnOfSecondDefault(api, PRODUCT, newcomer, report);
      draft.id = promised.id;
      draft.webhook_url = promised.webhookUrl;
      return;
    }
    remember(api, prior);
    if (seen !== undefined && seen.token === null) {
      report.add(
        warning("credential-environment-unseen", {
          why: `${seen.variable} is not set here, so it cannot be told whether Spacelift has its current value.`,
          fix: `Set ${seen.variable} where plans are made. Until then Spacelift keeps the token that it has.`,
          at: [now?.form.env ?? "api_token_env"],
        }),
      );
    }
    const newToken = seen !== undefined && seen.token !== null && seen.fingerprint !== prior.credential_fingerprint;
    if (changed || newToken) draft.credential_fingerprint = UNKNOWN;
    if (rotates(prior.webhook_secret_rotation, draft.webhook_secret_rotation)) draft.webhook_secret_fingerprint = UNKNOWN;
  },

  async planDelete({ prior, api, report }) {
    remember(api, prior);
    const diagnostic = await warnOfDetaching(api, PRODUCT, prior.id ?? "", prior.name ?? "");
    if (diagnostic !== undefined) report.add(diagnostic);
  },

  async create({ config, plan, private: kept, api, report, log }) {
    kept.delete("create");
    const now = writtenCredential(FORMS, plan) ?? fail();
    const token = tokenForCreate(now, api.environment, writeOnlyValue(config, now.form));
    await refuseTaken(api, plan.name, plan.is_default);
    const { integration, gaps } = await createOrFind(api, inputOf(plan), credentialFor(now, token.token), log);
    const url = integration.webhookUrl;
    const untold = gaps.filter((gap) => gap !== "webhookSecret");
    if (untold.length > 0) {
      report.add(
        warning("integration-created-with-gaps", {
          why: `"${plan.name}" exists now as ${integration.id}, and Spacelift did not tell its ${untold.join(", ")}.`,
          fix: "Plan again: what is missing is read then, and repaired in place.",
        }),
      );
    }
    if (plan.webhook_url !== UNKNOWN && url !== null && url !== plan.webhook_url) {
      report.add(
        warning("integration-url-changed", {
          why: `The plan promised ${String(plan.webhook_url)} for "${plan.name}", and Spacelift answered with ${url}.`,
          fix: "Apply once more: the webhooks in the repositories still call the old address.",
        }),
      );
    }
    if (integration.webhookSecretFingerprint === null) report.add(secretHidden(api, plan.name, plan.space_id));
    const state = {
      ...plan,
      id: integration.id,
      webhook_url: plan.webhook_url === UNKNOWN ? url : plan.webhook_url,
      webhook_secret_fingerprint: integration.webhookSecretFingerprint,
      credential_fingerprint: token.fingerprint,
      use_git_checkout: plan.use_git_checkout === UNKNOWN ? integration.useGitCheckout : plan.use_git_checkout,
    };
    remember(api, state);
    return state;
  },

  async read({ state, api, report }) {
    const id = state.id ?? "";
    const found = await api.spacelift.cloudIntegrations.find(id, state.space_id);
    if (found.state === "gone") {
      if (state.name !== null) api.integrations.forget(PRODUCT, state.name);
      return gone;
    }
    if (found.state === "hidden") {
      const hidden = {
        why: `The integration "${found.listing.name}" (${id}) is listed, but ${api.spacelift.keyName} may not see its details.`,
        fix: `Give the key admin on the Space "${found.spaceId ?? ROOT_SPACE_ID}". Until then drift in it cannot be seen.`,
      };
      if (state.name === null) throw problem("integration-hidden", hidden, { kind: "not-permitted" });
      report.add(warning("integration-hidden", hidden));
      remember(api, state);
      return { ...state, space_id: found.listing.spaceId ?? state.space_id };
    }
    const { integration } = found;
    if (integration.webhookSecretFingerprint === null) report.add(secretHidden(api, integration.name, integration.spaceId));
    const read = {
      ...state,
      ...loginsOf(integration, state),
      id,
      name: integration.name,
      is_default: integration.isDefault,
      space_id: integration.spaceId ?? state.space_id ?? ROOT_SPACE_ID,
      labels: integration.labels,
      description: integration.description,
      vcs_checks: integration.vcsChecks,
      use_git_checkout: integration.useGitCheckout ?? state.use_git_checkout,
      detach_protection: state.detach_protection ?? true,
      webhook_url: integration.webhookUrl ?? state.webhook_url,
      webhook_secret_fingerprint: integration.webhookSecretFingerprint ?? state.webhook_secret_fingerprint,
    };
    remember(api, read);
    return read;
  },

  async update({ config, prior, plan, api }) {
    const id = prior.id ?? fail();
    const now = writtenCredential(FORMS, plan) ?? fail();
    const token = tokenForUpdate(
      writtenCredential(FORMS, prior),
      now,
      api.environment,
      prior.credential_fingerprint,
      writeOnlyValue(config, now.form),
    );
    let integration: CloudIntegration | undefined;
    if (token.send !== null || remoteChange(prior, plan)) {
      integration = await api.spacelift.cloudIntegrations.update(id, inputOf(plan), credentialFor(now, token.send));
    }
    if (rotates(prior.webhook_secret_rotation, plan.webhook_secret_rotation)) {
      integration = await api.spacelift.cloudIntegrations.regenerateSecret(id);
    }
    return {
      ...plan,
      id,
      webhook_url: plan.webhook_url === UNKNOWN ? (integration?.webhookUrl ?? prior.webhook_url) : plan.webhook_url,
      webhook_secret_fingerprint:
        plan.webhook_secret_fingerprint === UNKNOWN ? (integration?.webhookSecretFingerprint ?? null) : plan.webhook_secret_fingerprint,
      credential_fingerprint: token.fingerprint,
      use_git_checkout: plan.use_git_checkout === UNKNOWN ? (integration?.useGitCheckout ?? prior.use_git_checkout) : plan.use_git_checkout,
    };
  },

  async delete({ prior, private: planned, api, report }) {
    const id = prior.id ?? fail();
    const name = prior.name ?? id;
    remember(api, prior);
    await refuseHopelessReplacement(api, planned, { id, name });
    const users = await guardDetaching(api, PRODUCT, id, name, prior.detach_protection !== false);
    await api.spacelift.cloudIntegrations.remove(id);
    const diagnostic = warnOfDetached(users, name, id);
    if (diagnostic !== undefined) report.add(diagnostic);
  },
});

/** Only a change between two texts rotates; the first text, and taking it away, are only recorded. */
function rotates(before: string | null, now: unknown): boolean {
  return before !== null && typeof now === "string" && now !== before;
}

function remember(api: Clients, state: { id: unknown; name: unknown; webhook_url: unknown; is_default: unknown }): void {
  const { id, name, webhook_url: webhookUrl, is_default: isDefault } = state;
  if (typeof id !== "string" || typeof name !== "string" || typeof isDefault !== "boolean") return;
  api.integrations.remember(PRODUCT, name, { id, webhookUrl: typeof webhookUrl === "string" ? webhookUrl : null, isDefault });
}

/** Spacelift fills `email` for API tokens and `username` for app passwords; an older server knows neither word. */
function loginsOf(integration: CloudIntegration, state: { email: string | null; username: string | null }) {
  if (integration.email === null && integration.username === null) return { email: state.email, username: state.username };
  return { email: integration.email || null, username: integration.username || null };
}

function writeOnlyValue(config: Readonly<Record<string, unknown>>, form: CredentialForm): string | null {
  const value = config[form.writeOnly];
  return typeof value === "string" ? value : null;
}

function unsetAtPlan(variable: string) {
  return warning("credential-environment-unset", {
    why: `The environment variable ${variable} is not set (or empty) here. The apply needs it, and fails without it.`,
    fix: `Set ${variable} to the token that Spacelift shall use, where the apply runs.`,
  });
}

function secretHidden(api: Clients, name: string, spaceId: string | null) {
  return warning("webhook-secret-missing", {
    why: `${api.spacelift.keyName} may not see the webhook secret of "${name}".`,
    fix: `Give the key admin on the Space "${spaceId ?? ROOT_SPACE_ID}": without the secret no webhook can be made, and a changed secret is not noticed.`,
  });
}

function fail(): never {
  throw problem("internal", {
    why: "The engine applied an integration without id or credential.",
    fix: "Please report this with the log of TF_LOG_PROVIDER=debug.",
  });
}
