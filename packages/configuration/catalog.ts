/** The codes of findings about the file that no other part of Bitlift raises, each with its summary. */
import { defineCatalog, type Catalog, type CodeIn, type CommonCode } from "../diagnostics";
import type { DiagnosticCode } from "../domain";

const SECTIONS = {
  "The file: reading": {
    "file-not-found": "The file does not exist",
    "file-unreadable": "The file cannot be read",
    "file-too-large": "The file is too large",
    "file-encoding": "The file is not a UTF-8 text",
    "file-empty": "The file is empty",
    "yaml-syntax": "The file is not valid YAML",
    "yaml-alias": "An alias of YAML cannot be resolved",
    "yaml-feature": "The file uses a feature of YAML that Bitlift does not support",
    "quotes-needed": "A text needs quotes",
    "quotes-advised": "Other programs read a text without quotes differently",
    "include-not-found": "No file matches a pattern of include",
    "included-key": "An included file contains a key of the main file",
  },

  "The file: keys and references": {
    "unknown-key": "A key is not known here",
    "duplicate-key": "A key is defined twice",
    "key-not-text": "A key is not a text",
    "key-reserved": "A key is reserved",
    "reference-not-found": "A reference names nothing in the file",
    "previous-key-in-use": "A former key is still in use",
  },

  "The file: meaning": {
    "integration-product": "An integration requires exactly one product",
    "existing-with-settings": "An existing object has settings",
    "set-key-missing": "A second set of a workspace or project requires a key",
    "event-unknown": "An event is not in the list of Bitbucket",
    "parts-incomplete": "The parts do not contain every integration exactly once",
    "part-name": "The name of a part cannot be used",
    "state-not-separate": "Several parts would share one state",
  },
} as const;

type FileCode = Exclude<CodeIn<typeof SECTIONS>, CommonCode>;

/** The code of a finding: one of the file, or one that constructs and provider raise for the same reason. */
export type FindingCode = FileCode | DiagnosticCode;

export const FILE_CATALOG: Catalog<FileCode | CommonCode> = defineCatalog(SECTIONS);

/** The codes that need an explanation here. */
export type ExplainedCode = FileCode;
