/** The integration data source: what it says if the integration does not exist. */
import type { Clients } from "../../configuration/clients";
import { readIntegrationData } from "../../data-sources/integration";

function read(selector: object) {
  const integrations = { findDefault: () => Promise.resolve(null), find: () => Promise.resolve({ state: "gone" }) };
  const api = { spacelift: { keyName: "API key 01KEY", integrations: { cloud: integrations } } } as unknown as Clients;
  return readIntegrationData("cloud", { config: { id: null, default: null, ...selector }, api, report: { add: () => undefined } } as never);
}

it.each<[string, object, RegExp, RegExp]>([
  [
    "a default integration",
    { default: true },
    /has no default Bitbucket Cloud integration/,
    /^Read a Space-level integration by its id instead/,
  ],
  ["an ID", { id: "payments" }, /cannot see a Bitbucket Cloud integration with the ID "payments"/, /^Check the ID/],
])("the advice fits %s that does not exist", async (_case, selector, why, fix) => {
  await expect(read(selector)).rejects.toMatchObject({
    diagnostic: {
      code: "integration-not-found",
      why: expect.stringMatching(why) as string,
      fix: expect.stringMatching(fix) as string,
    },
  });
});
