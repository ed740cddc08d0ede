/** The life of a webhook in one repository, whichever product holds it: plan, create, read, update, delete. What differs is a WebhookKind. */
import { Problem, type Cause, type Diagnostic } from "../../diagnostics";
import { problem, warning, type DiagnosticCode, type BitbucketProduct } from "../../domain";
import {
  invalidImportId,
  computed,
  defaulted,
  gone,
  optional,
  optionalComputed,
  required,
  UNKNOWN,
  type Attributes,
  type Log,
  type PrivateData,
  type Resource,
} from "../../terraform-plugin";
import { withLock, type RepositoryRef, type SecretState, type Webhook, type WebhookInput } from "../../clients";
import { resource, type Clients } from "../configuration/clients";
import { listOrExplain, nameOf, removeWherever, renamed } from "./renamed-repository";
import { textOf, warnOfSilence } from "../integration/usage";
import { secretFor } from "./webhook-secret";
import { nameProjectWebhooks, placeWebhook, turnOfAddress, keyOfWebhook, type Placement } from "./webhook-placement";

/** All that differs between the webhooks of the two products. */
export interface WebhookKind {
  readonly product: BitbucketProduct;
  readonly summary: string;
  /** Words about this product, after those about both. */
  readonly description?: string;
  /** Argument with the workspace or project, and its text. */
  readonly namespace: { readonly name: string; readonly text: string };
  /** Attribute with the webhook's id, and its form there; everywhere else the id is a text. */
  readonly id: { readonly name: string; readonly attribute: Attributes[string]; readonly stored: (id: string) => string | number };
  /** Argument about the receiver's certificate; where it is `trusting`, true means that nothing is verified. */
  readonly certificate: { readonly name: string; readonly trusting: boolean; readonly text: string };
  /** Keys of the events that Spacelift needs, and of all that are published. */
  readonly requiredEvents: readonly string[];
  readonly knownEvents: readonly string[];
  readonly importId: {
    readonly format: string;
    readonly example: string;
    readonly parse: (text: string) => { readonly namespace: string; readonly repository: string; readonly id: string } | undefined;
  };
  /** Whether this server can have a webhook with these events; asked where one is planned, and before one is written. */
  readonly judgeServer?: (api: Clients, events: readonly string[]) => Promise<Diagnostic | undefined>;
  /** Which server is asked, where there are several; a state that was made at another one is not taken for this one's unnoticed. */
  readonly serverOf?: (api: Clients) => string;
  /** What only this product raises. */
  readonly raises?: readonly DiagnosticCode[];
}

const ATTRIBUTES = {
  repository: required.string("Repository slug, without the workspace or project.", {
    requiresReplace: true,
    caseInsensitive: true,
    check: pathPart,
  }),
  integration_id: required.string("Id of the integration that receives the deliveries.", { requiresReplace: true }),
  webhook_url: required.string("Address that the integration listens on: its `webhook_url`."),
  secret_fingerprint: optional.string(
    "Fingerprint of the secret that deliveries must be signed with: the integration's `webhook_secret_fingerprint`.",
  ),
  title: optionalComputed.string("What Bitbucket's settings page shows. Default `Spacelift (<integration_id>)`."),
  additional_events: defaulted([]).set("string", "Events on top of those that Spacelift needs, never instead of them."),
  events: computed.set("string", "All events that the webhook subscribes to."),
  active: defaulted(true).boolean("Whether Bitbucket sends deliveries."),
  adopt_existing: defaulted(true).boolean("Whether a webhook with the same URL is taken over. False makes it an error."),
};

const RAISES: readonly DiagnosticCode[] = [
  "webhook-secret-missing",
  "webhook-secret-changed",
  "webhook-adopted",
  "webhook-exists",
  "webhook-duplicates",
  "webhook-delete-skipped",
  "webhook-removal",
  "webhook-not-found",
  "repository-not-found",
  "repository-renamed",
  "integration-not-found",
  "integration-usage-unknown",
];

type Values = Readonly<Record<string, unknown>>;

/** Keys in the private data: the id of the repository, which survives renames, and the server that the webhook was last seen at. */
const REPOSITORY_ID = "repositoryId";
const SERVER = "server";

