/** Runs before `npm pack`, which would pack whatever is in `dist`: checks that it was built from this version. Prints nothing if it was. */
import { resolve } from "node:path";
import { checkBuiltVersions, checkSourceVersions } from "./version-check";

const ROOT = resolve(__dirname, "../..");

checkSourceVersions(ROOT)
  .then(() => checkBuiltVersions(ROOT))
  .catch((thrown: unknown) => {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    process.exitCode = 1;
  });
