/** The diagnostic codes of the runtime itself, which any provider can raise. */
import { defineCatalog, type Cause, type Problem } from "../diagnostics";

export const RUNTIME_CATALOG = defineCatalog({
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
});

export const { error, warning, problem } = RUNTIME_CATALOG;

/** The error that `importId.parse` throws for an ID of the wrong form. */
export function invalidImportId(cause: Cause): Problem {
  return problem("import-id-invalid", cause);
}
