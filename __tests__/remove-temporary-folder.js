/** Runs after all tests: removes the temporary folder, including what killed programs and CDKTF's test functions left in it. */
"use strict";

const { rmSync } = require("node:fs");

module.exports = () => {
  rmSync(process.env.TMPDIR, { recursive: true, force: true });
  // In watch mode, jest runs the setup again.
  const previous = globalThis.previousTemporaryFolder;
  if (previous === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = previous;
};
