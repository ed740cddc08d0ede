/** The credential that Spacelift uses: in a variable or write-only; set, unset and changed; in both generations of Spacelift's mutations. */
import { fingerprint } from "../../packages/domain";
import { CLOUD, PRODUCTS } from "../../tools/harness";
import { configurationWithoutWebhooks, TOKEN, TOKEN_VARIABLE } from "./configuration";
import { errorCodes, errors, warningCodes, warnings } from "./diagnostics";
import { integrationMutations } from "./request-log";
import { scenario } from "./scenario";

describe.each(PRODUCTS)("a credential in an environment variable, on $title", (product) => {
  const { INTEGRATION, token } = product;

  scenario("a changed credential is sent again", async ({ folder, remote }) => {
    await folder.write(configurationWithoutWebhooks(product));
    await folder.applyAndReplan();
    const planned = await folder.plan([], { [TOKEN_VARIABLE]: "a-newer-token-for-spacelift" });
    expect(planned.changes.map((change) => [change.address, change.actions.join()])).toEqual([[INTEGRATION, "update"]]);
    await folder.applyAndReplan({ [TOKEN_VARIABLE]: "a-newer-token-for-spacelift" });
    expect((await integrationMutations(remote, product)).at(-1)).toContain(fingerprint("a-newer-token-for-spacelift"));
  });

  scenario("an unset variable causes a warning at plan, and an apply does not change the token", async ({ folder, remote }) => {
    await folder.write(configurationWithoutWebhooks(product));
    await folder.applyAndReplan();
    await folder.write(configurationWithoutWebhooks(product, { description: "changed" }));
    const unset = { [TOKEN_VARIABLE]: undefined };
    const planned = await folder.plan([], unset);
    expect(warningCodes(planned)).toEqual(["credential-change-not-checked"]);
    expect(warnings(planned).join()).toContain(TOKEN_VARIABLE);
    expect(errors(await folder.apply([], unset))).toEqual([]);
    expect((await integrationMutations(remote, product)).at(-1)).not.toContain(fingerprint(TOKEN));
    expect(await folder.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN) });
    expect((await folder.plan([], unset)).code).toBe(0);
    expect((await folder.plan()).code).toBe(0);
  });

  scenario("a credential that differs between plan and apply causes no inconsistent result", async ({ folder }) => {
    await folder.write(configurationWithoutWebhooks(product));
    await folder.applyAndReplan();
    await folder.write(configurationWithoutWebhooks(product, { description: "changed" }));
    for (const [index, [atPlan, atApply]] of [
      [undefined, "second-token"],
      ["third-token", undefined],
      ["fourth-token", "fifth-token"],
    ].entries()) {
      await folder.write(configurationWithoutWebhooks(product, { description: `changed ${index}` }));
      const planned = await folder.plan([], { [TOKEN_VARIABLE]: atPlan });
      expect(errors(await folder.applyPlan(planned, { [TOKEN_VARIABLE]: atApply }))).toEqual([]);
    }
    expect(await folder.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint("fifth-token") });
  });

  scenario("a credential is required for a create, and when the variable or the form changes", async ({ folder }) => {
    await folder.write(configurationWithoutWebhooks(product));
    const withoutToken = await folder.apply([], { [TOKEN_VARIABLE]: undefined });
    expect(errorCodes(withoutToken)).toEqual(["credential-variable-not-set"]);
    expect(errors(withoutToken).join()).toContain(TOKEN_VARIABLE);
    await folder.applyAndReplan();
    await folder.write(configurationWithoutWebhooks(product, { [token.variable]: "OTHER_TOKEN" }));
    const otherVariable = await folder.apply();
    expect(errorCodes(otherVariable)).toEqual(["credential-variable-not-set"]);
    expect(errors(otherVariable).join()).toContain("OTHER_TOKEN");
    await folder.applyAndReplan({ OTHER_TOKEN: TOKEN });
  });

  scenario("a credential that the provider also uses causes a warning", async ({ folder }) => {
    await folder.write(configurationWithoutWebhooks(product, { [token.variable]: product.providerTokenVariable }));
    expect(new Set(warningCodes(await folder.plan()))).toEqual(new Set(["provider-credential-reused"]));
  });
});

