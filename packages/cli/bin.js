#!/usr/bin/env node
/* The executable `bitlift`. Checks the Node.js version before any code loads that old versions cannot parse. */
"use strict";

require("../engine/require-node.js").requireNode();
require("./main");
