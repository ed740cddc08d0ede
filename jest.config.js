/** Unit tests mirror the folders; acceptance tests drive the real engine against the sandbox. */
const transform = {
  "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
};

module.exports = {
  testEnvironment: "node",
  rootDir: __dirname,
  transform,
  globalSetup: "<rootDir>/__tests__/make-temporary-folder.js",
  globalTeardown: "<rootDir>/__tests__/remove-temporary-folder.js",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  // dist/ and temporary stacks hold copies of package.json that would confuse the module map.
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/"],
  // Jest's own default leaves a core idle; engines and plugins run beside the workers.
  maxWorkers: 2,
  testTimeout: 20_000,
};
