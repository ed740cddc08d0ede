/** `bitlift.yaml`: the checked content, and where its objects are in the state. */
export {
  integrationAddress,
  integrationConstructId,
  repositoryConstructId,
  setConstructId,
  spaceAddress,
  spaceConstructId,
  webhookAddress,
} from "./addresses";
export type * from "./configuration";
export { readConfigurationSync, renderFindings, type Finding, type ReadResult } from "./pending";
