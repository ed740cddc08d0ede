/* `npm start`: checks Node.js and the installation before anything loads that needs them, then shows the main job. */
"use strict";

require("../../packages/engine/require-node.js").requireNode();

try {
  require("tsx/cjs");
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND") throw error;
  process.stderr.write("Error: The packages that Bitlift needs are not installed here.\n  Run npm ci first, then npm start again.\n");
  process.exit(1);
}
require("./start.ts");
