/** A UUID used as a slug. Bitbucket Cloud accepts it, but Spacelift names repositories by their slugs, and one repository must not have two names. */
import { error, bracedUuid } from "../../domain";
import type { Diagnostic } from "../../diagnostics";
import type { Log } from "../../terraform-plugin";
import type { RepositoryRef } from "../../clients";
import type { Clients } from "../configuration/clients";
import { findByName } from "./renamed-repository";
import type { ProductFacts } from "./webhook-adapter";

/** Without braces, the text may be a slug. */
function isUuid(text: string): boolean {
  return text.startsWith("{") && bracedUuid(text) !== undefined;
}

export function isNamedByUuid({ namespace, repository }: RepositoryRef): boolean {
  return isUuid(namespace) || isUuid(repository);
}

/** The same name with every UUID in braces, as Bitbucket expects it; undefined if it contains none. */
function withBraces({ namespace, repository }: RepositoryRef): RepositoryRef | undefined {
  const uuids = { namespace: bracedUuid(namespace), repository: bracedUuid(repository) };
  if (uuids.namespace === undefined && uuids.repository === undefined) return undefined;
  return { namespace: uuids.namespace ?? namespace, repository: uuids.repository ?? repository };
}

/** An error that names the slugs; undefined if the repository is named by its slugs. */
export async function rejectUuid(
  { product, namespaceArgument }: ProductFacts,
  target: RepositoryRef,
  api: Clients,
  log: Log,
): Promise<Diagnostic | undefined> {
  const braced = product === "cloud" ? withBraces(target) : undefined;
  if (braced === undefined) return undefined;
  const found = await findByName(api, product, braced, log);
  // A slug may look like a UUID without braces.
  if (found === null && !isNamedByUuid(target)) return undefined;
  const written = [
    isUuid(braced.namespace) && `${namespaceArgument} = "${target.namespace}"`,
    isUuid(braced.repository) && `repository = "${target.repository}"`,
  ].filter((part) => part !== false);
  return error("value-not-allowed", {
    why: `${written.join(" and ")} ${written.length === 1 ? "names" : "name"} the repository by UUID. Spacelift names repositories by their slugs, and under two names one repository would get two webhooks with the same URL.`,
    fix:
      found === null
        ? `Write the slugs, as in the address of the repository: https://bitbucket.org/<${namespaceArgument}>/<repository>. They could not be looked up: the login cannot see a repository with this UUID.`
        : `Write ${namespaceArgument} = "${found.namespace}" and repository = "${found.slug}".`,
    at: [isUuid(braced.repository) ? "repository" : namespaceArgument],
  });
}
