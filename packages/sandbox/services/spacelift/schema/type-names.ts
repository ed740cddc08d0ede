// GraphQL schema: the names of the input types. Clients should read them by introspection instead of hard-coding them.
import type { Switches } from "../switches";

export interface TypeNames {
  readonly create: string;
  readonly update: string;
  readonly cloudCreate: string;
  readonly cloudUpdate: string;
}

const PUBLISHED: TypeNames = {
  create: "CustomVCSInput",
  update: "CustomVCSUpdateInput",
  cloudCreate: "BitbucketCloudIntegrationInput",
  cloudUpdate: "BitbucketCloudIntegrationUpdateInput",
};

const RENAMED: TypeNames = {
  create: "VCSIntegrationCreateSettings",
  update: "VCSIntegrationUpdateSettings",
  cloudCreate: "CreateBitbucketCloudIntegrationV2Input",
  cloudUpdate: "UpdateBitbucketCloudIntegrationV2Input",
};

export function selectTypeNames(switches: Readonly<Switches>): TypeNames {
  return switches["type-names"] === "renamed" ? RENAMED : PUBLISHED;
}
