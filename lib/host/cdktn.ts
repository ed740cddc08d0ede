/** The host framework CDK Terrain. */
import "./cdktn-installed";

export const HOST = "cdktn";
export * from "cdktn";
export { createReplacementTrigger } from "./terraform-data";
export type { ReplacementTrigger } from "./replacement-trigger";
