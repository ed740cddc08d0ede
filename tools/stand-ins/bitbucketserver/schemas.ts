/** The schemas of the published provider for Bitbucket Data Center. */
import schemas from "../../generate/published-schemas/bitbucketserver.json";
import type { PublishedSchemas } from "../runtime/published-schema";

export const BITBUCKETSERVER_SCHEMAS = schemas as unknown as PublishedSchemas;
export const WEBHOOK_SCHEMA = schemas.resource_schemas.bitbucketserver_repository_webhook as unknown as PublishedSchemas["provider"];
