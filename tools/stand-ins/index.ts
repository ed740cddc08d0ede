/** Programs that stand in for the published providers where those cannot be installed: the same schemas, the same requests, the same behavior. */
export { installStandIns, type StandIns } from "./installation";
