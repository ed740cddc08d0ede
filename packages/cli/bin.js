#!/usr/bin/env node
/* The executable `bitlift`: checks the Node.js version before anything loads that an old one cannot parse. */
"use strict";

require("../engine/require-node.js").requireNode();
require("./main");
