/** The host framework CDKTF. */
import "./cdktf-installed";
import type { HostName } from "./host-packages";

export const HOST: HostName = "cdktf";
export * from "cdktf";
export { createReplacementTrigger, TRIGGER_TYPE } from "./null-resource";
export type { ReplacementTrigger, TriggerValues } from "./replacement-trigger";
