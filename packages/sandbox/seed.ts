// The seed of a whole sandbox: one part per service, validated with one JSON Schema.
import { readFile } from "node:fs/promises";
import { BITBUCKET_CLOUD_SEED_SCHEMA, type BitbucketCloudSeed, parseBitbucketCloudSeed } from "./services/bitbucket-cloud/seed";
import {
  BITBUCKET_DATACENTER_SEED_SCHEMA,
  type BitbucketDatacenterSeed,
  parseBitbucketDatacenterSeed,
} from "./services/bitbucket-datacenter/seed";
import { DEFAULT_SEED } from "./seed.default";
import { createSeedError, createSeedValidator } from "./core/seed-validation";
import { SPACELIFT_SEED_SCHEMA, type SpaceliftSeed } from "./services/spacelift";

export interface WholeSeed {
  readonly spacelift: SpaceliftSeed;
  readonly "bitbucket-cloud": BitbucketCloudSeed;
  readonly "bitbucket-datacenter": BitbucketDatacenterSeed;
}

/** A missing part is taken from the default seed. */
export type Seed = Partial<WholeSeed>;

/** Also in seed.schema.json, for editors. A test compares the two. */
export const SEED_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Seed of the sandbox",
  description:
    "The initial state of the emulated Spacelift, Bitbucket Cloud and Bitbucket Data Center. A missing part is taken from the default seed.",
  type: "object",
  additionalProperties: false,
  properties: {
    $schema: { type: "string" },
    spacelift: SPACELIFT_SEED_SCHEMA,
    "bitbucket-cloud": BITBUCKET_CLOUD_SEED_SCHEMA,
    "bitbucket-datacenter": BITBUCKET_DATACENTER_SEED_SCHEMA,
  },
} as const;

const validate = createSeedValidator(SEED_SCHEMA);

/** @throws Error that names the JSON path of each problem and what is expected there */
export function parseSeed(data: unknown): WholeSeed {
  const errors = validate(data);
  if (errors.length > 0) throw createSeedError("The seed", errors);
  const seed = data as Seed;
  return {
    spacelift: seed.spacelift ?? DEFAULT_SEED.spacelift,
    "bitbucket-cloud": parseBitbucketCloudSeed(seed["bitbucket-cloud"] ?? DEFAULT_SEED["bitbucket-cloud"]),
    "bitbucket-datacenter": parseBitbucketDatacenterSeed(seed["bitbucket-datacenter"] ?? DEFAULT_SEED["bitbucket-datacenter"]),
  };
}

/** @throws Error if the file cannot be read, is not JSON, or is not a valid seed */
export async function readSeedFile(path: string): Promise<WholeSeed> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new Error(`The seed ${path} cannot be read: ${messageOf(error)}`);
  });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Error(`The seed ${path} is not JSON: ${messageOf(error)}`);
  }
  return parseSeed(data);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
