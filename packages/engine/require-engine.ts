/** Prints the engine that tests and the benchmark use; if there is no supported engine, prints the error and exits with code 1. */
import { Problem, renderText } from "../diagnostics";
import { codePage } from "./catalog";
import { chooseEngine } from "./choose";

chooseEngine().then(
  ({ name, version, path }) => {
    process.stderr.write(`Engine: ${name} ${version}, ${path}\n`);
  },
  (thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Problem ? renderText(thrown.diagnostic, codePage) : String(thrown)}\n`);
    process.exitCode = 1;
  },
);
