/** The app of the Spacelift guide. Spacelift stores the state, so the stack has no backend. */
import { App } from "cdktf";
import { BitbucketStack } from "./bitbucket-stack";

const app = new App();
new BitbucketStack(app, "bitbucket");
app.synth();
