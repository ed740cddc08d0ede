/** Declares which logins a resource or a data source uses, and checks them before anything else happens. */
import { Problem } from "../diagnostics";
import type { AnyDataSource, AnyResource, Report } from "../terraform-plugin";
import type { Clients } from "./configuration/clients";
import type { LoginName } from "./configuration/login-systems";

/** A declaration with the logins that it uses. */
export interface WithLogins {
  readonly logins: readonly LoginName[];
}

/** What every handler receives. */
interface HandlerContext {
  readonly api: Clients;
  readonly report: Report;
}

/**
 * Without one of the logins, the plan fails, even if it only creates or deletes and so reads nothing. Otherwise, the apply would stop halfway. A
 * login that is not known yet does not fail the plan.
 */
export function resourceWithLogins(declaration: AnyResource<Clients>, logins: readonly LoginName[]): AnyResource<Clients> & WithLogins {
  return {
    ...declaration,
    logins,
    async plan(context) {
      // During an apply, the engine plans again. An error would then leave the old object of a replacement deposed, so the operation reports it.
      if (context.applying || reportMissing(logins, context)) await skipUnknown(() => declaration.plan?.(context));
    },
    async planDelete(context) {
      if (reportMissing(logins, context)) await skipUnknown(() => declaration.planDelete?.(context));
    },
    create: (context) => apply(logins, context, () => declaration.create(context)),
    update: (context) => apply(logins, context, () => declaration.update(context)),
    delete: (context) => apply(logins, context, () => declaration.delete(context)),
  };
}

/** The read of a data source without one of the logins is an error. */
export function dataSourceWithLogins(
  declaration: AnyDataSource<Clients>,
  logins: readonly LoginName[],
): AnyDataSource<Clients> & WithLogins {
  return {
    ...declaration,
    logins,
    read(context) {
      requireLogins(logins, context);
      return declaration.read(context);
    },
  };
}

/** Returns false if the plan cannot go on. Reports each login once per process: one error is enough to fail the plan, and a hundred copies would bury it. */
function reportMissing(logins: readonly LoginName[], { api, report }: HandlerContext): boolean {
  const missing = logins.map((name) => ({ name, problem: api.loginProblem(name) })).filter(({ problem }) => problem !== undefined);
  for (const { name, problem } of missing) {
    // The path of the diagnostic leads into the provider block, which the resource does not have.
    if (problem !== undefined && api.reports.isFirst(`login ${name}`)) report.add({ ...problem.diagnostic, at: [] });
  }
  return missing.length === 0;
}

/** @throws Problem for the first login that cannot be used */
function requireLogins(logins: readonly LoginName[], { api }: HandlerContext): void {
  for (const name of logins) {
    const problem = api.loginProblem(name);
    if (problem !== undefined) throw new Problem({ ...problem.diagnostic, at: [] });
  }
}

async function apply<R>(logins: readonly LoginName[], context: HandlerContext, operation: () => Promise<R>): Promise<R> {
  requireLogins(logins, context);
  return operation();
}

/** While a login is not known yet, a plan looks nothing up. What it would have found is known after apply. */
async function skipUnknown(plan: () => void | Promise<void>): Promise<void> {
  try {
    await plan();
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.diagnostic.code !== "provider-configuration-unknown") throw failure;
  }
}
