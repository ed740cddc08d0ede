/** The host framework CDK Terrain. */
export * from "cdktn";
