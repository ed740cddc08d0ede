/** After all tests: what killed programs and CDKTF's own test functions leave goes with the folder. */
"use strict";

const { rmSync } = require("node:fs");

module.exports = () => {
  rmSync(process.env.TMPDIR, { recursive: true, force: true });
  // A watching jest comes round again.
  const before = globalThis.temporaryFolderBefore;
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
};
