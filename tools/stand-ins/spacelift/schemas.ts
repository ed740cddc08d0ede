/** The schemas of the published provider for Spacelift. */
import schemas from "../../generate/published-schemas/spacelift.json";
import type { PublishedSchemas } from "../runtime/published-schema";

export const SPACELIFT_SCHEMAS = schemas as unknown as PublishedSchemas;

/** The schema of a resource, by its full type. */
export const resourceSchema = (type: string) => schemaIn(SPACELIFT_SCHEMAS.resource_schemas, type);
/** The schema of a data source, by its full type. */
export const dataSourceSchema = (type: string) => schemaIn(SPACELIFT_SCHEMAS.data_source_schemas, type);

function schemaIn(all: PublishedSchemas["resource_schemas"], type: string) {
  const schema = all[type];
  if (schema === undefined) throw new Error(`The schemas of the published provider do not contain ${type}.`);
  return schema;
}
