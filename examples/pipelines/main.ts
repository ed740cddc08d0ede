/** The app of the guide to Bitbucket Pipelines, with the state in a bucket. */
import { App, S3Backend } from "cdktf";
import { BitbucketStack } from "../spacelift/bitbucket-stack";

const app = new App();
const stack = new BitbucketStack(app, "bitbucket");
new S3Backend(stack, { bucket: "acme-terraform-state", key: "bitbucket.tfstate", region: "eu-central-1", encrypt: true });
app.synth();
