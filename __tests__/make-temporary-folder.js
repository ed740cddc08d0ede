/** Runs before all tests: creates one temporary folder for every file that the tests, and the programs that they start, create. */
"use strict";

const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

// A short name: the paths of plugin sockets below it are limited.
module.exports = () => {
  globalThis.temporaryFolderBefore = process.env.TMPDIR;
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), "bl-"));
};
