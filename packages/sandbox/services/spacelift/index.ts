// The emulated Spacelift: accounts as path prefixes, GraphQL and webhook deliveries on one origin.
import type { Clock } from "../../core/clock";
import type { Route, SandboxResponse, SandboxRequest, Service } from "../../core/service";
import { receive } from "./deliveries";
import { bodyOf, prepare, run } from "./graphql";
import { WEBHOOK_PATHS } from "./integrations";
import type { Context } from "./resolve";
import { routes } from "./routes";
import { schemaFor } from "./schema";
import { parseSeed, type SpaceliftSeed } from "./seed";
import { accountsOf } from "./seeded";
import type { SourceCode } from "./source-code";
import type { Account, BitbucketProvider, Caller, Scope } from "./state";
import { showAccount, showDeliveries, showRuns } from "./shown-state";
import { defaultSwitches, setSwitches, type Switches } from "./switches";
import { createTokens } from "./tokens";

export { SPACELIFT_SEED_SCHEMA, type SpaceliftSeed } from "./seed";
export type { HeldCredential, SourceCode } from "./source-code";

export interface SpaceliftOptions {
  readonly clock: Clock;
  /** The origin of this service, once it listens: tokens carry it as their audience. */
  origin(): string;
  /** Where webhook addresses point to; the same as `origin` unless deliveries have a TLS origin of their own. */
  webhooksOrigin(): string;
  readonly seed: SpaceliftSeed;
  readonly switches?: Readonly<Record<string, unknown>>;
  /** Asked when Spacelift would ask Bitbucket. */
  readonly sourceCode?: SourceCode;
}

export interface Spacelift extends Service {
  /** Nothing but the webhook endpoint, for an origin of its own; it shares the state. */
  readonly deliveries: Service;
  /** A token as a run of the account would have it, for the seeded token with this id. */
  issueToken(account: string, tokenId: string): string;
}

