/** Engines receive the schemas that the published providers have. */
import { providerSchemaJson, type AnyProvider } from "../../../packages/terraform-plugin";
import { bitbucket } from "../bitbucket/provider";
import { BITBUCKET_SCHEMAS } from "../bitbucket/schemas";
import { bitbucketserver } from "../bitbucketserver/provider";
import { BITBUCKETSERVER_SCHEMAS } from "../bitbucketserver/schemas";
import type { BlockJson, PublishedSchemas, SchemaJson } from "../runtime/published-schema";
import { spacelift } from "../spacelift/provider";
import { SPACELIFT_SCHEMAS } from "../spacelift/schemas";

const FLAGS = ["required", "optional", "computed", "sensitive", "deprecated", "write_only"] as const;

/** Types, flags and blocks, without descriptions. */
function essence({ attributes = {}, block_types: blocks = {} }: BlockJson): object {
  const plain = Object.entries(attributes).map(([name, json]) => [
    name,
    { type: json.type, flags: FLAGS.filter((flag) => json[flag] === true) },
  ]);
  const nested = Object.entries(blocks).map(([name, { block, max_items: maximum }]) => [name, { maximum, block: essence(block) }]);
  return { attributes: Object.fromEntries(plain) as object, blocks: Object.fromEntries(nested) as object };
}

function essences(schemas: Readonly<Record<string, SchemaJson>> = {}, types = Object.keys(schemas)): object {
  return Object.fromEntries(types.map((type) => [type, { version: schemas[type]?.version, ...essence(schemas[type]?.block ?? {}) }]));
}

it.each<[string, AnyProvider, PublishedSchemas]>([
  ["spacelift", spacelift, SPACELIFT_SCHEMAS],
  ["bitbucket", bitbucket, BITBUCKET_SCHEMAS],
  ["bitbucketserver", bitbucketserver, BITBUCKETSERVER_SCHEMAS],
])("%s", (_name, provider, published) => {
  const served = Object.values(providerSchemaJson(provider).provider_schemas)[0] as unknown as PublishedSchemas;
  const types = Object.keys(served.resource_schemas);
  expect(essences(served.resource_schemas)).toEqual(essences(published.resource_schemas, types));
  expect(essences(served.data_source_schemas)).toEqual(essences(published.data_source_schemas));
  expect(essence(served.provider.block)).toEqual(essence(published.provider.block));
  expect(`registry.terraform.io/${published.source}`).toBe(provider.source);
});

it.each([
  ...Object.entries(SPACELIFT_SCHEMAS.resource_schemas),
  ...Object.entries(BITBUCKET_SCHEMAS.resource_schemas),
  ...Object.entries(BITBUCKETSERVER_SCHEMAS.resource_schemas),
])("%s has an ID that is computed, and optional if its provider does not declare it", (type, { block }) => {
  const declared = type === "spacelift_bitbucket_datacenter_integration";
  expect(block.attributes?.["id"]).toMatchObject({ type: "string", computed: true, ...(declared ? {} : { optional: true }) });
});
