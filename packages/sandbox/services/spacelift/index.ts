// The emulated Spacelift: accounts as path prefixes, and GraphQL and webhook deliveries on one origin.
import type { Clock } from "../../core/clock";
import type { Service } from "../../core/service";
import { Authentication } from "./authentication";
import { createSpaceliftControlRoutes } from "./control";
import { createDeliveryRoutes } from "./delivery-endpoint";
import { respondNotFound } from "./errors";
import { createGraphqlRoute } from "./graphql-endpoint";
import { createResolvers } from "./resolvers";
import type { SpaceliftSeed } from "./seed";
import type { SourceCode } from "./source-code";
import { Store } from "./store";
import { setSwitches } from "./switches";

export { SPACELIFT_SEED_SCHEMA, type SpaceliftSeed } from "./seed";
export type { IntegrationCredential, SourceCode } from "./source-code";

export interface SpaceliftOptions {
  readonly clock: Clock;
  /** The origin of this service, available once it listens. Tokens contain it in their audience. */
  origin(): string;
  /** The origin of webhook addresses; the same as `origin` unless deliveries have a separate TLS origin. */
  webhooksOrigin(): string;
  readonly seed: SpaceliftSeed;
  readonly switches?: Readonly<Record<string, unknown>> | undefined;
  /** Called where Spacelift would call Bitbucket. */
  readonly sourceCode?: SourceCode;
}

export interface Spacelift extends Service {
  /** The same webhook addresses and state, for a separate origin. */
  readonly deliveries: Service;
  /** Issues the token that a run of the account would have, for the seeded token with this id. */
  issueToken(account: string, tokenId: string): string;
}

export function createSpacelift(options: SpaceliftOptions): Spacelift {
  const { clock, sourceCode } = options;
  const store = new Store(options);
  const authentication = new Authentication({ clock, switches: store.switches, origin: () => options.origin() });
  const webhooksOrigin = (): string => options.webhooksOrigin();
  const deliveryRoutes = createDeliveryRoutes(store);
  return {
    name: "spacelift",
    routes: [createGraphqlRoute({ store, authentication, webhooksOrigin, resolvers: createResolvers(sourceCode) }), ...deliveryRoutes],
    control: createSpaceliftControlRoutes(store),
    handleUnmatched: respondNotFound,
    reset: () => store.reset(),
    seed: (data) => store.replaceSeed(data),
    switches: (values) => {
      setSwitches(store.switches, values);
      return { ...store.switches };
    },
    deliveries: {
      name: "spacelift-webhooks",
      routes: deliveryRoutes,
      control: [],
      handleUnmatched: respondNotFound,
      reset: () => undefined,
      seed: () => undefined,
      switches: () => ({}),
    },
    issueToken: (name, tokenId) => {
      const account = store.findAccount(name);
      const token = account?.tokens.find(({ id }) => id === tokenId);
      if (account === undefined || token === undefined) throw new Error(`The seed has no token "${tokenId}" in account "${name}".`);
      return token.token ?? authentication.issueRunToken(account, token);
    },
  };
}
