/** The public interface: the program, how it stops, and its diagnostics. */
export { CLI_CATALOG } from "./catalog";
export { CLI_EXPLANATIONS } from "./explanations";
export { onInterruption } from "./interruption";
export { createProgram } from "./program";
