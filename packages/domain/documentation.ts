/** Addresses of Bitlift's documentation. The repository and the version come from package.json, the only place that names them. */
import { bugs, homepage, version } from "../../package.json";
import { codePages, documentationUrl, type CodePage } from "../diagnostics";

/** Documentation of a diagnostic code: `https://github.com/…/docs/diagnostics.md#webhook-adopted`. */
export const codePage: CodePage = codePages({ homepage, version });

/** Where people report problems with Bitlift. */
export const ISSUES_URL: string = bugs;

/** A file of the repository, at this version. @param path from the root */
export function pageUrl(path: string): string {
  return documentationUrl({ homepage, version }, path);
}