export function repositoryWebhook(kind: WebhookKind): Resource<typeof ATTRIBUTES, Clients> {
  const { product, requiredEvents } = kind;
  const { additional_events, events, active, adopt_existing, ...common } = ATTRIBUTES;

  const refOf = (values: Values, kept?: PrivateData): RepositoryRef => {
    const id = kept?.get(REPOSITORY_ID);
    const ref = { namespace: text(values[kind.namespace.name]), repository: text(values["repository"]) };
    return typeof id === "string" ? { ...ref, id } : ref;
  };
  const idOf = (values: Values): string => {
    const id = values[kind.id.name];
    return typeof id === "string" || typeof id === "number" ? String(id) : "";
  };
  const union = (additional: readonly string[]): readonly string[] => [...new Set([...requiredEvents, ...additional])].sort();
  const inputOf = (plan: {
    webhook_url: string;
    integration_id: string;
    title: unknown;
    additional_events: readonly string[];
    active: boolean;
  }): WebhookInput => ({
    url: plan.webhook_url,
    title: typeof plan.title === "string" ? plan.title : `Spacelift (${plan.integration_id})`,
    active: plan.active,
    events: union(plan.additional_events),
    verifyCertificate: ((plan as Values)[kind.certificate.name] === true) !== kind.certificate.trusting,
  });

  /** Writes the webhook, whatever is there already. */
  async function place(api: Clients, placement: Omit<Placement, "product">, kept: PrivateData): Promise<Webhook> {
    const { target, input, log } = placement;
    const unfit = await kind.judgeServer?.(api, input.events);
    if (unfit !== undefined) throw new Problem(unfit, { kind: "bad-input", execution: "no" });
    const placed = await withLock(turnOfAddress(product, target, input.url), () => placeWebhook(api, { ...placement, product }));
    const id = placed.repositoryId ?? (await repositoryIdOf(api, product, target, log));
    if (id !== null) kept.set(REPOSITORY_ID, id);
    if (kind.serverOf !== undefined) kept.set(SERVER, kind.serverOf(api));
    return placed;
  }

  return resource({
    type: `bitbucket_${product}_webhook`,
    summary: kind.summary,
    description: [
      "One webhook per repository and URL: creating it looks first, and adopts a webhook with the same URL. It always subscribes to the events that Spacelift needs: " +
        `${requiredEvents.map((event) => `\`${event}\``).join(", ")}. ` +
        "The secret goes from Spacelift to Bitbucket when the webhook is applied, and is stored nowhere else.",
      ...(kind.description === undefined ? [] : [kind.description]),
    ].join(" "),
    attributes: {
      [kind.namespace.name]: required.string(kind.namespace.text, { requiresReplace: true, caseInsensitive: true, check: pathPart }),
      ...common,
      additional_events: { ...additional_events, known: kind.knownEvents },
      events,
      active,
      [kind.certificate.name]: defaulted(!kind.certificate.trusting).boolean(kind.certificate.text),
      adopt_existing,
      [kind.id.name]: kind.id.attribute,
    },
    raises: [...RAISES, ...(kind.raises ?? [])],
    importId: {
      format: kind.importId.format,
      parse(text) {
        const parts = kind.importId.parse(text);
        if (parts === undefined) {
          throw invalidImportId({
            why: `"${text}" is not of the form ${kind.importId.format}.`,
            fix: `Write it like ${kind.importId.example}.`,
          });
        }
        return {
          [kind.namespace.name]: parts.namespace,
          repository: parts.repository,
          [kind.id.name]: kind.id.stored(parts.id),
          adopt_existing: true,
        };
      },
    },

    async plan({ config, prior, draft, changed, api, report }) {
      const { integration_id: integration, additional_events: additional, webhook_url: url } = draft;
      if (config.title === null) draft.title = integration === UNKNOWN ? UNKNOWN : `Spacelift (${integration})`;
      // One element that is not decided leaves the whole open: it may be an event that is required anyway.
      const decided = additional !== UNKNOWN && !additional.some((event: unknown) => event === UNKNOWN);
      draft.events = decided ? union(additional) : UNKNOWN;
      // At a new address there may be a webhook already, which is adopted then.
      if (prior !== null && url !== prior.webhook_url) (draft as Record<string, unknown>)[kind.id.name] = UNKNOWN;
      if (!changed || draft.events === UNKNOWN) return;
      // Whether the server can be asked is not a question of the plan: the apply asks again, and fails with the reason.
      const unfit = await kind.judgeServer?.(api, draft.events).catch(() => undefined);
      if (unfit !== undefined) report.add(unfit);
    },

    async planDelete({ prior, api, report }) {
      const { namespace, repository } = refOf(prior);
      const diagnostic = await warnOfSilence(api, product, { namespace, repository, integrationId: prior.integration_id });
      if (diagnostic !== undefined) report.add(diagnostic);
    },

    async create({ plan, private: kept, api, report, log }) {
      const secret = await secretFor(api, product, plan.integration_id, plan.secret_fingerprint);
      const input = inputOf(plan);
      const placement = { target: refOf(plan), input, secret, adopt: plan.adopt_existing, own: undefined, report, log };
      const placed = await place(api, placement, kept);
      return { ...plan, title: input.title, events: input.events, [kind.id.name]: kind.id.stored(placed.id) };
    },

    async read({ state, private: kept, api, report, log }) {
      const target = refOf(state);
      const id = idOf(state);
      const server = kind.serverOf?.(api);
      const seenAt = elsewhere(kept, server);
      if (seenAt !== undefined) report.add(warning("bitbucket-server-changed", serverChanged(target, seenAt, server, ASK_ABOUT_SERVER)));
      const hooks = await listOrExplain(api, product, refOf(state, kept), report, log);
      // A state that could not be refreshed, as it is. After an import there is nothing to keep.
      if (hooks === undefined && state.webhook_url !== null) return state;
      if (hooks === undefined) {
        throw problem("repository-not-found", {
          why: `There is no repository ${nameOf(target)} that the credential can see.`,
          fix: `Check ${kind.namespace.name} and repository in the import id, and what the credential may see.`,
        });
      }
      const hook = hooks.find((candidate) => candidate.id === id && candidate.scope === "repository");
      if (hook === undefined) {
        log.info("the webhook is gone", { repository: nameOf(target), webhook: id });
        return gone;
      }
      const before = kept.get(REPOSITORY_ID);
      const moved = state.webhook_url !== null && hook.url !== state.webhook_url;
      const repositoryId = hook.repositoryId ?? (before === undefined || moved ? await repositoryIdOf(api, product, target, log) : null);
      // Servers count repositories and webhooks each for itself: what has this id on another server, and another URL, is somebody else's.
      const another = before !== undefined && repositoryId !== null && repositoryId !== before;
      if (moved && (another || seenAt !== undefined)) {
        log.info("the repository of this name is another one, and so is its webhook", { repository: nameOf(target), webhook: id });
        return gone;
      }
      if (repositoryId !== null) kept.set(REPOSITORY_ID, repositoryId);
      if (server !== undefined) kept.set(SERVER, server);
      const { repositoryName: now } = hook;
      // Where Bitbucket redirects an old name, the list answers as if nothing had happened.
      const written = nameOf(target);
      if (now !== null && !written.includes("{") && now.toLowerCase() !== written.toLowerCase()) report.add(renamed(target, now));
      nameProjectWebhooks(hooks, target, hook.url, report);
      return {
        ...state,
        webhook_url: hook.url,
        secret_fingerprint: fingerprintNow(hook.secret, state.secret_fingerprint),
        title: hook.title,
        additional_events: state.additional_events ?? hook.events.filter((event) => !requiredEvents.includes(event)),
        events: hook.events,
        active: hook.active,
        // A server that does not say keeps what was declared.
        [kind.certificate.name]:
          hook.verifiesCertificate === null
            ? ((state as Values)[kind.certificate.name] ?? !kind.certificate.trusting)
            : hook.verifiesCertificate !== kind.certificate.trusting,
        adopt_existing: state.adopt_existing ?? true,
      };
    },

    async update({ plan, prior, private: kept, api, report, log }) {
      const input = inputOf(plan);
      const own = { id: idOf(prior), moves: prior.webhook_url !== plan.webhook_url };
      const settled = { ...plan, title: input.title, events: input.events };
      if (!remoteChange(prior, settled)) return { ...settled, [kind.id.name]: kind.id.stored(own.id) };
      refuseElsewhere(kept, kind.serverOf?.(api), refOf(plan));
      const secret = await secretFor(api, product, plan.integration_id, plan.secret_fingerprint);
      const placed = await place(api, { target: refOf(plan), input, secret, adopt: plan.adopt_existing, own, report, log }, kept);
      return { ...settled, [kind.id.name]: kind.id.stored(placed.id) };
    },

    async delete({ prior, private: kept, api, report, log }) {
      const target = refOf(prior, kept);
      refuseElsewhere(kept, kind.serverOf?.(api), target);
      const id = idOf(prior);
      const key = keyOfWebhook(product, id);
      const remove = async () => {
        if (api.claimedWebhooks.has(key)) {
          report.add(
            warning("webhook-delete-skipped", {
              why: `The webhook ${id} in ${nameOf(target)} belongs to another address since this very apply, so it was not removed.`,
              fix: "Nothing needs to be done. A moved block tells the engine next time that an address has changed.",
            }),
          );
          return;
        }
        const removed = await removeWherever(api, product, target, { id, url: prior.webhook_url ?? "" }, log).catch((failure: unknown) => {
          api.undeletedWebhooks.add(key);
          throw failure;
        });
        if (removed === "removed") api.removedWebhooks.add(key);
        if (removed === "repository-absent") {
          report.add(
            warning("repository-not-found", {
              why: `${nameOf(target)} is gone, or invisible to the credential; Bitbucket does not say which. Its webhook was dropped from the state.`,
              fix: "If the repository exists still, remove its webhook by hand.",
            }),
          );
        }
      };
      await withLock(turnOfAddress(product, target, prior.webhook_url ?? ""), () => withLock(key, remove));
    },
  });

  /** Whether anything differs that Bitbucket keeps; the rest only the engine knows, and costs no call. */
  function remoteChange(prior: Values, now: Values): boolean {
    const sorted = (events: unknown): string => JSON.stringify([...((events ?? []) as readonly string[])].sort());
    const remote = ["webhook_url", "secret_fingerprint", "title", "active", kind.certificate.name];
    return sorted(prior["events"]) !== sorted(now["events"]) || remote.some((name) => prior[name] !== now[name]);
  }
}

/** "Unset" is drift, and so is another secret where Bitbucket tells it; silence is not. */
function fingerprintNow(secret: SecretState, stored: string | null): string | null {
  if (secret.is === "unset") return null;
  return secret.is === "set" && secret.fingerprint !== null ? secret.fingerprint : stored;
}

/** Where the webhook does not name its repository, the repository says what its id is. Only a later rename needs it: a failure is no reason to stop. */
async function repositoryIdOf(api: Clients, product: BitbucketProduct, target: RepositoryRef, log: Log): Promise<string | null> {
  try {
    return (await api.bitbucket(product).repositories.byName(target))?.id ?? null;
  } catch (failure) {
    log.warn("the id of a repository could not be read", { repository: nameOf(target), reason: textOf(failure) });
    return null;
  }
}

/** The server that the webhook was last seen at, where that is another one than is asked now. */
function elsewhere(kept: PrivateData, server: string | undefined): string | undefined {
  const seenAt = kept.get(SERVER);
  return typeof seenAt === "string" && server !== undefined && addressOf(server) !== addressOf(seenAt) ? seenAt : undefined;
}

/** One spelling of it: a host in capital letters, and a port that goes without saying, are no other address. */
function addressOf(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}

/** Nothing has looked at this server since: the webhook of that number may be one of another tool. */
function refuseElsewhere(kept: PrivateData, server: string | undefined, target: RepositoryRef): void {
  const seenAt = elsewhere(kept, server);
  if (seenAt === undefined) return;
  const fix =
    "Plan again with this address and without -refresh=false, and read what that says. A second server belongs to a provider alias of its own. " +
    "What was on a server that is no more leaves the state by a removed block with destroy = false, or by state rm.";
  throw problem("bitbucket-server-changed", serverChanged(target, seenAt, server, fix), { kind: "bad-input", execution: "no" });
}

const ASK_ABOUT_SERVER =
  "Nothing needs to be done where the same server has a new address. Otherwise do not apply: correct the address, or give the second server a provider alias of its own.";

function serverChanged(target: RepositoryRef, seenAt: string, server: string | undefined, fix: string): Cause {
  return {
    why: `The webhook in ${nameOf(target)} was last seen at ${seenAt}, and now ${String(server)} is asked. On another server it is missing, or the webhook of that number is another one.`,
    fix,
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What cannot stand between two slashes of an address. */
function pathPart(value: string): string | undefined {
  if (value.trim() === "") return "It is empty.";
  return /[/\\\s]/.test(value) || value === "." || value === ".."
    ? "It is one part of the repository's address, without slashes or spaces."
    : undefined;
}
