/** The host framework CDK Terrain. */
import "./cdktn-installed";
import type { HostName } from "./host-packages";

export const HOST: HostName = "cdktn";
export * from "cdktn";
export { createReplacementTrigger, TRIGGER_TYPE } from "./terraform-data";
export type { ReplacementTrigger, TriggerValues } from "./replacement-trigger";
