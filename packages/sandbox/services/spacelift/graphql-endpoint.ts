// The GraphQL endpoint of each account.
import type { Route, SandboxRequest, SandboxResponse } from "../../core/service";
import type { Authentication } from "./authentication";
import { respondNotFound } from "./errors";
import { executeBody, parseBody } from "./graphql";
import { prepareDocument } from "./graphql-document";
import type { RequestContext, Resolver } from "./resolver";
import { buildSchemaFor } from "./schema";
import { listRemovedFields } from "./schema/removed-fields";
import type { Account } from "./state";
import type { Store } from "./store";

export interface GraphqlEndpoint {
  readonly store: Store;
  readonly authentication: Authentication;
  readonly resolvers: Readonly<Record<string, Resolver<never>>>;
  readonly webhooksOrigin: () => string;
}

export function createGraphqlRoute(endpoint: GraphqlEndpoint): Route {
  const { store, resolvers } = endpoint;
  return {
    method: "POST",
    pattern: "/:account/graphql",
    operation: "graphql",
    operationNames: (request) => {
      const body = parseBody(request);
      return body === undefined ? [] : prepareDocument(buildSchemaFor(store.switches), body.query).names;
    },
    possibleOperationNames: [...Object.keys(resolvers), "__schema", "__type", "__typename"],
    handle: (request) => handle(endpoint, request),
  };
}

function handle(endpoint: GraphqlEndpoint, request: SandboxRequest): SandboxResponse | Promise<SandboxResponse> {
  const { store, resolvers } = endpoint;
  const { switches } = store;
  const account = store.findAccount(request.params["account"]);
  if (account === undefined) return respondNotFound();
  const body = parseBody(request);
  if (body === undefined) return { status: 400, body: { errors: [{ message: "the request body is not a GraphQL request" }] } };
  const schema = buildSchemaFor(switches);
  const marks = new Set<string>();
  const context = createContext(endpoint, account, request, marks);
  if (prepareDocument(schema, body.query).introspectionOnly && !mayIntrospect(endpoint, context)) {
    return { status: 200, body: { data: null, errors: [{ message: "unauthorized" }] } };
  }
  return executeBody({ schema, body, resolvers, context, marks, removedFields: listRemovedFields(switches) });
}

function mayIntrospect({ store }: GraphqlEndpoint, { scope }: RequestContext): boolean {
  switch (store.switches.introspection) {
    case "open":
      return true;
    case "authenticated":
      return scope !== undefined;
    case "off":
      return false;
  }
}

function createContext(
  { store, authentication, webhooksOrigin }: GraphqlEndpoint,
  account: Account,
  request: SandboxRequest,
  marks: Set<string>,
): RequestContext {
  const { switches, clock } = store;
  const caller = authentication.authenticate(account, request.headers["authorization"]);
  const mark = (name: string): void => {
    marks.add(name);
  };
  return {
    scope: caller === undefined ? undefined : { account, caller, switches, clock, webhooksOrigin, mark },
    login: (id, secret) => authentication.login(account, id, secret),
  };
}
