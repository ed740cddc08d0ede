/** A destroy-first replacement: what the delete half checks before anything changes. */
import { INTEGRATION_CREDENTIALS } from "../../../domain";
import type { PrivateState } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import type { DeclaredCredential } from "../../credentials/credential-arguments";
import { recordCreateRequirements, refuseBlockedReplacement } from "../../integration/replacement-blocker";

function createPrivateState(): PrivateState {
  const values = new Map<string, unknown>();
  return { get: (key) => values.get(key), set: (key, value) => void values.set(key, value), delete: (key) => void values.delete(key) };
}

const credential = { form: INTEGRATION_CREDENTIALS.cloud[0], generation: "v2", login: "a@b.c", productFields: {} } as const;
const byVariable: DeclaredCredential = { ...credential, source: { type: "env", variable: "TOKEN" } };
const byValue: DeclaredCredential = { ...credential, source: { type: "writeOnly", version: "1" } };

interface Remote {
  readonly environment?: Record<string, string>;
  readonly listed?: readonly { id: string; name: string; isDefault: boolean; spaceId: string }[];
  readonly supported?: boolean;
  readonly spaces?: readonly string[];
}

function createApi({ environment = { TOKEN: "x" }, listed = [], supported = true, spaces = ["team"] }: Remote): Clients {
  const integrations = { list: () => Promise.resolve(listed), supports: () => Promise.resolve(supported) };
  const get = (id: string) => Promise.resolve(spaces.includes(id) ? { id } : null);
  return {
    environment,
    spacelift: { integrations: { cloud: integrations, datacenter: integrations }, spaces: { get } },
  } as unknown as Clients;
}

const old = { id: "payments", name: "Payments" };
const draft = { name: "Payments", is_default: false, space_id: "team" };
const other = { id: "other", name: "Other", isDefault: true, spaceId: "root" };

function check(remote: Remote, declared: DeclaredCredential | undefined = byVariable, changes: object = {}): Promise<void> {
  const privateState = createPrivateState();
  recordCreateRequirements(privateState, declared, { ...draft, ...changes });
  return refuseBlockedReplacement(createApi(remote), "cloud", privateState, old);
}

it.each<[string, Remote, object, RegExp]>([
  ["the variable with its token is not set", { environment: {} }, {}, /TOKEN, which contains its token, is not set/],
  ["the server does not have the mutation", { supported: false }, {}, /no mutation for API tokens/],
  ["another integration has the new name", { listed: [{ ...other, name: "Payments" }] }, {}, /"Payments" is already used by other/],
  ["another integration is the default", { listed: [other] }, { is_default: true }, /"Other" \(other\) is already the default/],
  ["its Space does not exist", { spaces: [] }, {}, /no Space with the ID "team"/],
])("refuses the replacement if %s", async (_case, remote, changes, why) => {
  await expect(check(remote, byVariable, changes)).rejects.toMatchObject({
    diagnostic: { code: "replacement-blocked", why: expect.stringMatching(why) as string },
  });
});

it("names the product in the message if a server does not support integrations with Bitbucket Data Center", async () => {
  const privateState = createPrivateState();
  recordCreateRequirements(privateState, { ...byVariable, generation: "v1" }, draft);
  await expect(refuseBlockedReplacement(createApi({ supported: false }), "datacenter", privateState, old)).rejects.toMatchObject({
    diagnostic: {
      code: "replacement-blocked",
      why: expect.stringContaining("no mutation for integrations with Bitbucket Data Center") as string,
    },
  });
});

it.each<[string, Remote, DeclaredCredential | undefined, object]>([
  ["all requirements are met", {}, byVariable, {}],
  [
    "only the old integration has the name and is the default",
    { listed: [{ ...other, id: "payments", name: "Payments" }] },
    byVariable,
    { is_default: true },
  ],
  ["a write-only argument provides the token", { environment: {} }, byValue, {}],
  ["the Space is root", { spaces: [] }, byVariable, { space_id: "root" }],
])("allows the replacement if %s", async (_case, remote, declared, changes) => {
  await expect(check(remote, declared, changes)).resolves.toBeUndefined();
});

it("checks nothing, and sends no request, for a plain delete", async () => {
  const noApi = undefined as unknown as Clients;
  await expect(refuseBlockedReplacement(noApi, "cloud", createPrivateState(), old)).resolves.toBeUndefined();
});
