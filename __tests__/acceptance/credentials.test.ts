/** The credential that Spacelift uses: by variable or write-only, set, unset and changed, in both generations of Spacelift's mutations. */
import { fingerprint } from "../../packages/domain";
import { CLOUD } from "./bitbucket-cloud";
import { onlyIntegration } from "./configuration";
import { TOKEN, TOKEN_VARIABLE } from "./product";
import { PRODUCTS } from "./products";
import { integrationMutations } from "./requests";
import { errors, scenario, warnings } from "./world";

describe.each(PRODUCTS)("a credential in an environment variable, on $title", (product) => {
  const { INTEGRATION, token } = product;

  scenario("rolls out by itself when its value changes", async (world) => {
    await world.write(onlyIntegration(product, {}));
    await world.settle();
    const planned = await world.plan([], { [TOKEN_VARIABLE]: "a-newer-token-for-spacelift" });
    expect(planned.changes.map((change) => [change.address, change.actions.join()])).toEqual([[INTEGRATION, "update"]]);
    await world.settle({ [TOKEN_VARIABLE]: "a-newer-token-for-spacelift" });
    expect((await integrationMutations(world, product)).at(-1)).toContain(fingerprint("a-newer-token-for-spacelift"));
  });

  scenario("that is unset warns at plan, and leaves the token alone at apply", async (world) => {
    await world.write(onlyIntegration(product, {}));
    await world.settle();
    await world.write(onlyIntegration(product, { description: "changed" }));
    const unset = { [TOKEN_VARIABLE]: undefined };
    const planned = await world.plan([], unset);
    expect(warnings(planned).join()).toContain(TOKEN_VARIABLE);
    expect(errors(await world.apply([], unset))).toEqual([]);
    expect((await integrationMutations(world, product)).at(-1)).not.toContain(fingerprint(TOKEN));
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN) });
    expect((await world.plan([], unset)).code).toBe(0);
    expect((await world.plan()).code).toBe(0);
  });

  scenario("that plan and apply see differently never ends in an inconsistent plan", async (world) => {
    await world.write(onlyIntegration(product, {}));
    await world.settle();
    await world.write(onlyIntegration(product, { description: "changed" }));
    for (const [atPlan, atApply] of [
      [undefined, "second-token"],
      ["third-token", undefined],
      ["fourth-token", "fifth-token"],
    ]) {
      await world.write(onlyIntegration(product, { description: `changed ${String(atPlan)} ${String(atApply)}` }));
      const planned = await world.plan([], { [TOKEN_VARIABLE]: atPlan });
      expect(errors(await world.run(["apply", "-json", planned.file], { [TOKEN_VARIABLE]: atApply }))).toEqual([]);
    }
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint("fifth-token") });
  });

  scenario("is needed for a create, and for another variable or form", async (world) => {
    await world.write(onlyIntegration(product, {}));
    const refused = await world.apply([], { [TOKEN_VARIABLE]: undefined });
    expect(errors(refused).join()).toMatch(new RegExp(`environment variable.*${TOKEN_VARIABLE}.*not set`, "s"));
    await world.settle();
    await world.write(onlyIntegration(product, { [token.variable]: "OTHER_TOKEN" }));
    expect(errors(await world.apply()).join()).toContain("OTHER_TOKEN");
    await world.settle({ OTHER_TOKEN: TOKEN });
  });

  scenario("must not be one of the provider's own", async (world) => {
    await world.write(onlyIntegration(product, { [token.variable]: product.managing.variable }));
    expect(warnings(await world.plan()).join()).toContain("The credential of the provider is used for the integration");
  });
});

