/** One credential form, and when a token is sent. */
import {
  judgeForms,
  tokenForCreate,
  tokenForUpdate,
  writtenCredential,
  type CredentialForm,
  type CredentialValues,
} from "../../credentials/credential";
import { UNKNOWN } from "../../../terraform-plugin";
import { fingerprint } from "../../../domain";

const FORMS: readonly CredentialForm[] = [
  {
    generation: "v2",
    login: "email",
    env: "api_token_env",
    writeOnly: "api_token_wo",
    version: "api_token_wo_version",
    fields: { email: "email" },
  },
  {
    generation: "v1",
    login: "username",
    env: "app_password_env",
    writeOnly: "app_password_wo",
    version: "app_password_wo_version",
    fields: { username: "username" },
  },
];
const written = (values: CredentialValues) => {
  const found = writtenCredential(FORMS, values);
  if (found === undefined) throw new Error("no credential");
  return found;
};

describe("the form of a credential", () => {
  it.each<[string, CredentialValues, string | undefined]>([
    ["email and variable", { email: "e", api_token_env: "TOKEN" }, undefined],
    ["email and write-only with its version", { email: "e", api_token_wo: "x", api_token_wo_version: "1" }, undefined],
    ["values that are decided later", { email: UNKNOWN, api_token_wo: UNKNOWN, api_token_wo_version: UNKNOWN }, undefined],
    ["user name and variable", { username: "u", app_password_env: "TOKEN" }, undefined],
    ["nothing", {}, "No credential is written."],
    ["two forms", { email: "e", api_token_env: "A", app_password_env: "B" }, "Arguments of two forms are mixed: email and username."],
    ["no login", { api_token_env: "A" }, "email is missing."],
    ["no token", { email: "e" }, "Nothing says where the token comes from."],
    [
      "variable and write-only",
      { email: "e", api_token_env: "A", api_token_wo: "x", api_token_wo_version: "1" },
      "api_token_env and api_token_wo are both written.",
    ],
    [
      "write-only without version",
      { email: "e", api_token_wo: "x" },
      "api_token_wo is written without api_token_wo_version, so a new value would never be noticed.",
    ],
    ["version without write-only", { email: "e", api_token_wo_version: "1" }, "api_token_wo_version is written without api_token_wo."],
  ])("with %s is judged", (_name, config, why) => {
    const found = judgeForms(FORMS, config);
    expect(found[0]?.why).toBe(why);
  });

  it("that holds a token where a name belongs does not repeat it", () => {
    const [diagnostic] = judgeForms(FORMS, { email: "e", api_token_env: "ATATT3x-secret-token" });
    expect(diagnostic?.code).toBe("credential-form");
    expect(JSON.stringify(diagnostic)).not.toContain("ATATT3x");
  });

  it("that names the provider's own variable gets a warning", () => {
    expect(judgeForms(FORMS, { email: "e", api_token_env: "BITBUCKET_API_TOKEN" })).toMatchObject([
      { code: "provider-credential-reused", severity: "warning" },
    ]);
  });
});

describe("an update", () => {
  const byVariable = (variable: string) => written({ email: "e", api_token_env: variable });
  const byVersion = (version: string) => written({ email: "e", api_token_wo_version: version });
  const otherLogin = (email: string | null) => written({ email, api_token_env: "A" });
  const stored = fingerprint("old");

  it.each<
    [string, ReturnType<typeof written> | undefined, ReturnType<typeof written>, Record<string, string>, string | null, string | null]
  >([
    ["an unchanged variable", byVariable("A"), byVariable("A"), { A: "old" }, null, stored],
    ["a new value", byVariable("A"), byVariable("A"), { A: "new" }, "new", fingerprint("new")],
    ["a variable that is not set here", byVariable("A"), byVariable("A"), {}, null, stored],
    ["another variable with the same value", byVariable("A"), byVariable("B"), { B: "old" }, null, stored],
    ["an import, with the variable set", undefined, byVariable("A"), { A: "new" }, "new", fingerprint("new")],
    ["an import, without it", undefined, byVariable("A"), {}, null, stored],
    ["the same version of a write-only token", byVersion("1"), byVersion("1"), {}, null, null],
    ["another version", byVersion("1"), byVersion("2"), {}, "written", null],
    ["another login in Spacelift", otherLogin("o"), byVariable("A"), { A: "old" }, "old", stored],
    ["another login in Spacelift, and no variable", otherLogin("o"), byVariable("A"), {}, null, stored],
    ["a credential of the other generation in Spacelift", otherLogin(null), byVariable("A"), { A: "old" }, "old", stored],
    ["another login beside the same version", written({ email: "o", api_token_wo_version: "1" }), byVersion("1"), {}, "written", null],
    ["a variable after write-only", byVersion("1"), byVariable("A"), { A: "old" }, "old", stored],
  ])("with %s sends what is new", (_name, before, now, environment, send, kept) => {
    expect(tokenForUpdate(before, now, environment, stored, "written")).toEqual({ send, fingerprint: kept });
  });

  it("of what somebody gave a credential of the other generation fails without the variable, and names it", () => {
    expect(() => tokenForUpdate(otherLogin(null), byVariable("A"), {}, stored, null)).toThrow(/A, and it is not set/);
  });

  it("to another variable that is not set fails and names it", () => {
    expect(() => tokenForUpdate(byVariable("A"), byVariable("B"), {}, stored, null)).toThrow(/B, and it is not set/);
  });
});

it("a create without its variable fails and names it", () => {
  expect(() => tokenForCreate(written({ email: "e", api_token_env: "A" }), {}, null)).toThrow(/variable A/);
});
