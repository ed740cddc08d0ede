/** The host framework, imported in one place. The build for CDK Terrain replaces `./cdktf` in this folder. */
export * from "./cdktf";
export { ownScope } from "./own-scope";
