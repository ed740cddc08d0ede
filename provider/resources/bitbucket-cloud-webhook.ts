/** `bitlift_bitbucket_cloud_webhook`: the webhook in one Bitbucket Cloud repository that feeds one integration. */
import { failedAs, problem, warning, type Diagnostic } from "../../diagnostics";
import { computed, defaulted, gone, optional, overridable, required, UNKNOWN, type Report, type Stored } from "../../tfplugin";
import { BITBUCKET_CLOUD_EVENTS } from "../../vocabulary/bitbucket-cloud-events";
import { formatCloudWebhookImportId, parseCloudWebhookImportId } from "../../vocabulary/identifiers";
import { REQUIRED_BITBUCKET_CLOUD_EVENTS } from "../../vocabulary/required-events";
import type { CloudWebhook, CloudWebhookInput, RepositoryRef } from "../../api/bitbucket-cloud/webhooks";
import { inTurn } from "../../api/in-turn";
import { resource, type Clients } from "../clients";
import { warnOfSilence } from "../usage";
import { secretFor } from "../webhook-secret";
import { placeWebhook } from "../webhook-placement";

const REQUIRED_EVENTS: readonly string[] = REQUIRED_BITBUCKET_CLOUD_EVENTS.map((event) => event.key);

const attributes = {
  workspace: required.string("Workspace slug that owns the repository.", { replaces: true }),
  repository: required.string("Repository slug inside the workspace.", { replaces: true }),
  integration_id: required.string("Id of the integration that receives the deliveries.", { replaces: true }),
  webhook_url: required.string("Address that the integration listens on: its `webhook_url`."),
  secret_fingerprint: optional.string(
    "Fingerprint of the secret that deliveries must be signed with: the integration's `webhook_secret_fingerprint`.",
  ),
  title: overridable.string("What Bitbucket's settings page shows. Default `Spacelift (<integration_id>)`."),
  additional_events: defaulted([]).set("string", "Events on top of those that Spacelift needs, never instead of them.", {
    known: BITBUCKET_CLOUD_EVENTS,
  }),
  events: computed.set("string", "All events that the webhook subscribes to."),
  active: defaulted(true).boolean("Whether Bitbucket sends deliveries."),
  skip_certificate_verification: defaulted(false).boolean("Whether Bitbucket delivers to a host whose certificate it cannot verify."),
  adopt_existing: defaulted(true).boolean("Whether a webhook with the same URL is taken over. False makes it an error."),
  uuid: computed.string("Id that Bitbucket assigned, in braces.", { keeps: true }),
};

