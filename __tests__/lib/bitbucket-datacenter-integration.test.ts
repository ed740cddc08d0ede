/** Integrations of Bitbucket Data Center. integration.test.ts covers what both products share. */
import { Lazy } from "cdktf";
import { BitbucketDatacenterIntegration, Credential, type BitbucketDatacenterIntegrationProps } from "../../lib";
import { validationMessageOf, onlyResource, SERVER, stackWith, synthesize, warningsOf } from "./synthesis";

const TYPE = "bitlift_bitbucket_datacenter_integration";

const withProps = (props: Partial<BitbucketDatacenterIntegrationProps>) =>
  stackWith((stack) => new BitbucketDatacenterIntegration(stack, "platform", { name: "Platform", ...SERVER, ...props }));

it("writes the name, the Space, both addresses, and the name of the token variable", () => {
  const configuration = synthesize((stack) => new BitbucketDatacenterIntegration(stack, "platform", { name: "Platform", ...SERVER }));
  expect(onlyResource(configuration, TYPE)).toEqual({
    name: "Platform",
    space_id: "root",
    api_host: "https://bitbucket.acme.example",
    user_facing_host: "https://bitbucket.acme.example",
    username: "spacelift",
    access_token_env: "PLATFORM_TOKEN",
    lifecycle: { create_before_destroy: true },
  });
});

it("reads an access token from an ephemeral variable as a write-only argument", () => {
  const configuration = synthesize((stack) => {
    const accessToken = Credential.fromVariable(stack, "platform_token", { version: "2" });
    new BitbucketDatacenterIntegration(stack, "platform", { name: "Platform", ...SERVER, accessToken });
  });
  expect(configuration.variable).toEqual({ platform_token: { type: "string", sensitive: true, ephemeral: true } });
  expect(onlyResource(configuration, TYPE)).toMatchObject({ access_token_wo: "${var.platform_token}", access_token_wo_version: "2" });
  expect(onlyResource(configuration, TYPE)).not.toHaveProperty("access_token_env");
});

describe("the two addresses", () => {
  it.each<[string, Partial<BitbucketDatacenterIntegrationProps>]>([
    ["a URL with a context path", { apiHost: "https://acme.example/bitbucket" }],
    ["two different URLs", { userFacingHost: "https://code.acme.example" }],
    ["VCS agents and a user-facing URL", { apiHost: "private://agents/bitbucket", userFacingHost: "https://code.acme.example" }],
    ["a value that is known only after apply", { apiHost: Lazy.stringValue({ produce: () => "nowhere" }) }],
  ])("may be %s, without a warning", (_, props) => {
    const stack = withProps(props);
    expect(validationMessageOf(stack)).toBeUndefined();
    expect(warningsOf(stack)).toEqual([]);
  });

  it.each<[string, Partial<BitbucketDatacenterIntegrationProps>, RegExp]>([
    [
      "a URL without TLS",
      { apiHost: "http://bitbucket.acme.example" },
      /apiHost: .*not encrypted.*\(host-not-encrypted\)\nhttps:\S+#host-not-encrypted$/,
    ],
    [
      "a URL of the REST API",
      { apiHost: "https://bitbucket.acme.example/rest", userFacingHost: "https://bitbucket.acme.example" },
      /apiHost: .*REST API.*\(host-with-rest-path\)\nhttps:\S+#host-with-rest-path$/,
    ],
    [
      "VCS agents as the user-facing host",
      { apiHost: "private://agents", userFacingHost: "private://agents" },
      /userFacingHost: .*cannot be opened in a browser.*\(user-facing-host-private\)\nhttps:\S+#user-facing-host-private$/,
    ],
  ])("may be %s, with a warning", (_, props, warning) => {
    const stack = withProps(props);
    expect(validationMessageOf(stack)).toBeUndefined();
    expect(warningsOf(stack)).toEqual([expect.stringMatching(warning)]);
  });
});
