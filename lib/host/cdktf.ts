/** The host framework CDKTF. */
import "./cdktf-installed";

export const HOST = "cdktf";
export * from "cdktf";
export { createReplacementTrigger } from "./null-resource";
export type { ReplacementTrigger } from "./replacement-trigger";
