// What resolvers share: the caller behind a request, and how "there is none" is said.
import { notFound, unauthorized } from "./errors";
import type { Scope } from "./state";

/** The context of one GraphQL request. */
export interface Context {
  /** Undefined without a valid token. */
  readonly scope: Scope | undefined;
  /** Answers `apiKeyUser`, the one operation without a token. */
  login(id: string, secret: string): { id: string; jwt: string; validUntil: number } | null;
}

/** A root field: arguments and context in, plain data out. */
export type Resolver<Arguments> = (args: Arguments, context: Context) => unknown;

/** A resolver that needs a caller. @throws Refusal `unauthorized` */
export function asCaller<Arguments>(resolve: (scope: Scope, args: Arguments) => unknown): Resolver<Arguments> {
  return (args, { scope }) => {
    if (scope === undefined) throw unauthorized();
    return resolve(scope, args);
  };
}

/** Null, or the error, as the switch says. */
export function orAbsent<Value>(scope: Scope, value: Value | null | undefined): Value | null {
  if (value !== undefined && value !== null) return value;
  if (scope.switches.absent === "not-found") throw notFound();
  return null;
}
