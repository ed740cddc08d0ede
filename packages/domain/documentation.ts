/** Addresses of Bitlift's documentation. The repository and the version come from package.json, the only place that names them. */
import { homepage, version } from "../../package.json";
import { codePages, documentationUrl, type CodePage } from "../diagnostics";

/** Documentation of a diagnostic code: `https://github.com/…/docs/diagnostics.md#webhook-adopted`. */
export const codePage: CodePage = codePages({ homepage, version });

/** A file of the repository, at this version. @param path from the root */
export function pageUrl(path: string): string {
  return documentationUrl({ homepage, version }, path);
}
