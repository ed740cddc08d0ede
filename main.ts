/** The app: one stack, built from the configuration in cdktf.json. */
import { synthesizeApp } from "./stacks/app";

synthesizeApp();
