/** The stacks of bitlift.yaml, with an output that a program adds. */
// region stacks
import { App, TerraformOutput } from "cdktf";
import { BitbucketStack, loadConfiguration } from "../../stacks";

const app = new App();
const configuration = loadConfiguration();
for (const part of configuration.parts) {
  const stack = new BitbucketStack(app, part.name, configuration, part);
  const url = stack.integration("platform").webhookUrl;
  new TerraformOutput(stack, "platform-webhooks", { value: url, staticId: true });
}
app.synth();
// endregion
