/** The public interface: find an engine, and prepare the environment of its processes. */
export { chooseEngine, type Engine, type EngineName, type Environment } from "./choose";
export { cleanEnvironment } from "./environment";
export { codePage, ENGINE_CATALOG } from "./catalog";
export { ENGINE_EXPLANATIONS } from "./explanations";
