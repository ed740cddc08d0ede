/** The runtime's whole public surface. It knows the plugin protocol and neither Spacelift nor Bitbucket. */
export { computed, defaulted, optional, optionalComputed, required, writeOnly, type Attributes, type Blocks } from "./schema/attributes";
export type { Config, Draft, Plan, ProviderConfig, State, Stored } from "./schema/infer";
export { UNKNOWN, type Unknown } from "./schema/value";
export { dataSourceFor, gone, PartiallyCreated, resourceFor } from "./resource";
export type { AnyDataSource, AnyResource, Context, Log, LogFields, PrivateData, Report } from "./resource";
export { providerFor, type AnyProvider } from "./provider";
export { providerSchemaJson } from "./schema/to-json";
export { serve } from "./serve";
export { declarationFaults } from "./schema/declaration-rules";
export type { Resource } from "./resource";
export type { Attribute, AttributeType, Presence } from "./schema/attributes";
export { checkConfig } from "./schema/check";
export type { ObjectValue, Value } from "./schema/value";
export { invalidImportId, RUNTIME_CATALOG } from "./catalog";
