/* Exits if Node.js is too old. It runs before code that old versions cannot parse is loaded, and is itself written in ES5. */
"use strict";

var MINIMUM = [20, 9];

/** The error message if `version` (like `process.version`) is below the minimum; otherwise undefined. */
function versionError(version) {
  var parts = /^v?(\d+)\.(\d+)/.exec(version);
  var major = parts ? Number(parts[1]) : 0;
  var minor = parts ? Number(parts[2]) : 0;
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return undefined;
  var manifest = require("../../package.json");
  return (
    "Error: Node.js is too old\n" +
    "  This is Node.js " +
    version +
    ", but Bitlift requires " +
    MINIMUM.join(".") +
    " or later.\n" +
    "  Install a newer Node.js, for example the current LTS release, open a new terminal, and run the same command again.\n" +
    "  (node-too-old)\n" +
    "  " +
    manifest.homepage.replace(/#.*$/, "") +
    "/blob/v" +
    manifest.version +
    "/docs/diagnostics.md#node-too-old"
  );
}

/** Prints the error and exits with code 1 if Node.js is too old. */
function requireNode() {
  var message = versionError(process.version);
  if (message === undefined) return;
  process.stderr.write(message + "\n");
  process.exit(1);
}

module.exports = { requireNode: requireNode };

if (require.main === module) requireNode();
