/**
 * `unit`: one package or folder at a time; needs no built plugin. `sandbox`: the emulators, and the recorded exchanges that check them.
 * `acceptance`: whole programs, with the real engine and the built plugin.
 */
const transform = {
  "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
};

const SANDBOX = ["/packages/sandbox/", "/__tests__/contract/"];
/** Tests that start an engine, cdktf, npm or a built plugin. */
const ACCEPTANCE = ["/__tests__/acceptance/"];

const project = (displayName, overrides) => ({
  displayName,
  testEnvironment: "node",
  rootDir: __dirname,
  transform,
  globalSetup: "<rootDir>/__tests__/make-temporary-folder.js",
  globalTeardown: "<rootDir>/__tests__/remove-temporary-folder.js",
  testMatch: ["<rootDir>/**/__tests__/**/*.test.ts"],
  // dist/ and cdktf.out/ contain copies of package.json; two packages with one name are a conflict in jest's module map.
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/"],
  // Dynamic imports name the compiled file, but tests load the source.
  moduleNameMapper: { "^(\\.{1,2}/.*/command)\\.js$": "$1" },
  ...overrides,
});

/** Makes patterns match only below the root, whatever the folders above the checkout are named. */
const belowRoot = (patterns) => patterns.map((pattern) => `<rootDir>.*${pattern}`);

module.exports = {
  // On two cores, jest's default is one worker, which leaves a core idle. Engines and plugins run beside the workers, so there are no more.
  maxWorkers: 2,
  testTimeout: 20_000,
  coverageProvider: "v8",
  coverageDirectory: "coverage",
  coverageReporters: ["text-summary", "lcov"],
  projects: [
    project("unit", { testPathIgnorePatterns: ["/node_modules/", ...belowRoot(SANDBOX), ...belowRoot(ACCEPTANCE)] }),
    project("sandbox", { testMatch: ["<rootDir>/packages/sandbox/**/*.test.ts", "<rootDir>/__tests__/contract/**/*.test.ts"] }),
    project("acceptance", { testMatch: ["<rootDir>/**/__tests__/acceptance/**/*.test.ts"] }),
  ],
};
