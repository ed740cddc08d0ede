/** What is Bitbucket Data Center's own in an integration. What both products do alike: integration.test.ts. */
import { Lazy } from "cdktf";
import { BitbucketDatacenterIntegration, Credential, type BitbucketDatacenterIntegrationProps } from "../../lib";
import { complaintOf, only, SERVER, stackWith, synthesised, warningsOf } from "./synthesis";

const TYPE = "bitlift_bitbucket_datacenter_integration";

const withProps = (props: Partial<BitbucketDatacenterIntegrationProps>) =>
  stackWith((stack) => new BitbucketDatacenterIntegration(stack, "platform", { name: "Platform", ...SERVER, ...props }));

it("writes name, Space, both addresses, and the name of the variable with the token", () => {
  const made = synthesised((stack) => new BitbucketDatacenterIntegration(stack, "platform", { name: "Platform", ...SERVER }));
  expect(only(made, TYPE)).toEqual({
    name: "Platform",
    space_id: "root",
    api_host: "https://bitbucket.acme.example",
    user_facing_host: "https://bitbucket.acme.example",
    username: "spacelift",
    access_token_env: "PLATFORM_TOKEN",
    lifecycle: { create_before_destroy: true },
  });
});

it("takes an access token from an ephemeral variable, write-only", () => {
  const made = synthesised((stack) => {
    const accessToken = Credential.fromVariable(stack, "platform_token", { version: "2" });
    new BitbucketDatacenterIntegration(stack, "platform", { name: "Platform", ...SERVER, accessToken });
  });
  expect(made.variable).toEqual({ platform_token: { type: "string", sensitive: true, ephemeral: true } });
  expect(only(made, TYPE)).toMatchObject({ access_token_wo: "${var.platform_token}", access_token_wo_version: "2" });
  expect(only(made, TYPE)).not.toHaveProperty("access_token_env");
});

describe("the two addresses", () => {
  it.each<[string, Partial<BitbucketDatacenterIntegrationProps>]>([
    ["a URL with a context path", { apiHost: "https://acme.example/bitbucket" }],
    ["two URLs", { userFacingHost: "https://code.acme.example" }],
    ["VCS agents, and a URL that people open", { apiHost: "private://agents/bitbucket", userFacingHost: "https://code.acme.example" }],
    ["what is known only after apply", { apiHost: Lazy.stringValue({ produce: () => "nowhere" }) }],
  ])("may be %s, without a word", (_, props) => {
    const stack = withProps(props);
    expect(complaintOf(stack)).toBeUndefined();
    expect(warningsOf(stack)).toEqual([]);
  });

  it.each<[string, Partial<BitbucketDatacenterIntegrationProps>, RegExp]>([
    ["a URL without TLS", { apiHost: "http://bitbucket.acme.example" }, /apiHost: .*not encrypted.*\(host-not-encrypted\)$/],
    [
      "an address of the REST API",
      { apiHost: "https://bitbucket.acme.example/rest", userFacingHost: "https://bitbucket.acme.example" },
      /apiHost: .*REST API.*\(host-with-rest-path\)$/,
    ],
    [
      "VCS agents where people should open a page",
      { apiHost: "private://agents", userFacingHost: "private://agents" },
      /userFacingHost: .*cannot be opened in a browser.*\(user-facing-host-private\)$/,
    ],
  ])("may be %s, with a warning", (_, props, warning) => {
    const stack = withProps(props);
    expect(complaintOf(stack)).toBeUndefined();
    expect(warningsOf(stack)).toEqual([expect.stringMatching(warning)]);
  });
});
