/** Runs after all tests: removes the temporary folder, with everything that killed programs and CDKTF's test functions left in it. */
"use strict";

const { rmSync } = require("node:fs");

module.exports = () => {
  rmSync(process.env.TMPDIR, { recursive: true, force: true });
  // In watch mode, jest runs the setup again.
  const before = globalThis.temporaryFolderBefore;
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
};
