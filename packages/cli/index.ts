/** The public interface: the program, and how it stops. */
export { onInterruption } from "./interruption";
export { createProgram } from "./program";
export { CLI_CATALOG } from "./catalog";
export { CLI_EXPLANATIONS } from "./explanations";
