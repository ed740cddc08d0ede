/** The diagnostic codes that the runtime itself raises, in any provider. */
import { defineCatalog, type Catalog, type CodeIn, type CommonCode, type Sections } from "../diagnostics";

const SECTIONS = {
  "Values and arguments": {
    "value-not-recognized": "The value is not one of the known values",
    "number-not-exact": "The number cannot be represented exactly",
    "write-only-not-supported": "This engine does not support write-only arguments",
    "argument-deprecated": "The argument is deprecated",
  },
  "Provider and state": {
    "provider-not-configured": "The provider is not configured",
    "import-id-invalid": "The import ID has the wrong format",
    "move-not-supported": "The resource cannot take over state of another type",
    "state-not-readable": "The stored state cannot be read",
  },
} as const satisfies Sections;

export type RuntimeCode = CodeIn<typeof SECTIONS> | CommonCode;

// Explicit types: the compiler would write an inferred type as an import of `@bitlift/diagnostics`, which is not published.
export const RUNTIME_CATALOG: Catalog<RuntimeCode> = defineCatalog(SECTIONS);
export const error: Catalog<RuntimeCode>["error"] = RUNTIME_CATALOG.error;
export const warning: Catalog<RuntimeCode>["warning"] = RUNTIME_CATALOG.warning;
export const problem: Catalog<RuntimeCode>["problem"] = RUNTIME_CATALOG.problem;
