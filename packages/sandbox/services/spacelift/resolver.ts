// What all resolvers share: the context of a request, and the response for an object that does not exist.
import type { Login } from "./authentication";
import { notFound, unauthorized } from "./errors";
import type { Scope } from "./state";

/** The context of one GraphQL request. */
export interface RequestContext {
  /** Undefined without a valid token. */
  readonly scope: Scope | undefined;
  /** For `apiKeyUser`, the only operation without a token. */
  login(id: string, secret: string): Login | null;
}

/** Resolves one root field to plain data. */
export type Resolver<Arguments> = (args: Arguments, context: RequestContext) => unknown;

/** A resolver that requires a caller. @throws SpaceliftError `unauthorized` */
export function authenticated<Arguments>(resolve: (scope: Scope, args: Arguments) => unknown): Resolver<Arguments> {
  return (args, { scope }) => {
    if (scope === undefined) throw unauthorized();
    return resolve(scope, args);
  };
}

/** For an object that does not exist: null or an error, depending on the switch `absent`. */
export function orNotFound<Value>(scope: Scope, value: Value | null | undefined): Value | null {
  if (value !== undefined && value !== null) return value;
  if (scope.switches.absent === "not-found") throw notFound();
  return null;
}
