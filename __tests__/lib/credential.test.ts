/** Credentials from Terraform variables. */
import { Credential } from "../../lib";
import { stackWith, synthesize } from "./synthesis";

it("declares a sensitive and ephemeral variable under the given name", () => {
  const { variable } = synthesize((stack) => Credential.fromVariable(stack, "server_token", { description: "Reads code." }));
  expect(variable).toEqual({ server_token: { type: "string", sensitive: true, ephemeral: true, description: "Reads code." } });
});

it("adds a note about the engines that support ephemeral variables", () => {
  const stack = stackWith((scope) => Credential.fromVariable(scope, "server_token"));
  const notes = stack.node.findChild("server_token").node.metadata.filter(({ type }) => type === "@cdktf/info");
  expect(notes).toMatchObject([{ data: expect.stringContaining("Terraform 1.11 or later, or OpenTofu 1.11 or later") }]);
});
