/** A replacement that destroys first: what its delete half checks before anything is changed. */
import type { Clients } from "../../configuration/clients";
import type { WrittenCredential } from "../../credentials/credential";
import { recordForDelete, refuseHopelessReplacement } from "../../integration/replacement";
import type { PrivateData } from "../../../terraform-plugin";

function notes(): PrivateData {
  const values = new Map<string, unknown>();
  return { get: (key) => values.get(key), set: (key, value) => void values.set(key, value), delete: (key) => void values.delete(key) };
}

const form = {
  generation: "v2",
  login: "email",
  env: "api_token_env",
  writeOnly: "api_token_wo",
  version: "api_token_wo_version",
  fields: { email: "email" },
} as const;
const byVariable: WrittenCredential = { form, login: "a@b.c", source: { kind: "env", variable: "TOKEN" } };
const byValue: WrittenCredential = { form, login: "a@b.c", source: { kind: "writeOnly", version: "1" } };

interface Remote {
  readonly environment?: Record<string, string>;
  readonly listed?: readonly { id: string; name: string; isDefault: boolean; spaceId: string }[];
  readonly supported?: boolean;
  readonly spaces?: readonly string[];
}

function api({ environment = { TOKEN: "x" }, listed = [], supported = true, spaces = ["team"] }: Remote): Clients {
  const cloud = { list: () => Promise.resolve(listed), supports: () => Promise.resolve(supported) };
  const found = { get: (id: string) => Promise.resolve(spaces.includes(id) ? { id } : null) };
  return { environment, spacelift: { integrations: { cloud, datacenter: cloud }, spaces: found } } as unknown as Clients;
}

const old = { id: "payments", name: "Payments" };
const draft = { name: "Payments", is_default: false, space_id: "team" };
const other = { id: "other", name: "Other", isDefault: true, spaceId: "root" };

function check(remote: Remote, credential: WrittenCredential | undefined = byVariable, planned: object = {}): Promise<void> {
  const kept = notes();
  recordForDelete(kept, credential, { ...draft, ...planned });
  return refuseHopelessReplacement(api(remote), "cloud", kept, old);
}

it.each<[string, Remote, object, RegExp]>([
  ["its token's variable is not set", { environment: {} }, {}, /TOKEN, which holds its token, is not set/],
  ["the server has no such mutation", { supported: false }, {}, /no mutation for API tokens/],
  ["another integration has the new name", { listed: [{ ...other, name: "Payments" }] }, {}, /"Payments" is taken by other/],
  ["another one is the default", { listed: [other] }, { is_default: true }, /"Other" \(other\) is the default/],
  ["its Space is not there", { spaces: [] }, {}, /no Space with the id "team"/],
])("is refused when %s", async (_name, remote, planned, why) => {
  await expect(check(remote, byVariable, planned)).rejects.toMatchObject({
    diagnostic: { code: "replacement-blocked", why: expect.stringMatching(why) as string },
  });
});

it("says of Bitbucket Data Center's integrations that the server has none, and not of app passwords", async () => {
  const kept = notes();
  recordForDelete(kept, { ...byVariable, form: { ...form, generation: "v1" } }, draft);
  await expect(refuseHopelessReplacement(api({ supported: false }), "datacenter", kept, old)).rejects.toThrow(
    /no mutation for integrations with Bitbucket Data Center/,
  );
});

it.each<[string, Remote, WrittenCredential | undefined, object]>([
  ["everything is there", {}, byVariable, {}],
  [
    "the old one itself holds name and default",
    { listed: [{ ...other, id: "payments", name: "Payments" }] },
    byVariable,
    { is_default: true },
  ],
  ["the token comes by a write-only argument", { environment: {} }, byValue, {}],
  ["the Space is root", { spaces: [] }, byVariable, { space_id: "root" }],
])("goes on when %s", async (_name, remote, credential, planned) => {
  await expect(check(remote, credential, planned)).resolves.toBeUndefined();
});

it("a plain delete brings nothing to check, and asks nobody", async () => {
  await expect(refuseHopelessReplacement(undefined as unknown as Clients, "cloud", notes(), old)).resolves.toBeUndefined();
});
