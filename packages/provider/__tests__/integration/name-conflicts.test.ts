/** What the plan of a create finds in Spacelift: an integration with the same ID, and a default integration. */
import type { Diagnostic } from "../../../diagnostics";
import { UNKNOWN, type Unknown } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import { KnownIntegrations } from "../../integration/known-integrations";
import { requireFreeName, warnOfConflicts } from "../../integration/name-conflicts";
import { look } from "../unhurried-look";

const EXISTING = [
  { id: "payments-team", name: "Payments team", isDefault: true, spaceId: "root" },
  { id: "other", name: "Other", isDefault: false, spaceId: "root" },
];

function createApi(managed: string | undefined, listed: typeof EXISTING | Error = EXISTING) {
  const knownIntegrations = new KnownIntegrations();
  if (managed !== undefined) knownIntegrations.record("cloud", { id: managed, name: managed, webhook_url: null, is_default: false });
  const list = () => (listed instanceof Error ? Promise.reject(listed) : Promise.resolve(listed));
  return { look, knownIntegrations, spacelift: { integrations: { cloud: { list } } } } as unknown as Clients;
}

async function codesOf(api: Clients, name: string | Unknown, isDefault: boolean | Unknown): Promise<readonly string[]> {
  const reported: Diagnostic[] = [];
  await warnOfConflicts(api, "cloud", { name, isDefault, applying: false }, { add: (diagnostic) => void reported.push(diagnostic) });
  return reported.map(({ severity, code }) => `${severity} ${code}`);
}

it.each<[string, string | Unknown, boolean | Unknown, string | undefined, readonly string[]]>([
  ["another spelling of the same ID", "PAYMENTS  team", false, undefined, ["warning duplicate-integration-name"]],
  ["what is probably the same ID", "Payments.team", false, undefined, ["warning duplicate-integration-name"]],
  ["the same ID as that of an integration in the state", "PAYMENTS  team", false, "payments-team", []],
  ["a second default", "New", true, undefined, ["warning duplicate-default"]],
  ["a second default beside one in the state", "New", true, "payments-team", []],
  ["an unknown name", UNKNOWN, false, undefined, []],
  ["an unknown default", "New", UNKNOWN, undefined, []],
])("%s", async (_case, name, isDefault, managed, expected) => {
  expect(await codesOf(createApi(managed), name, isDefault)).toEqual(expected);
});

it("does not warn if the integration is read into the state a moment later", async () => {
  const api = createApi(undefined);
  const codes = codesOf(api, "New", true);
  setTimeout(
    () => api.knownIntegrations.record("cloud", { id: "payments-team", name: "Payments team", webhook_url: null, is_default: true }),
    60,
  );
  expect(await codes).toEqual([]);
});

it("never fails a plan because of a failed lookup", async () => {
  expect(await codesOf(createApi(undefined, new Error("no route")), "New", true)).toEqual([]);
  const notConfigured = {
    look,
    get spacelift(): never {
      throw new Error("not configured");
    },
  };
  expect(await codesOf(notConfigured as unknown as Clients, "New", true)).toEqual([]);
});

it.each<[string, string, RegExp | undefined]>([
  ["the same name", "Payments team", /already has an integration named "Payments team" \(payments-team\)/],
  ["another spelling of the same ID", "PAYMENTS team", /derives the same ID from "PAYMENTS team"/],
  ["a name that only probably leads to the same ID, which Spacelift decides", "Payments.team", undefined],
])("before a create, refuses %s", async (_case, name, why) => {
  const result = requireFreeName(createApi(undefined), "cloud", name, false);
  if (why === undefined) await expect(result).resolves.toBeUndefined();
  else {
    await expect(result).rejects.toMatchObject({
      diagnostic: { code: "duplicate-integration-name", why: expect.stringMatching(why) as string },
    });
    await expect(result).rejects.toMatchObject({ diagnostic: { fix: expect.stringContaining('importFrom("payments-team")') as string } });
  }
});
