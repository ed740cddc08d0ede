/** The app: one stack, from the configuration in cdktf.json. */
import { synthesiseApp } from "./stacks/app";

synthesiseApp();
