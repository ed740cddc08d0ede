/** The host framework CDK Terrain. */
export * from "cdktn";
export { createReplacementTrigger } from "./terraform-data";
export type { ReplacementTrigger } from "./replacement-trigger";
