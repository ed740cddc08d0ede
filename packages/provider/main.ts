/** The executable: serves the provider to an engine. */
import { serve } from "../terraform-plugin";
import { bitlift } from "./provider";

void serve(bitlift);
