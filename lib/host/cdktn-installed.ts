/** Loaded before CDK Terrain: a clear error if it is not installed. */
import { requireHost } from "./host-packages";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import cannot be caught, and a bundler must see the name
requireHost("cdktn", () => require("cdktn"));
