/** The diagnostic codes of the command. */
import { defineCatalog, type Catalog, type CodeIn, type CommonCode, type Sections } from "../diagnostics";

const SECTIONS = {
  "The command bitlift": {
    "project-missing": "The project was not found",
    "project-not-written": "The project cannot be written",
    "output-not-written": "The output cannot be written",
    "project-invalid": "The settings of the project are invalid",
    "synthesis-failed": "The synthesis failed",
    "part-unknown": "The part does not exist",
    "engine-command-failed": "A command of the engine failed",
    "confirmation-missing": "The apply needs a confirmation",
    "apply-declined": "The apply was declined",
    "plans-unusable": "The saved plans cannot be used",
    "command-interrupted": "The command was interrupted",
    "option-conflict": "The options do not fit together",
    "set-empty": "A set matches no repository",
    "key-unknown": "The file has no such key or repository",
    "option-invalid": "An option has a value that it does not accept",
    "plan-file-unreadable": "A plan file cannot be read",
    "base-unreadable": "The base of a review cannot be read",
    "move-impossible": "An object cannot be moved to the other backing",
    "backing-change-refused": "The plan deletes and creates objects because the backing changed",
    "pull-request-unknown": "The pull request of a review is not known",
  },
} as const satisfies Sections;

export type CliCode = CodeIn<typeof SECTIONS> | CommonCode;

// Explicit types: the compiler would write an inferred type as an import of `@bitlift/diagnostics`, which is not published.
export const CLI_CATALOG: Catalog<CliCode> = defineCatalog(SECTIONS);
export const problem: Catalog<CliCode>["problem"] = CLI_CATALOG.problem;

/** These codes report a wrong command line: the program exits with 64. */
const WRONG_USE: ReadonlySet<string> = new Set<CliCode>(["part-unknown", "confirmation-missing", "option-conflict", "option-invalid"]);

export function isWrongUse(code: string): boolean {
  return WRONG_USE.has(code);
}
