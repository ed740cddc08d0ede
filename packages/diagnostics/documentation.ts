/** Addresses of a project's documentation pages in its repository, at the version that runs. */

/** Returns the documentation page of a code, for the last line of a message. */
export type CodePage = (code: string) => string;

/** The parts of a package.json that name the repository and the version. */
export interface Manifest {
  /** Page of the repository: `https://github.com/acme/tool#readme`. */
  readonly homepage: string;
  readonly version: string;
}

/** The address of a file of the repository. @param path from the root of the repository */
export function documentationUrl({ homepage, version }: Manifest, path: string): string {
  return `${homepage.replace(/#.*$/, "")}/blob/v${version}/${path}`;
}

/** Every code is a heading of `docs/diagnostics.md`, so its anchor is the code itself. */
export function codePages(manifest: Manifest): CodePage {
  const page = documentationUrl(manifest, "docs/diagnostics.md");
  return (code) => `${page}#${code}`;
}
