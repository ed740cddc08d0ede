#!/usr/bin/env node
/* The executable `bitlift`. Checks the Node.js version before it loads code that old versions cannot parse. */
"use strict";

require("../engine/require-node.js").requireNode();
require("./main");
