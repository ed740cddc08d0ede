/** The host framework CDKTF. */
export * from "cdktf";
export { createReplacementTrigger } from "./null-resource";
export type { ReplacementTrigger } from "./replacement-trigger";
