/** The address of the documentation of a code, in the repository of its project and at the version that runs. */

/** Returns the documentation page of a code, for the last line of a message. */
export type CodePage = (code: string) => string;

/** The parts of a package.json that name the repository and the version. */
interface Manifest {
  /** Page of the repository: `https://github.com/acme/tool#readme`. */
  readonly homepage: string;
  readonly version: string;
}

/** Every code is a heading of `docs/diagnostics.md`, so its anchor is the code itself. */
export function codePages({ homepage, version }: Manifest): CodePage {
  const page = `${homepage.replace(/#.*$/, "")}/blob/v${version}/docs/diagnostics.md`;
  return (code) => `${page}#${code}`;
}
