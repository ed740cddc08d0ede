/** The diagnostic codes about the engine and Node.js. */
import { defineCatalog } from "../diagnostics";

export const ENGINE_CATALOG = defineCatalog({
  "Engine and Node.js": {
    "node-too-old": "Node.js is too old",
    "engine-missing": "No engine was found",
    "engine-too-old": "The engine is too old",
  },
});

export const { problem } = ENGINE_CATALOG;
