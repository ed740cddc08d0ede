/** Runs before all tests: creates one temporary folder for all files of the tests and of the programs that they start. */
"use strict";

const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

// A short name: the paths of plugin sockets below it are limited.
module.exports = () => {
  globalThis.previousTemporaryFolder = process.env.TMPDIR;
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), "bl-"));
};
