/** The life of an integration, whichever product it reads: plan, create, read, update, delete. What differs is an IntegrationKind. */
import { error, problem, warning, type DiagnosticCode, ROOT_SPACE_ID, type BitbucketProduct } from "../../domain";
import {
  invalidImportId,
  gone,
  UNKNOWN,
  type Attributes,
  type Config,
  type Report,
  type Unknown,
  type Resource,
} from "../../terraform-plugin";
import type { Integration } from "../../clients";
import { type Clients, resource } from "../configuration/clients";
import {
  judgeForms,
  seenToken,
  theProvidersOwn,
  tokenForCreate,
  tokenForUpdate,
  unsetAtPlan,
  writtenCredential,
  type CredentialForm,
} from "../credentials/credential";
import { INTEGRATION_ATTRIBUTES } from "./integration-attributes";
import { accessOf, createOrFind, inputOf, remoteChange } from "./integration-write";
import { promisedBy, refuseTaken, warnOfSecondDefault, type Newcomer } from "./integration-name";
import { recordForDelete, refuseHopelessReplacement } from "./replacement";
import { unseenSpace } from "../space/spaces";
import { guardDetaching, warnOfDetached, warnOfDetaching } from "./usage";

/** All that differs between the integrations of the two products. */
export interface IntegrationKind {
  readonly product: BitbucketProduct;
  readonly summary: string;
  readonly description: string;
  /** Logins, hosts, and the arguments that bring the token. */
  readonly own: Attributes;
  readonly forms: readonly CredentialForm[];
  /** Rules of its own arguments. */
  readonly judge?: (config: Readonly<Record<string, unknown>>, report: Report) => void;
  /** What those rules raise. */
  readonly raises?: readonly DiagnosticCode[];
}

type Values = Readonly<Record<string, unknown>>;

