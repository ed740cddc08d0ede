/** The stand-in for hashicorp/null: an object without a remote system, which is replaced when its triggers change. */
import { randomInt } from "node:crypto";
import { providerFor } from "../../../packages/terraform-plugin";
import { published } from "../runtime/catalog";
import { publishedResource } from "../runtime/published-resource";
import schemas from "./schemas.json";

const { source, version } = schemas;
/** Of a random number, as the published provider draws it. */
const LARGEST = 2 ** 47;

const resource = publishedResource<undefined>({
  type: "resource",
  schema: schemas.resource_schemas.null_resource,
  replacing: ["triggers"],
  parseImportId: () => {
    throw published("Resource Import Not Implemented: This resource does not support import.");
  },
  create: () => Promise.resolve({ id: String(randomInt(LARGEST)) }),
  read: () => Promise.resolve({}),
  update: () => Promise.resolve({}),
  delete: () => Promise.resolve(),
});

export const nullProvider = providerFor<undefined>()({
  name: "null",
  source: `registry.terraform.io/${source}`,
  version,
  summary: "Stands in for the published provider of null_resource in tests.",
  attributes: {},
  blocks: {},
  configure: () => undefined,
  resources: [resource],
  dataSources: [],
});
