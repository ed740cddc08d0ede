/** Re-exports only. */
export { chooseEngine, type Engine, type EngineName, type Environment } from "./choose";
export { cleanEnvironment } from "./environment";
export { ENGINE_CATALOG } from "./catalog";
