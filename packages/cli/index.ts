/** Re-exports only: the package's public interface. */
export { onInterruption } from "./interruption";
export { program } from "./program";
