/** The host framework CDK Terrain. */
import "./cdktn-installed";

export const HOST = "cdktn";
export * from "cdktn";
