/**
 * `unit`: one package or folder at a time; needs no built plugin. `cdktn`: those of the constructs and stacks again, on CDK Terrain. `sandbox`: the emulators, and the recorded exchanges that check them.
 * `acceptance`: whole programs, with the real engine and the built plugin.
 */
const transform = {
  "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
};

const SANDBOX = ["/packages/sandbox/", "/__tests__/contract/"];
/** Tests that run cdktf, npm or the built plugin. */
const ACCEPTANCE = ["/__tests__/acceptance/"];

/** Dynamic imports name the compiled file; tests load the source. */
const SOURCES = { "^(\\.{1,2}/(?:.*/)?(?:command|provider|provider-server))\\.js$": "$1" };
/** As the build for CDK Terrain does: the other file behind the index of `lib/host`. Tests get the other host too. */
const CDK_TERRAIN = { "^\\./cdktf$": "<rootDir>/lib/host/cdktn.ts", "^cdktf$": "cdktn" };

const project = (displayName, overrides) => ({
  displayName,
  testEnvironment: "node",
  rootDir: __dirname,
  transform,
  globalSetup: "<rootDir>/__tests__/make-temporary-folder.js",
  globalTeardown: "<rootDir>/__tests__/remove-temporary-folder.js",
  testMatch: ["<rootDir>/**/__tests__/**/*.test.ts"],
  // dist/ and temporary stacks hold copies of package.json that would confuse the module map.
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/"],
  moduleNameMapper: SOURCES,
  ...overrides,
});

/** Patterns of paths from the root: `<rootDir>` keeps the folders above a checkout out of it. */
const below = (patterns) => patterns.map((pattern) => `<rootDir>.*${pattern}`);

module.exports = {
  // Jest's own default leaves a core idle; engines and plugins run beside the workers.
  maxWorkers: 2,
  testTimeout: 60_000,
  coverageProvider: "v8",
  coverageDirectory: "coverage",
  coverageReporters: ["text-summary", "lcov"],
  projects: [
    project("unit", { testPathIgnorePatterns: ["/node_modules/", ...below(SANDBOX), ...below(ACCEPTANCE)] }),
    project("cdktn", {
      testMatch: ["<rootDir>/__tests__/lib/**/*.test.ts", "<rootDir>/__tests__/stacks/**/*.test.ts"],
      moduleNameMapper: { ...SOURCES, ...CDK_TERRAIN },
    }),
    project("sandbox", { testMatch: ["<rootDir>/packages/sandbox/**/*.test.ts", "<rootDir>/__tests__/contract/**/*.test.ts"] }),
    project("acceptance", { testMatch: ["<rootDir>/**/__tests__/acceptance/**/*.test.ts"] }),
  ],
};
