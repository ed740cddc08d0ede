/* Says in one sentence that this Node.js is too old, before anything loads that an old one cannot read. Plain old JavaScript on purpose. */
"use strict";

var MINIMUM = [20, 9];

/** The text for a person when `version` (like `process.version`) is below the minimum; undefined when it is new enough. */
function refusal(version) {
  var parts = /^v?(\d+)\.(\d+)/.exec(version);
  var major = parts ? Number(parts[1]) : 0;
  var minor = parts ? Number(parts[2]) : 0;
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return undefined;
  return (
    "Error: Node.js is too old\n" +
    "  This is Node.js " +
    version +
    "; Bitlift needs " +
    MINIMUM.join(".") +
    " or newer.\n" +
    "  Install a newer Node.js (the current long-term release, for example), open a new terminal and run the same command again.\n" +
    "  (node-too-old)"
  );
}

/** Ends the process with exit code 1 when this Node.js is too old. */
function requireNode() {
  var text = refusal(process.version);
  if (text === undefined) return;
  process.stderr.write(text + "\n");
  process.exit(1);
}

module.exports = { refusal: refusal, requireNode: requireNode };

if (require.main === module) requireNode();
