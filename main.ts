/** The app: one stack, from the configuration in cdktf.json. */
import { App } from "cdktf";
import { BitbucketStack } from "./stacks/bitbucket-stack";
import { readConfiguration } from "./stacks/configuration";

const app = new App();
new BitbucketStack(app, "bitbucket", readConfiguration(app.node.tryGetContext("bitlift")));
app.synth();
