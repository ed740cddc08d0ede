/** Which token an update or a create sends. */
import { fingerprint } from "../../../domain";
import { declaredCredential, type ArgumentValue, type DeclaredCredential } from "../../credentials/credential-arguments";
import { tokenForCreate, tokenForUpdate } from "../../credentials/credential-token";
import { cloudForms } from "./cloud-forms";

function declare(values: Readonly<Record<string, ArgumentValue>>): DeclaredCredential {
  const credential = declaredCredential(cloudForms(values));
  if (credential === undefined) throw new Error("no credential is declared");
  return credential;
}

const byVariable = (variable: string) => declare({ email: "e", api_token_env: variable });
const byVersion = (version: string) => declare({ email: "e", api_token_wo_version: version });
const withLogin = (email: string | null) => declare({ email, api_token_env: "A" });
const STORED = fingerprint("old");

const missingVariable = (variable: string): unknown =>
  expect.objectContaining({
    diagnostic: expect.objectContaining({
      code: "credential-variable-not-set",
      at: ["api_token_env"],
      why: expect.stringContaining(`variable ${variable}`) as string,
    }) as unknown,
  });

describe("an update", () => {
  it.each<[string, DeclaredCredential | undefined, DeclaredCredential, Record<string, string>, string | null, string | null]>([
    ["nothing for an unchanged variable", byVariable("A"), byVariable("A"), { A: "old" }, null, STORED],
    ["a new value", byVariable("A"), byVariable("A"), { A: "new" }, "new", fingerprint("new")],
    ["nothing for a variable that is not set", byVariable("A"), byVariable("A"), {}, null, STORED],
    ["nothing for another variable with the same value", byVariable("A"), byVariable("B"), { B: "old" }, null, STORED],
    ["the variable after an import", undefined, byVariable("A"), { A: "new" }, "new", fingerprint("new")],
    ["nothing after an import if the variable is not set", undefined, byVariable("A"), {}, null, STORED],
    ["nothing after a move from another provider that stored the same token", undefined, byVariable("A"), { A: "old" }, null, STORED],
    ["nothing for the same version of a write-only token", byVersion("1"), byVersion("1"), {}, null, null],
    ["the write-only token if the version changed", byVersion("1"), byVersion("2"), {}, "write-only", null],
    ["the variable if someone changed the login in Spacelift", withLogin("o"), byVariable("A"), { A: "old" }, "old", STORED],
    ["nothing if someone changed the login and the variable is not set", withLogin("o"), byVariable("A"), {}, null, STORED],
    ["the variable if Spacelift has the other generation", withLogin(null), byVariable("A"), { A: "old" }, "old", STORED],
    [
      "the write-only token if the login changed with the same version",
      declare({ email: "o", api_token_wo_version: "1" }),
      byVersion("1"),
      {},
      "write-only",
      null,
    ],
    ["the variable after a write-only token", byVersion("1"), byVariable("A"), { A: "old" }, "old", STORED],
  ])("sends %s", (_case, prior, planned, environment, send, expectedFingerprint) => {
    expect(tokenForUpdate(prior, planned, environment, STORED, "write-only")).toEqual({ send, fingerprint: expectedFingerprint });
  });

  it.each<[string, DeclaredCredential, DeclaredCredential, string]>([
    ["Spacelift has a credential of the other generation", withLogin(null), byVariable("A"), "A"],
    ["the configuration names another variable", byVariable("A"), byVariable("B"), "B"],
  ])("fails without the variable if %s", (_case, prior, planned, variable) => {
    expect(() => tokenForUpdate(prior, planned, {}, STORED, null)).toThrow(missingVariable(variable) as Error);
  });
});

it("a create fails without its variable", () => {
  expect(() => tokenForCreate(byVariable("A"), {}, null)).toThrow(missingVariable("A") as Error);
});