export const bitbucketCloudWebhook = resource({
  type: "bitbucket_cloud_webhook",
  summary: "A webhook in one Bitbucket Cloud repository that delivers to one Spacelift integration.",
  details:
    "One webhook per repository and URL: creating it looks first, and adopts a webhook with the same URL. It always subscribes to the events that Spacelift needs: " +
    `${REQUIRED_BITBUCKET_CLOUD_EVENTS.map((event) => `\`${event.key}\``).join(", ")}. ` +
    "The secret goes from Spacelift to Bitbucket when the webhook is applied, and is stored nowhere else.",
  attributes,
  raises: [
    "webhook-secret-missing",
    "webhook-secret-changed",
    "webhook-adopted",
    "webhook-exists",
    "webhook-duplicates",
    "webhook-delete-kept",
    "webhook-removal",
    "webhook-not-found",
    "repository-not-found",
    "repository-renamed",
    "integration-not-found",
    "integration-usage-unknown",
  ],
  importId: {
    format: "<workspace>/<repository>/{uuid}",
    parse(id) {
      const parts = parseCloudWebhookImportId(id);
      if (parts === undefined) {
        throw problem("import-id-invalid", {
          why: `"${id}" is not of the form <workspace>/<repository>/{uuid}.`,
          fix: `Write it like ${formatCloudWebhookImportId({ workspace: "acme", repository: "infrastructure", uuid: "{202cf34e-7ccf-44b7-ba6b-8827a14d5324}" })}; the braces may be left out.`,
        });
      }
      return { ...parts, adopt_existing: true };
    },
  },

  plan({ config, prior, draft }) {
    const { integration_id: integration, additional_events: additional, webhook_url: url } = draft;
    if (config.title === null) draft.title = integration === UNKNOWN ? UNKNOWN : `Spacelift (${integration})`;
    draft.events = additional === UNKNOWN ? UNKNOWN : union(additional);
    // At a new address there may be a webhook already, which is adopted then.
    if (prior !== null && url !== prior.webhook_url) draft.uuid = UNKNOWN;
  },

  async planDelete({ prior, api, report }) {
    const { workspace, repository, integration_id: integrationId } = prior;
    const diagnostic = await warnOfSilence(api, { namespace: workspace ?? "", repository: repository ?? "", integrationId });
    if (diagnostic !== undefined) report.add(diagnostic);
  },

  async create({ plan, private: kept, api, report, log }) {
    const secret = await secretFor(api, plan.integration_id, plan.secret_fingerprint);
    const target = { workspace: plan.workspace, repository: plan.repository };
    const input = inputOf(plan);
    const placed = await inTurn(`${target.workspace}/${target.repository} ${input.url}`, () =>
      placeWebhook(api, { target, input, secret, adopt: plan.adopt_existing, own: undefined, report, log }),
    );
    kept.set("repositoryUuid", placed.repositoryUuid);
    return { ...plan, title: input.description, events: input.events, uuid: placed.uuid };
  },

  async read({ state, private: kept, api, report, log }) {
    const target = { workspace: state.workspace ?? "", repository: state.repository ?? "" };
    const hooks = await listOrExplain(api, target, kept.get("repositoryUuid"), report);
    if (hooks === undefined) return unread(state);
    const hook = hooks.find((candidate) => candidate.uuid === state.uuid);
    if (hook === undefined) {
      log.info("the webhook is gone", { ...target, uuid: state.uuid });
      return gone;
    }
    if (hook.repositoryUuid !== null) kept.set("repositoryUuid", hook.repositoryUuid);
    const { repositoryFullName: now } = hook;
    // Where Bitbucket redirects an old name, the list answers as if nothing had happened.
    const written = `${target.workspace}/${target.repository}`;
    if (now !== null && !written.includes("{") && now.toLowerCase() !== written.toLowerCase()) report.add(renamed(target, now));
    return {
      ...target,
      integration_id: state.integration_id,
      webhook_url: hook.url,
      // Bitbucket says only whether there is a secret. "No" is drift; silence is not.
      secret_fingerprint: hook.secretSet === false ? null : state.secret_fingerprint,
      title: hook.description,
      additional_events: state.additional_events ?? hook.events.filter((event) => !REQUIRED_EVENTS.includes(event)),
      events: hook.events,
      active: hook.active,
      skip_certificate_verification: hook.skipCertificateVerification,
      adopt_existing: state.adopt_existing ?? true,
      uuid: hook.uuid,
    };
  },

  async update({ plan, prior, private: kept, api, report, log }) {
    const input = inputOf(plan);
    const uuid = prior.uuid ?? "";
    const remote = ["webhook_url", "secret_fingerprint", "title", "active", "skip_certificate_verification"] as const;
    const sameEvents = JSON.stringify([...(prior.events ?? [])].sort()) === JSON.stringify([...input.events].sort());
    if (sameEvents && remote.every((name) => prior[name] === plan[name]))
      return { ...plan, title: input.description, events: input.events, uuid };
    const secret = await secretFor(api, plan.integration_id, plan.secret_fingerprint);
    const target = { workspace: plan.workspace, repository: plan.repository };
    const placed = await inTurn(`${target.workspace}/${target.repository} ${input.url}`, () =>
      placeWebhook(api, {
        target,
        input,
        secret,
        adopt: plan.adopt_existing,
        own: { uuid, moves: prior.webhook_url !== plan.webhook_url },
        report,
        log,
      }),
    );
    if (placed.repositoryUuid !== null) kept.set("repositoryUuid", placed.repositoryUuid);
    return { ...plan, title: input.description, events: input.events, uuid: placed.uuid };
  },

  async delete({ prior, private: kept, api, report }) {
    const repositoryUuid = kept.get("repositoryUuid");
    const target = {
      workspace: prior.workspace ?? "",
      repository: prior.repository ?? "",
      // The UUID finds a repository that was renamed since.
      ...(typeof repositoryUuid === "string" ? { uuid: repositoryUuid } : {}),
    };
    const uuid = prior.uuid ?? "";
    const where = `${target.workspace}/${target.repository}`;
    await inTurn(`${where} ${prior.webhook_url ?? ""}`, async () => {
      if (api.claimedWebhooks.has(uuid)) {
        report.add(
          warning("webhook-delete-kept", {
            why: `The webhook ${uuid} in ${where} belongs to another address since this very apply, so it was not removed.`,
            fix: "Nothing needs to be done. A moved block tells the engine next time that an address has changed.",
          }),
        );
        return;
      }
      const removed = await api.bitbucketCloud.webhooks.remove(target, uuid).catch((failure: unknown) => {
        api.undeletedWebhooks.add(uuid);
        throw failure;
      });
      if (removed === "repository-absent") {
        report.add(
          warning("repository-not-found", {
            why: `${where} is gone, or invisible to the credential; Bitbucket does not say which. Its webhook was dropped from the state.`,
            fix: "If the repository exists still, remove its webhook by hand.",
          }),
        );
      }
    });
  },
});

function union(additional: readonly string[]): readonly string[] {
  return [...new Set([...REQUIRED_EVENTS, ...additional])].sort();
}

function inputOf(plan: {
  webhook_url: string;
  integration_id: string;
  title: unknown;
  additional_events: readonly string[];
  active: boolean;
  skip_certificate_verification: boolean;
}): CloudWebhookInput {
  return {
    url: plan.webhook_url,
    description: typeof plan.title === "string" ? plan.title : `Spacelift (${plan.integration_id})`,
    active: plan.active,
    events: union(plan.additional_events),
    skipCertificateVerification: plan.skip_certificate_verification,
  };
}

/** The repository's webhooks; undefined, with a warning, when the repository is gone, invisible, or has another name. */
async function listOrExplain(
  api: Clients,
  target: RepositoryRef,
  repositoryUuid: unknown,
  report: Report,
): Promise<readonly CloudWebhook[] | undefined> {
  try {
    return await api.bitbucketCloud.webhooks.list(target);
  } catch (failure) {
    if (!failedAs(failure, "gone")) throw failure;
    const where = `${target.workspace}/${target.repository}`;
    const moved = typeof repositoryUuid === "string" ? await api.bitbucketCloud.repositories.byUuid(repositoryUuid) : null;
    report.add(
      moved === null
        ? warning("repository-not-found", {
            why: `${failure.diagnostic.why} The state of its webhook is kept.`,
            fix: `If ${where} was deleted, remove its webhook from the configuration. If it is there, give the credential access to it.`,
          })
        : renamed(target, `${moved.workspace}/${moved.slug}`),
    );
    return undefined;
  }
}

function renamed(target: RepositoryRef, now: string): Diagnostic {
  return warning("repository-renamed", {
    why: `${target.workspace}/${target.repository} is ${now} now. The state of its webhook is kept.`,
    fix: "Write the new name in the configuration. Its webhook goes with it: the apply finds it by its URL.",
  });
}

/** A state that could not be refreshed, as it is. After an import there is nothing to keep. */
function unread(state: Stored<typeof attributes>): Stored<typeof attributes> {
  if (state.webhook_url !== null) return state;
  throw problem("repository-not-found", {
    why: `There is no repository ${state.workspace ?? ""}/${state.repository ?? ""} that the credential can see.`,
    fix: "Check workspace and repository in the import id, and what the credential may see.",
  });
}
