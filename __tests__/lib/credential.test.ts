/** A credential from a variable: what is declared for it, and what people are told. */
import { Credential } from "../../lib";
import { stackWith, synthesised } from "./synthesis";

it("a variable with a secret is sensitive and ephemeral, under the name that was given", () => {
  const { variable } = synthesised((stack) => Credential.fromVariable(stack, "server_token", { description: "Reads code." }));
  expect(variable).toEqual({ server_token: { type: "string", sensitive: true, ephemeral: true, description: "Reads code." } });
});

it("says which engines know such a variable, since an older one does not", () => {
  const stack = stackWith((scope) => Credential.fromVariable(scope, "server_token"));
  const said = stack.node.findChild("server_token").node.metadata.filter(({ type }) => type === "@cdktf/info");
  expect(said).toMatchObject([{ data: expect.stringContaining("Terraform 1.11 or OpenTofu 1.11, or newer") }]);
});
