/** `bitlift.yaml`: the checked content, and where its objects are in the state. */
export { spaceAddress } from "./addresses";
export type * from "./configuration";
export {
  configurationSchema,
  explain,
  readConfiguration,
  readConfigurationSync,
  renderFindings,
  type Finding,
  type FindingFormat,
} from "./stand-in";
