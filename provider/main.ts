/** The executable: serves the provider to an engine. */
import { serve } from "../tfplugin";
import { bitlift } from "./provider";

void serve(bitlift);
