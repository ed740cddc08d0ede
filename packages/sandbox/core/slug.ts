// The slug that both Bitbucket products derive from the name of a repository.

/** Lower case; characters that a slug cannot contain become "-". Assumed, except for case and spaces. */
export function toSlug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}
