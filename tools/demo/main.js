/* `npm start`: checks Node.js and the installed packages before it loads code that needs them, then runs the demo. */
"use strict";

require("../../packages/engine/require-node.js").requireNode();

try {
  require("tsx/cjs");
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND") throw error;
  process.stderr.write("Error: The packages that Bitlift needs are not installed.\n  Run npm ci, then npm start again.\n");
  process.exit(1);
}
require("./demo.ts");