export function bitbucketIntegration(kind: IntegrationKind): Resource<typeof INTEGRATION_ATTRIBUTES, Clients> {
  const { product, forms } = kind;
  const { id, name, is_default, space_id, ...others } = INTEGRATION_ATTRIBUTES;

  function remember(api: Clients, state: { id: unknown; name: unknown; webhook_url: unknown; is_default: unknown }): void {
    const { id, name, webhook_url: webhookUrl, is_default: isDefault } = state;
    if (typeof id !== "string" || typeof name !== "string" || typeof isDefault !== "boolean") return;
    api.integrations.remember(product, name, { id, webhookUrl: typeof webhookUrl === "string" ? webhookUrl : null, isDefault });
  }

  return resource({
    type: `bitbucket_${product}_integration`,
    summary: kind.summary,
    description: kind.description,
    attributes: { id, name, is_default, space_id, ...kind.own, ...others },
    raises: [...RAISES, ...(kind.raises ?? [])],
    importId: {
      format: "<id>",
      parse(id) {
        if (id.trim() === "")
          throw invalidImportId({
            why: "The import id is empty.",
            fix: "Give the integration's id, which Spacelift makes from its name: bitbucket-for-payments.",
          });
        return { id: id.trim(), detach_protection: true };
      },
    },

    validate({ config, report }) {
      for (const diagnostic of judgeForms(forms, config)) report.add(diagnostic);
      judgeHome(config, report);
      kind.judge?.(config, report);
    },

    async plan({ config, prior, draft, changed, private: kept, api, report }) {
      const now = writtenCredential(forms, config);
      const seen = seenToken(now, api.environment);
      // Variables of the provider's own names were judged with the configuration; those that its blocks name are known only here.
      if (now !== undefined && seen !== undefined && api.logsInWith(seen.variable)) report.add(theProvidersOwn(now.form, seen.variable));
      if (draft.space_id !== UNKNOWN && draft.space_id !== ROOT_SPACE_ID && draft.space_id !== prior?.space_id) {
        const unseen = await unseenSpace(api, draft.space_id, "space_id");
        if (unseen !== undefined) report.add(unseen);
      }
      if (prior === null) {
        recordForDelete(kept, now, draft);
        if (seen !== undefined && seen.token === null) report.add(unsetAtPlan(seen.variable));
        const newcomer: Newcomer = { name: draft.name, isDefault: draft.is_default };
        const promised = await promisedBy(api, product, newcomer, report);
        await warnOfSecondDefault(api, product, newcomer, report);
        draft.id = promised.id;
        draft.webhook_url = promised.webhookUrl;
        return;
      }
      remember(api, prior);
      if (seen !== undefined && seen.token === null) {
        report.add(
          warning("credential-change-not-checked", {
            why: `${seen.variable} is not set here, so it cannot be told whether Spacelift has its current value.`,
            fix: `Set ${seen.variable} where plans are made. Until then Spacelift keeps the token that it has.`,
            at: now === undefined ? [] : [now.form.env],
          }),
        );
      }
      const newToken = seen !== undefined && seen.token !== null && seen.fingerprint !== prior.credential_fingerprint;
      if (changed || newToken) draft.credential_fingerprint = UNKNOWN;
      if (rotates(prior.webhook_secret_rotation, draft.webhook_secret_rotation)) draft.webhook_secret_fingerprint = UNKNOWN;
    },

    async planDelete({ prior, api, report }) {
      remember(api, prior);
      const diagnostic = await warnOfDetaching(api, product, prior.id ?? "", prior.name ?? "");
      if (diagnostic !== undefined) report.add(diagnostic);
    },

    async create({ config, plan, private: kept, api, report, log }) {
      kept.delete("create");
      const now = writtenCredential(forms, plan) ?? fail();
      const token = tokenForCreate(now, api.environment, writeOnlyValue(config, now.form));
      await refuseTaken(api, product, plan.name, plan.is_default);
      const { integration, gaps } = await createOrFind(api, product, inputOf(plan), accessOf(now, plan, token.token), log);
      const url = integration.webhookUrl;
      const untold = gaps.filter((gap) => gap !== "webhookSecret");
      if (untold.length > 0) {
        report.add(
          warning("integration-created-incomplete", {
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
      const found = await api.spacelift.integrations[product].find(id, state.space_id);
      if (found.state === "gone") {
        if (state.name !== null) api.integrations.forget(product, state.name);
        return gone;
      }
      if (found.state === "hidden") {
        const hidden = {
          why: `The integration "${found.listing.name}" (${id}) is listed, but ${api.spacelift.keyName} may not see its details.`,
          fix: `Give the key admin on the Space "${found.spaceId ?? ROOT_SPACE_ID}". Until then drift in it cannot be seen.`,
        };
        if (state.name === null) throw problem("integration-not-visible", hidden, { kind: "not-permitted" });
        report.add(warning("integration-not-visible", hidden));
        remember(api, state);
        return { ...state, space_id: found.listing.spaceId ?? state.space_id };
      }
      const { integration } = found;
      if (integration.webhookSecretFingerprint === null) report.add(secretHidden(api, integration.name, integration.spaceId));
      const read = {
        ...state,
        ...ownAttributes(forms, integration),
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
      const now = writtenCredential(forms, plan) ?? fail();
      const token = tokenForUpdate(
        writtenCredential(forms, prior),
        now,
        api.environment,
        prior.credential_fingerprint,
        writeOnlyValue(config, now.form),
      );
      const integrations = api.spacelift.integrations[product];
      let integration: Integration | undefined;
      if (token.send !== null || remoteChange(forms, prior, plan)) {
        integration = await integrations.update(id, inputOf(plan), accessOf(now, plan, token.send));
      }
      if (rotates(prior.webhook_secret_rotation, plan.webhook_secret_rotation)) {
        integration = await integrations.regenerateSecret(id);
      }
      return {
        ...plan,
        id,
        webhook_url: plan.webhook_url === UNKNOWN ? (integration?.webhookUrl ?? prior.webhook_url) : plan.webhook_url,
        webhook_secret_fingerprint:
          plan.webhook_secret_fingerprint === UNKNOWN ? (integration?.webhookSecretFingerprint ?? null) : plan.webhook_secret_fingerprint,
        credential_fingerprint: token.fingerprint,
        use_git_checkout:
          plan.use_git_checkout === UNKNOWN ? (integration?.useGitCheckout ?? prior.use_git_checkout) : plan.use_git_checkout,
      };
    },

    async delete({ prior, private: planned, api, report }) {
      const id = prior.id ?? fail();
      const name = prior.name ?? id;
      remember(api, prior);
      await refuseHopelessReplacement(api, product, planned, { id, name });
      const users = await guardDetaching(api, product, id, name, prior.detach_protection !== false);
      await api.spacelift.integrations[product].remove(id);
      const diagnostic = warnOfDetached(users, name, id);
      if (diagnostic !== undefined) report.add(diagnostic);
    },
  });
}

const RAISES: readonly DiagnosticCode[] = [
  "credential-form",
  "credential-variable-not-set",
  "credential-change-not-checked",
  "provider-credential-reused",
  "default-outside-root",
  "duplicate-default",
  "duplicate-integration-name",
  "space-not-found",
  "integration-lookup-failed",
  "integration-not-visible",
  "webhook-secret-missing",
  "integration-created-incomplete",
  "integration-url-changed",
  "integration-input-unknown",
  "mutation-not-supported",
  "integration-not-found",
  "consumers-will-be-detached",
  "integration-in-use",
  "consumers-detached",
  "integration-usage-unknown",
  "replacement-blocked",
];

function judgeHome(config: Config<typeof INTEGRATION_ATTRIBUTES>, report: Report): void {
  const space = config.space_id ?? ROOT_SPACE_ID;
  if (config.is_default !== true || space === UNKNOWN || space === ROOT_SPACE_ID) return;
  report.add(
    error("default-outside-root", {
      why: `is_default is true and space_id is "${space}". A default integration serves the whole account.`,
      fix: `Leave space_id out (it is "${ROOT_SPACE_ID}"), or make the integration Space-level with is_default = false.`,
      at: ["space_id"],
    }),
  );
}

/** Only a change between two texts rotates, and a text that is decided at apply may be one; the first text, and taking it away, are only recorded. */
function rotates(before: string | null, now: string | null | Unknown): boolean {
  return before !== null && now !== null && now !== before;
}

/** Logins and hosts as Spacelift has them: of several forms only one is filled. A server that is older tells none, and the state's stay. */
function ownAttributes(forms: readonly CredentialForm[], integration: Integration): Values {
  if (Object.values(integration.own).every((value) => value === null)) return {};
  const pairs = forms.flatMap((form) => Object.entries(form.fields));
  return Object.fromEntries(
    pairs.filter(([, field]) => field in integration.own).map(([attribute, field]) => [attribute, integration.own[field] ?? null]),
  );
}

function writeOnlyValue(config: Values, form: CredentialForm): string | null {
  const value = config[form.writeOnly];
  return typeof value === "string" ? value : null;
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
