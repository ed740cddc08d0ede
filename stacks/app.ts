/** The default app: reads the configuration, builds its one stack, and synthesizes it. */
import { App } from "cdktf";
import { validationErrorText } from "../lib";
import { BitbucketStack } from "./bitbucket-stack";
import { readConfiguration } from "./configuration";

/**
 * Synthesizes the app. If the configuration is invalid, prints the findings to stderr without a stack trace and sets exit code 1. Any other
 * error is a bug and is thrown.
 */
export function synthesizeApp(): void {
  try {
    const app = new App();
    new BitbucketStack(app, "bitbucket", readConfiguration(app.node.tryGetContext("bitlift")));
    // `synth` runs the same validations but wraps the findings in an error of its own.
    const findings = app.node.findAll().flatMap(({ node }) => node.validate());
    if (findings.length > 0) fail(findings.join("\n"));
    else app.synth();
  } catch (thrown) {
    const text = validationErrorText(thrown);
    if (text === undefined) throw thrown;
    fail(text);
  }
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
