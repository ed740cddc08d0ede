/** Addresses of Bitlift's documentation. The repository and the version come from package.json, the only place that names them. */
import { bugs, homepage, version } from "../../package.json";
import { codePages, type CodePage } from "../diagnostics";

/** Documentation of a diagnostic code: `https://github.com/…/docs/diagnostics.md#webhook-adopted`. */
export const codePage: CodePage = codePages({ homepage, version });

/** Where people report problems with Bitlift. */
export const ISSUES_URL: string = bugs;

/** How to write `bitlift.yaml`. */
export const FILE_GUIDE = `${homepage.replace(/#.*$/, "")}/blob/v${version}/docs/guides/file.md`;
