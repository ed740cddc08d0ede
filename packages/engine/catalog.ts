/** The diagnostic codes about the engine and Node.js. */
import { homepage, version } from "../../package.json";
import { codePages, defineCatalog, type Catalog, type CodeIn, type CodePage, type CommonCode, type Sections } from "../diagnostics";

const SECTIONS = {
  "Engine and Node.js": {
    "node-too-old": "Node.js is too old",
    "engine-missing": "No engine was found",
    "engine-too-old": "The engine is too old",
  },
} as const satisfies Sections;

export type EngineCode = CodeIn<typeof SECTIONS> | CommonCode;

// Explicit types: the compiler would write an inferred type as an import of `@bitlift/diagnostics`, which is not published.
export const ENGINE_CATALOG: Catalog<EngineCode> = defineCatalog(SECTIONS);
export const problem: Catalog<EngineCode>["problem"] = ENGINE_CATALOG.problem;
/** Documentation of a code. */
export const codePage: CodePage = codePages({ homepage, version });
