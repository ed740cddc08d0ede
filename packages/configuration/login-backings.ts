/** Which providers use a login of the file: those of the integrations that need it. */
import type { Backing } from "../domain";

/**
 * @param users The backings of the integrations that use the login.
 * @param backing That of the file. A login without users keeps it, because the engine needs the login to delete what used it before.
 */
export function loginBackings(users: Iterable<Backing>, backing: Backing): ReadonlySet<Backing> {
  const backings = new Set(users);
  return backings.size === 0 ? new Set([backing]) : backings;
}
