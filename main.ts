/** The app: the stacks of bitlift.yaml. */
import { synthesizeApp } from "./stacks";

synthesizeApp();
