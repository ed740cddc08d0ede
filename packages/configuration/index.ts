/** `bitlift.yaml`: reads, checks and explains the file, and knows where its objects are in the state. */
export { adviceFor } from "./advice";
export {
  backingOfType,
  integrationAddress,
  integrationConstructId,
  integrationLookupAddress,
  ownType,
  repositoryConstructId,
  RESOURCE_TYPES,
  setConstructId,
  spaceAddress,
  spaceConstructId,
  spaceLookupAddress,
  webhookAddress,
} from "./addresses";
export { FILE_CATALOG, type FindingCode } from "./catalog";
export type * from "./configuration";
export { explain } from "./explain";
export { FileEntries, type FileEntry } from "./file-entries";
export { loginBackings } from "./login-backings";
export { nearest } from "./nearest";
export type { Explanation, KeyExplanation } from "./explanation";
export { FILE_EXPLANATIONS } from "./explanations";
export type { Finding, FindingSeverity } from "./finding";
export { publishedSpacePath, type PublishedSpacePath } from "./published-space-path";
export { readConfiguration, readConfigurationSync, type ReadOptions, type ReadResult } from "./read";
export { gitHubAnnotation, type GitHubAnnotation } from "./rendering/github";
export { renderFindings, type FindingFormat, type RenderOptions } from "./rendering/render";
export { renderSarifLog, type SarifResult } from "./rendering/sarif-log";
export { spaceLookupBacking } from "./space-lookup-backing";
export { spacePath } from "./space-access";
export { configurationSchema, type JsonSchema } from "./schema";
