/** The executable: serves the provider to an engine. */
import { serve } from "../terraform-plugin";
import { IDENTITY } from "./identity";

void serve({ ...IDENTITY, load: async () => (await import("./provider.js")).bitlift });
