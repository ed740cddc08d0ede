/** The context value that chooses the backing of a whole app. */
import { CONTEXT_KEYS } from "../../packages/domain";

/** The context value with the backing of every construct below: `new App({ context: { bitliftBacking: "published" } })`, or `context` in `cdktf.json`. */
export const BACKING_CONTEXT = CONTEXT_KEYS.backing;
