/** Before all tests: one temporary folder for everything that they, and the programs that they start, put into one. */
"use strict";

const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

// A short name: sockets of plugins lie below, and their paths are limited.
module.exports = () => {
  globalThis.temporaryFolderBefore = process.env.TMPDIR;
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), "bl-"));
};
