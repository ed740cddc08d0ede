/** The schemas of the published provider for Bitbucket Cloud. */
import schemas from "../../generate/published-schemas/bitbucket.json";
import type { PublishedSchemas } from "../runtime/published-schema";

export const BITBUCKET_SCHEMAS = schemas as unknown as PublishedSchemas;
export const HOOK_SCHEMA = schemas.resource_schemas.bitbucket_hook as unknown as PublishedSchemas["provider"];
