/** The public interface of the runtime: declare a provider, its resources and data sources, then `serve` it. */
export { providerFor, type AnyProvider } from "./provider";
export { dataSourceFor, gone, PartiallyCreated, resourceFor } from "./resource";
export type {
  AnyDataSource,
  AnyResource,
  Context,
  IdentityTexts,
  Log,
  LogFields,
  MoveSource,
  PrivateState,
  Report,
  Resource,
} from "./resource";
export { serve, type DeferredProvider } from "./serve";

// Attributes and their values.
export { computed, defaulted, optional, optionalComputed, required, writeOnly } from "./schema/attributes";
export type { Attribute, Attributes, Blocks, Presence } from "./schema/attributes";
export { nestedAttributes, type AttributeType } from "./schema/attribute-types";
export type { Config, Draft, Plan, ProviderConfig, State, StoredState } from "./schema/infer";
export { UNKNOWN, type ObjectValue, type Unknown, type Value } from "./schema/value";

// Errors and warnings for people.
export { defineCatalog, Problem, type Cause, type Diagnostic } from "../diagnostics";
export { RUNTIME_CATALOG } from "./catalog";
export { RUNTIME_EXPLANATIONS } from "./explanations";

// For tests and documentation of a provider.
export { checkConfig } from "./schema/check";
export { declarationErrors } from "./schema/declaration-rules";
export { importIdFormat, shortImportIdFormat } from "./schema/identity";
export { providerSchemaJson } from "./schema/to-json";
