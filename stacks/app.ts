/** The default app: reads the configuration, builds the one stack, synthesises. What a person has to mend is printed alone, without the program's stack. */
import { App } from "cdktf";
import { validationErrorText } from "../lib";
import { BitbucketStack } from "./bitbucket-stack";
import { readConfiguration } from "./configuration";

/** Synthesises the app; where it refuses, its text goes to stderr and the process ends with 1. A mistake of the program itself is thrown on. */
export function synthesiseApp(): void {
  try {
    const app = new App();
    new BitbucketStack(app, "bitbucket", readConfiguration(app.node.tryGetContext("bitlift")));
    // As CDKTF would, which wraps what it finds into an error of its own.
    const findings = app.node.findAll().flatMap(({ node }) => node.validate());
    if (findings.length > 0) return refuse(findings.join("\n"));
    app.synth();
  } catch (thrown) {
    const text = validationErrorText(thrown);
    if (text === undefined) throw thrown;
    refuse(text);
  }
}

function refuse(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
