/** The integration data source: what it says if the integration does not exist. */
import type { Clients } from "../../configuration/clients";
import { readIntegrationData } from "../../data-sources/integration";

const named = (id: string, name: string) => ({ id, name, isDefault: false, spaceId: "root" });

function read(selector: object) {
  const list = () => Promise.resolve([named("a", "Twice"), named("b", "Twice"), named("c", "Payments")]);
  const integrations = { list, findDefault: () => Promise.resolve(null), find: () => Promise.resolve({ state: "gone" }) };
  const api = { spacelift: { keyName: "API key 01KEY", integrations: { cloud: integrations } } } as unknown as Clients;
  return readIntegrationData("cloud", {
    config: { id: null, name: null, default: null, ...selector },
    api,
    report: { add: () => undefined },
  } as never);
}

it.each<[string, object, RegExp, RegExp]>([
  [
    "a default integration",
    { default: true },
    /has no default Bitbucket Cloud integration/,
    /^Read a Space-level integration by its id instead/,
  ],
  ["an ID", { id: "payments" }, /cannot see a Bitbucket Cloud integration with the ID "payments"/, /^Check the ID/],
  [
    "a name of another case",
    { name: "payments" },
    /an? Bitbucket Cloud integration with the name "payments"\. There is one with the name "Payments"\.$/,
    /^Check the name, in which upper and lower case count/,
  ],
])("the advice fits %s that does not exist", async (_case, selector, why, fix) => {
  await expect(read(selector)).rejects.toMatchObject({
    diagnostic: {
      code: "integration-not-found",
      why: expect.stringMatching(why) as string,
      fix: expect.stringMatching(fix) as string,
    },
  });
});

it("refuses a name that several integrations have, with their IDs", async () => {
  await expect(read({ name: "Twice" })).rejects.toMatchObject({
    diagnostic: {
      code: "value-not-allowed",
      why: '2 Bitbucket Cloud integrations have the name "Twice": a, b.',
      fix: "Set id instead of name.",
    },
  });
});
