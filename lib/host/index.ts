/** The host framework, imported in one place. The build for CDK Terrain replaces the file behind this index. */
export * from "./cdktf";
