// What other code may import: the sandbox as a whole, its seed, each service, and the lists that tests compare with other packages.
export { startSandbox, type Sandbox, type SandboxOptions } from "./start";
export { DEFAULT_SEED } from "./seed.default";
export { readSeedFile, type Seed, type WholeSeed } from "./seed";
export { selfSignedCertificate } from "./core/certificate";
export { createClock } from "./core/clock";
export { listen, type Listening } from "./core/listen";
export type { Coverage } from "./core/coverage-row";
export { createBitbucketCloud } from "./services/bitbucket-cloud";
export { BITBUCKET_CLOUD_COVERAGE } from "./services/bitbucket-cloud/coverage";
export { EVENT_TYPES } from "./services/bitbucket-cloud/events";
export type { BitbucketCloudSeed, SeedCredential, SeedHook } from "./services/bitbucket-cloud/seed";
export { createBitbucketDatacenter, type BitbucketDatacenterSeed } from "./services/bitbucket-datacenter";
export { BITBUCKET_DATACENTER_COVERAGE } from "./services/bitbucket-datacenter/coverage";
export { eventKeysOf } from "./services/bitbucket-datacenter/events";
export { createSpacelift } from "./services/spacelift";
export { SPACELIFT_COVERAGE } from "./services/spacelift/coverage";
export type { SeedAccount, SeedIntegration } from "./services/spacelift/seed";
