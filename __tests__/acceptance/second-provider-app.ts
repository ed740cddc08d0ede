/** The app of second-provider.test.ts: a stack with Bitlift and a second provider. */
import { App, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { BitliftProvider, Space } from "../../lib";

class EchoProvider extends TerraformProvider {}

const app = new App();
const stack = new TerraformStack(app, "both");
new BitliftProvider(stack, "bitlift");
const space = new Space(stack, "payments", { name: "Payments of two providers" });

new EchoProvider(stack, "echo", {
  terraformResourceType: "echo",
  terraformProviderSource: "terraform.local/echo/echo",
  terraformGeneratorMetadata: { providerName: "echo", providerVersion: "0.0.1" },
});
const thing = new TerraformResource(stack, "thing", { terraformResourceType: "echo_thing" });
thing.addOverride("name", "thing");
thing.addOverride("label", space.spaceId);
app.synth();
