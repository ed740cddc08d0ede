// The seed of a whole sandbox: each service's part, their JSON Schema in one, and reading it from a file.
import { readFile } from "node:fs/promises";
import { BITBUCKET_CLOUD_SEED_SCHEMA, type BitbucketCloudSeed, parseBitbucketCloudSeed } from "./services/bitbucket-cloud/seed";
import {
  BITBUCKET_DATACENTER_SEED_SCHEMA,
  type BitbucketDatacenterSeed,
  parseBitbucketDatacenterSeed,
} from "./services/bitbucket-datacenter/seed";
import { DEFAULT_SEED } from "./seed.default";
import { createSeedValidator, createSeedError } from "./core/seed-validation";
import { SPACELIFT_SEED_SCHEMA, type SpaceliftSeed } from "./services/spacelift";

export interface WholeSeed {
  readonly spacelift: SpaceliftSeed;
  readonly "bitbucket-cloud": BitbucketCloudSeed;
  readonly "bitbucket-datacenter": BitbucketDatacenterSeed;
}

/** A part that is not given is the default seed's. */
export type Seed = Partial<WholeSeed>;

/** What seed.schema.json holds, for editors; a test compares the two. */
export const SEED_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Seed of the sandbox",
  description:
    "What the emulated Spacelift, Bitbucket Cloud and Bitbucket Data Center hold at the start. A part that is not given is the default seed's.",
  type: "object",
  additionalProperties: false,
  properties: {
    $schema: { type: "string" },
    spacelift: SPACELIFT_SEED_SCHEMA,
    "bitbucket-cloud": BITBUCKET_CLOUD_SEED_SCHEMA,
    "bitbucket-datacenter": BITBUCKET_DATACENTER_SEED_SCHEMA,
  },
} as const;

const check = createSeedValidator(SEED_SCHEMA);

/** @throws Error that names each mistake by its JSON path and says what is expected there */
export function parseSeed(data: unknown): WholeSeed {
  const mistakes = check(data);
  if (mistakes.length > 0) throw createSeedError("The seed", mistakes);
  const given = data as Seed;
  return {
    spacelift: given.spacelift ?? DEFAULT_SEED.spacelift,
    "bitbucket-cloud": parseBitbucketCloudSeed(given["bitbucket-cloud"] ?? DEFAULT_SEED["bitbucket-cloud"]),
    "bitbucket-datacenter": parseBitbucketDatacenterSeed(given["bitbucket-datacenter"] ?? DEFAULT_SEED["bitbucket-datacenter"]),
  };
}

/** @throws Error when the file cannot be read, is not JSON, or is no seed */
export async function readSeedFile(path: string): Promise<WholeSeed> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new Error(`The seed ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Error(`The seed ${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return parseSeed(data);
}
