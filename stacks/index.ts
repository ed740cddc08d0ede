/** `bitlift/app`: the app that builds the stacks of `bitlift.yaml`, and its pieces for programs that add constructs. Re-exports only. */
export { synthesizeApp, type AppOptions } from "./app";
export { BitbucketStack } from "./bitbucket-stack";
export { loadConfiguration } from "./loaded-configuration";
export type { Configuration, Part } from "../packages/configuration";
