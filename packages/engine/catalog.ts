/** The diagnostic codes about the engine and Node.js. */
import { defineCatalog, type Catalog, type CodeIn, type CommonCode, type Sections } from "../diagnostics";

const SECTIONS = {
  "Engine and Node.js": {
    "node-too-old": "Node.js is too old",
    "engine-missing": "No engine was found",
    "engine-too-old": "The engine is too old",
  },
} as const satisfies Sections;

type EngineCode = CodeIn<typeof SECTIONS> | CommonCode;

// Explicit types: the compiler would write an inferred type as an import of `@bitlift/diagnostics`, which is not published.
export const ENGINE_CATALOG: Catalog<EngineCode> = defineCatalog(SECTIONS);
export const problem: Catalog<EngineCode>["problem"] = ENGINE_CATALOG.problem;
