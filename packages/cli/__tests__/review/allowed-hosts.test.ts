/** The credential of a review goes only to the hosts that the environment allows. */
import { bitbucketAccess } from "../../review/bitbucket-access";
import type { ReviewPlace } from "../../review/pull-request-target";

const cloud = { product: "cloud", namespace: "acme-workspace", repository: "infrastructure" } as ReviewPlace;
const datacenter = { ...cloud, product: "datacenter", server: "https://bitbucket.evil.example" } as ReviewPlace;
const login = { BITLIFT_REVIEW_TOKEN: "canary-0c1f" };

it.each([
  ["the server of --pr", datacenter, { ...login, BITLIFT_ALLOWED_HOSTS: "bitbucket.acme.example" }, "https://bitbucket.evil.example"],
  [
    "BITBUCKET_API_URL",
    cloud,
    { ...login, BITLIFT_ALLOWED_HOSTS: "api.bitbucket.org", BITBUCKET_API_URL: "https://evil.example/2.0" },
    "https://evil.example/2.0",
  ],
])("%s is refused before any request", (_, place, environment, address) => {
  expect(() => bitbucketAccess(place, environment)).toThrow(
    expect.objectContaining({
      diagnostic: expect.objectContaining({ code: "address-not-allowed", why: expect.stringContaining(address) as unknown }) as unknown,
    }),
  );
});

it.each([
  ["the hosts that are listed", { ...login, BITLIFT_ALLOWED_HOSTS: "bitbucket.evil.example, api.bitbucket.org" }],
  ["every host without the variable", login],
])("allows %s", (_, environment) => {
  expect(bitbucketAccess(datacenter, environment).client).toBeDefined();
  expect(bitbucketAccess(cloud, environment).client).toBeDefined();
});
