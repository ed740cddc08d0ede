/** The app: everything that bitlift.yaml describes. */
import { synthesizeApp } from "../../stacks";

synthesizeApp();
