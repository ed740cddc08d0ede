/** The copy for CDK Terrain: which paths of a compiled file change. */
import { forSecondHost } from "../second-host";

it.each([
  ["the packages", "lib/space.js", 'require("../packages/domain")', 'require("../../packages/domain")'],
  ["the packages, from a folder", "lib/rules/account.js", 'require("../../packages/domain")', 'require("../../../packages/domain")'],
  ["the version", "lib/process-wide.js", 'require("../package.json")', 'require("../../package.json")'],
  [
    "the path of the version",
    "lib/plugin/placement.js",
    'require.resolve("../../package.json")',
    'require.resolve("../../../package.json")',
  ],
  ["types of the packages", "lib/space.d.ts", 'x: import("../packages/domain").Y', 'x: import("../../packages/domain").Y'],
  ["re-exported types", "stacks/index.d.ts", 'export type { Part } from "../packages/x";', 'export type { Part } from "../../packages/x";'],
  ["the file behind the host", "lib/host/index.js", 'require("./cdktf")', 'require("./cdktn")'],
  ["the types behind the host", "lib/host/index.d.ts", 'export * from "./cdktf";', 'export * from "./cdktn";'],
])("%s: %s", (_, file, text, expected) => {
  expect(forSecondHost(file, text)).toBe(expected);
});

it.each([
  ["a neighbor", "lib/space.js", 'require("./host")'],
  ["the same folder from below", "lib/rules/account.js", 'require("../host")'],
  ["the constructs from the stacks", "stacks/app.js", 'require("../lib")'],
  ["a package", "lib/space.js", 'require("constructs")'],
  ["a module of Node.js", "lib/plugin/placement.js", 'require("node:path")'],
  ["a file of the same name elsewhere", "lib/rules/account.js", 'require("./cdktf")'],
  ["a text", "lib/host/host-packages.js", '{ cdktf: "bitlift", fix: "Import ../packages from here" }'],
])("stays: %s, in %s", (_, file, text) => {
  expect(forSecondHost(file, text)).toBe(text);
});