export function createSpacelift(options: SpaceliftOptions): Spacelift {
  const { clock } = options;
  const tokens = createTokens();
  const resolvers = routes(options.sourceCode);
  let seed = parseSeed(options.seed);
  let accounts = accountsOf(seed, clock);
  const firstSwitches = options.switches ?? {};
  const switches: Switches = defaultSwitches();
  setSwitches(switches, firstSwitches);

  const base = (account: Account): string => `${options.origin()}/${account.name}`;

  const callerOf = (account: Account, header: string | undefined): Caller | undefined => {
    const [, token] = /^Bearer (.+)$/i.exec(header ?? "") ?? [];
    if (token === undefined) return undefined;
    const given = account.tokens.find((one) => one.token === token);
    if (given !== undefined) return { id: given.subject, name: given.subject, roles: given.roles };
    const claims = tokens.verify(token);
    if (claims === undefined || claims.aud[0] !== base(account) || claims.exp * 1000 <= clock.now()) return undefined;
    if (claims.iss !== "api-key") {
      const seeded = account.tokens.find((one) => one.id === claims.jti);
      return seeded === undefined ? undefined : { id: seeded.subject, name: seeded.subject, roles: seeded.roles };
    }
    // A key that a new seed no longer has takes its tokens with it.
    const key = account.keys.get(claims.sub);
    return key === undefined ? undefined : { id: key.id, name: key.name, roles: key.roles };
  };

  const issue = (account: Account, iss: string, sub: string, jti: string): { jwt: string; validUntil: number } => {
    const iat = Math.floor(clock.now() / 1000);
    const validUntil = iat + switches["token-lifetime"];
    return { jwt: tokens.issue({ aud: [base(account)], exp: validUntil, iat, iss, sub, jti }), validUntil };
  };

  const contextOf = (account: Account, request: SandboxRequest, marks: string[]): Context => {
    const caller = callerOf(account, request.headers["authorization"]);
    const mark = (name: string): void => {
      if (!marks.includes(name)) marks.push(name);
    };
    const scope: Scope | undefined =
      caller === undefined ? undefined : { account, caller, switches, clock, webhooksOrigin: () => options.webhooksOrigin(), mark };
    return {
      scope,
      login: (id, secret) => {
        const key = account.keys.get(id);
        return key === undefined || key.secret !== secret ? null : { id, ...issue(account, "api-key", id, id) };
      },
    };
  };

  const graphql = (request: SandboxRequest): SandboxResponse | Promise<SandboxResponse> => {
    const account = accounts.get(request.params["account"] ?? "");
    if (account === undefined) return plain(404, "404 page not found");
    const body = bodyOf(request);
    if (body === undefined) return { status: 400, body: { errors: [{ message: "the request body is not a GraphQL request" }] } };
    const schema = schemaFor(switches);
    const marks: string[] = [];
    const context = contextOf(account, request, marks);
    const asksForSchema = prepare(schema, body.query).introspectionOnly;
    if (
      asksForSchema &&
      (switches.introspection === "off" || (switches.introspection === "authenticated" && context.scope === undefined))
    ) {
      return { status: 200, body: { data: null, errors: [{ message: "unauthorized" }] } };
    }
    return run({ schema, body, routes: resolvers, context, marks, switchedOff: switchedOff(switches) });
  };

  const deliver =
    (provider: BitbucketProvider) =>
    (request: SandboxRequest): SandboxResponse => {
      const account = [...accounts.values()].find((one) => one.ulid === request.params["account"]);
      if (account === undefined) return plain(404, "404 page not found");
      const { headers, body, path, params } = request;
      const { status, text } = receive({ account, switches, clock }, { provider, path, slug: params["slug"], headers, body });
      return plain(status, text);
    };

  const deliveryRoutes = (["BITBUCKET_CLOUD", "BITBUCKET_DATACENTER"] as const).flatMap((provider): Route[] => {
    const prefix = `/${WEBHOOK_PATHS[provider]}/:account`;
    return [
      { method: "POST", pattern: `${prefix}/integration/:slug`, operation: "delivery", handle: deliver(provider) },
      { method: "POST", pattern: prefix, operation: "delivery", handle: deliver(provider) },
    ];
  });

  const named = (name: string, show: (account: Account) => unknown): Route => ({
    method: "GET",
    pattern: `/_sandbox/${name}`,
    operation: name,
    handle: () => ({ status: 200, body: [...accounts.values()].flatMap(show) }),
  });

  const shared = { handleUnmatched, reset: () => undefined, seed: () => undefined, switches: () => ({}) };
  return {
    name: "spacelift",
    routes: [
      {
        method: "POST",
        pattern: "/:account/graphql",
        operation: "graphql",
        operationNames: (request) => {
          const body = bodyOf(request);
          return body === undefined ? [] : prepare(schemaFor(switches), body.query).names;
        },
        possibleOperationNames: [...Object.keys(resolvers), "__schema", "__type", "__typename"],
        handle: graphql,
      },
      ...deliveryRoutes,
    ],
    control: [
      named("runs", showRuns),
      named("deliveries", showDeliveries),
      {
        method: "GET",
        pattern: "/_sandbox/state",
        operation: "state",
        handle: () => ({ status: 200, body: { accounts: [...accounts.values()].map(showAccount) } }),
      },
    ],
    handleUnmatched,
    reset: () => {
      accounts = accountsOf(seed, clock);
      Object.assign(switches, defaultSwitches());
      setSwitches(switches, firstSwitches);
    },
    seed: (data) => {
      const next = parseSeed(data);
      accounts = accountsOf(next, clock);
      seed = next;
    },
    switches: (values) => {
      setSwitches(switches, values);
      return { ...switches };
    },
    deliveries: { ...shared, name: "spacelift-webhooks", routes: deliveryRoutes, control: [] },
    issueToken: (name, tokenId) => {
      const account = accounts.get(name);
      const token = account?.tokens.find((one) => one.id === tokenId);
      if (account === undefined || token === undefined) throw new Error(`The seed has no token "${tokenId}" in account "${name}".`);
      return token.token ?? issue(account, "spacelift", token.subject, token.id).jwt;
    },
  };
}

/** Spacelift's own 404. */
function handleUnmatched(): SandboxResponse {
  return plain(404, "404 page not found");
}

function plain(status: number, text: string): SandboxResponse {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
}

/** What switches took away, by the names that GraphQL's complaints have in quotes. */
function switchedOff(switches: Readonly<Switches>): string[] {
  const gone: string[] = [];
  const without = (absent: boolean, ...names: string[]): void => {
    if (absent) gone.push(...names);
  };
  without(switches["email-field"] === "absent", "email");
  without(switches["webhook-secret-field"] === "absent", "webhookSecret");
  without(switches["use-git-checkout-field"] === "absent", "useGitCheckout");
  without(switches["viewer-admin-field"] === "absent", "admin");
  without(switches["vcs-detached-field"] === "absent", "vcsDetached");
  without(switches["v2-input"] === "absent", "bitbucketCloudIntegrationCreateV2", "bitbucketCloudIntegrationUpdateV2");
  without(switches["v1-mutations"] === "absent", "bitbucketCloudIntegrationCreate", "bitbucketCloudIntegrationUpdate");
  without(
    switches.regenerate === "absent",
    "bitbucketCloudIntegrationRegenerateWebhookSecret",
    "bitbucketDatacenterIntegrationRegenerateWebhookSecret",
  );
  return gone;
}
