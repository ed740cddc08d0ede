/** The variables from which the provider reads its own credentials: using one for Spacelift leads to a warning. */
import { isProviderVariable } from "../../configuration/provider-variables";

it.each([
  ["SPACELIFT_API_TOKEN", true],
  ["BITBUCKET_ACCESS_TOKEN", true],
  ["BITBUCKET_DATACENTER_URL", true],
  ["BITBUCKET_DATACENTER_TOKEN", true],
  ["BITBUCKET_DATACENTER_USERNAME", true],
  ["BITBUCKET_DATACENTER_PASSWORD", true],
  ["BITBUCKET_DATACENTER_CA_CERTIFICATE", true],
  ["BITLIFT_REQUEST_TIMEOUT", false],
  ["PAYMENTS_TOKEN", false],
])("%s is a provider variable: %p", (name, expected) => {
  expect(isProviderVariable(name)).toBe(expected);
});