describe.each(PRODUCTS)("the write-only form, on $title", (product) => {
  const { INTEGRATION, token } = product;

  scenario("sends the token when its version changes, on engines that have it; others are told which argument to use", async (world) => {
    const writeOnly = (value: string, version: string) =>
      onlyIntegration(product, { [token.variable]: undefined, [token.writeOnly]: value, [token.version]: version });
    await world.write(writeOnly("written-only-once", "1"));
    if (!world.engine.writeOnly) {
      expect(errors(await world.plan()).join()).toMatch(new RegExp(`write-only.*${token.variable}`, "s"));
      return;
    }
    await world.settle();
    expect((await integrationMutations(world, product)).at(-1)).toContain(fingerprint("written-only-once"));
    expect(await world.stateFile()).not.toContain("written-only-once");
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: null, [token.writeOnly]: null });
    const before = (await integrationMutations(world, product)).length;
    await world.write(writeOnly("another-value", "1"));
    expect((await world.plan()).code).toBe(0);
    await world.write(writeOnly("another-value", "2"));
    await world.settle();
    const after = await integrationMutations(world, product);
    expect(after.length).toBe(before + 1);
    expect(after.at(-1)).toContain(fingerprint("another-value"));
    // From one form to the other and back, in place: each change sends the token that is meant from then on.
    await world.write(onlyIntegration(product, {}));
    await world.settle();
    expect((await integrationMutations(world, product)).at(-1)).toContain(fingerprint(TOKEN));
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN), [token.version]: null });
    await world.write(writeOnly("back-again-value", "2"));
    await world.settle();
    expect((await integrationMutations(world, product)).at(-1)).toContain(fingerprint("back-again-value"));
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: null, [token.variable]: null });
  });
});

describe.each(PRODUCTS)("the form of a credential, on $title", (product) => {
  const { variable } = product.token;
  const none = Object.fromEntries([...Object.keys(product.login), variable].map((argument) => [argument, undefined]));
  const cases: readonly (readonly [string, object, RegExp])[] = [
    ["a login without a token", { [variable]: undefined }, /Nothing says where the token comes from/],
    ["a variable with an impossible name", { [variable]: "not a name" }, /name of an environment variable/],
    ...(product === CLOUD
      ? ([
          ["none", none, /exactly one credential form/],
          ["two", { username: "bot", app_password_env: "APP_PASSWORD" }, /two forms are mixed/],
        ] as const)
      : ([["none", none, /username.*required|required.*username/is]] as const)),
  ];
  scenario("is exactly one, and anything else is an error before any call", async (world) => {
    for (const [name, integration, expected] of cases) {
      await world.write(onlyIntegration(product, integration));
      expect([name, errors(await world.plan()).join()]).toEqual([name, expect.stringMatching(expected)]);
    }
  });
});

describe("only Bitbucket Cloud has two generations of credentials", () => {
  const { INTEGRATION } = CLOUD;
  const only = (integration: object) => onlyIntegration(CLOUD, integration);

  scenario("the older one works, with a warning", async (world) => {
    const old = only({ email: undefined, api_token_env: undefined, username: "spacelift-bot", app_password_env: "APP_PASSWORD" });
    await world.write(old);
    const planned = await world.plan([], { APP_PASSWORD: "app-password-value" });
    expect(warnings(planned).join()).toContain("app passwords");
    await world.settle({ APP_PASSWORD: "app-password-value" });
    expect((await integrationMutations(world, CLOUD)).at(-1)).toContain(fingerprint("app-password-value"));
    // From one generation to the other, in place.
    await world.write(only({}));
    await world.settle();
    expect(await world.state(INTEGRATION)).toMatchObject({ username: null, email: "spacelift@acme.example" });
  });

  for (const layout of ["nested", "flat"]) {
    scenario(`the newer one reaches Spacelift in the ${layout} layout of its inputs`, async (world) => {
      await world.control("spacelift", "switches", { "v2-input": layout });
      await world.write(only({ labels: ["x"], description: "one", vcs_checks: "ALL" }));
      await world.settle();
      await world.write(only({ labels: [], description: "two" }));
      await world.settle();
      expect(await world.state(INTEGRATION)).toMatchObject({ id: "payments", labels: [], description: "two", vcs_checks: "INDIVIDUAL" });
    });
  }

  scenario("a server without the newer one is told", async (world) => {
    await world.control("spacelift", "switches", { "v2-input": "absent" });
    await world.write(only({}));
    expect(errors(await world.apply()).join()).toMatch(/no such mutation|has no mutation/);
  });
});
