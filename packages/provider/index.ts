/** Re-exports only: the package's public interface. */
export { bitlift } from "./provider";
export { RAISED_ANYWHERE } from "./raised-anywhere";
export type { ResourceReference } from "./resource-reference";
export { REFERENCE } from "./resources";