describe.each(PRODUCTS)("the write-only form, on $title", (product) => {
  const { INTEGRATION, token } = product;

  scenario(
    "the token is sent when its version changes; an engine without write-only arguments causes an error that names the other argument",
    async ({ folder, remote }) => {
      const writeOnly = (value: string, version: string) =>
        configurationWithoutWebhooks(product, { [token.variable]: undefined, [token.writeOnly]: value, [token.version]: version });
      await folder.write(writeOnly("written-only-once", "1"));
      if (!folder.engine.writeOnly) {
        const planned = await folder.plan();
        expect(errorCodes(planned)).toEqual(["write-only-not-supported"]);
        expect(errors(planned).join()).toContain(token.variable);
        return;
      }
      await folder.applyAndReplan();
      expect((await integrationMutations(remote, product)).at(-1)).toContain(fingerprint("written-only-once"));
      expect(await folder.stateFile()).not.toContain("written-only-once");
      expect(await folder.state(INTEGRATION)).toMatchObject({ credential_fingerprint: null, [token.writeOnly]: null });
      const before = (await integrationMutations(remote, product)).length;
      await folder.write(writeOnly("another-value", "1"));
      expect((await folder.plan()).code).toBe(0);
      await folder.write(writeOnly("another-value", "2"));
      await folder.applyAndReplan();
      const after = await integrationMutations(remote, product);
      expect(after.length).toBe(before + 1);
      expect(after.at(-1)).toContain(fingerprint("another-value"));
      // From one form to the other and back, in place: each change sends the new token.
      await folder.write(configurationWithoutWebhooks(product));
      await folder.applyAndReplan();
      expect((await integrationMutations(remote, product)).at(-1)).toContain(fingerprint(TOKEN));
      expect(await folder.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN), [token.version]: null });
      await folder.write(writeOnly("back-again-value", "2"));
      await folder.applyAndReplan();
      expect((await integrationMutations(remote, product)).at(-1)).toContain(fingerprint("back-again-value"));
      expect(await folder.state(INTEGRATION)).toMatchObject({ credential_fingerprint: null, [token.variable]: null });
    },
  );
});

describe.each(PRODUCTS)("the number of credentials, on $title", (product) => {
  const { variable } = product.token;
  const none = Object.fromEntries([...Object.keys(product.loginArguments), variable].map((argument) => [argument, undefined]));
  const cases: readonly (readonly [string, object, string])[] = [
    ["a login without a token", { [variable]: undefined }, "credential-form"],
    ["a variable with an invalid name", { [variable]: "not a name" }, "credential-form"],
    ...(product === CLOUD
      ? ([
          ["none", none, "credential-form"],
          ["two", { username: "bot", app_password_env: "APP_PASSWORD" }, "credential-form"],
        ] as const)
      : ([["none", none, "Missing required argument"]] as const)),
  ];
  scenario("an integration that does not have exactly one credential form causes an error at plan", async ({ folder }) => {
    for (const [name, integration, code] of cases) {
      await folder.write(configurationWithoutWebhooks(product, integration));
      expect([name, [...new Set(errorCodes(await folder.plan()))]]).toEqual([name, [code]]);
    }
  });
});

describe("the two generations of credentials, which only Bitbucket Cloud has", () => {
  const { INTEGRATION } = CLOUD;
  const withIntegration = (integration: object) => configurationWithoutWebhooks(CLOUD, integration);

  scenario("the older generation works, with a warning", async ({ folder, remote }) => {
    const appPassword = withIntegration({
      email: undefined,
      api_token_env: undefined,
      username: "spacelift-bot",
      app_password_env: "APP_PASSWORD",
    });
    await folder.write(appPassword);
    const planned = await folder.plan([], { APP_PASSWORD: "app-password-value" });
    expect(new Set(warningCodes(planned))).toEqual(new Set(["argument-deprecated"]));
    await folder.applyAndReplan({ APP_PASSWORD: "app-password-value" });
    expect((await integrationMutations(remote, CLOUD)).at(-1)).toContain(fingerprint("app-password-value"));
    // From one generation to the other, in place.
    await folder.write(withIntegration({}));
    await folder.applyAndReplan();
    expect(await folder.state(INTEGRATION)).toMatchObject({ username: null, email: "spacelift@acme.example" });
  });

  for (const layout of ["nested", "flat"]) {
    scenario(`the newer generation reaches Spacelift in the ${layout} layout of its inputs`, async ({ folder, remote }) => {
      await remote.control("spacelift", "switches", { "v2-input": layout });
      await folder.write(withIntegration({ labels: ["x"], description: "one", vcs_checks: "ALL" }));
      await folder.applyAndReplan();
      await folder.write(withIntegration({ labels: [], description: "two" }));
      await folder.applyAndReplan();
      expect(await folder.state(INTEGRATION)).toMatchObject({ id: "payments", labels: [], description: "two", vcs_checks: "INDIVIDUAL" });
    });
  }

  scenario("a server without the newer generation causes an error", async ({ folder, remote }) => {
    await remote.control("spacelift", "switches", { "v2-input": "absent" });
    await folder.write(withIntegration({}));
    expect(errorCodes(await folder.apply())).toEqual(["mutation-not-supported"]);
  });
});
