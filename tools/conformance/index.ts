/** The recorded runs of the acceptance tests on several engines, and the page that lists them. */
export { conformancePage } from "./page";
export { readRuns } from "./runs";
