/** The credential that Spacelift uses: by variable or write-only, set, unset and changed, in both generations of Spacelift's mutations. */
import { fingerprint } from "../../vocabulary/fingerprint";
import { configuration, errors, INTEGRATION, scenario, TOKEN, TOKEN_VARIABLE, warnings, type World } from "./world";

const only = (integration: object) => {
  const { resource } = configuration({ integration }) as { resource: Record<string, unknown> };
  return {
    resource: {
      bitlift_space: resource["bitlift_space"],
      bitlift_bitbucket_cloud_integration: resource["bitlift_bitbucket_cloud_integration"],
    },
  };
};

/** What Spacelift was sent, newest last: mutations of the integration with their variables, secrets as fingerprints. */
async function sent(world: World): Promise<readonly string[]> {
  const requests = (await world.control("spacelift", "requests")) as { body?: { query?: string; variables?: unknown } }[];
  return requests
    .filter((one) => (one.body?.query ?? "").includes("bitbucketCloudIntegration") && /^\s*mutation/.test(one.body?.query ?? ""))
    .map((one) => JSON.stringify(one.body));
}

describe("a credential in an environment variable", () => {
  scenario("rolls out by itself when its value changes", async (world) => {
    await world.write(only({}));
    await world.settle();
    const planned = await world.plan([], { [TOKEN_VARIABLE]: "a-newer-token-for-spacelift" });
    expect(planned.changes.map((change) => [change.address, change.actions.join()])).toEqual([[INTEGRATION, "update"]]);
    await world.settle({ [TOKEN_VARIABLE]: "a-newer-token-for-spacelift" });
    expect((await sent(world)).at(-1)).toContain(fingerprint("a-newer-token-for-spacelift"));
  });

  scenario("that is unset warns at plan, and leaves the token alone at apply", async (world) => {
    await world.write(only({}));
    await world.settle();
    await world.write(only({ description: "changed" }));
    const unset = { [TOKEN_VARIABLE]: undefined };
    const planned = await world.plan([], unset);
    expect(warnings(planned).join()).toContain(TOKEN_VARIABLE);
    expect(errors(await world.apply([], unset))).toEqual([]);
    expect((await sent(world)).at(-1)).not.toContain(fingerprint(TOKEN));
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN) });
    expect((await world.plan([], unset)).code).toBe(0);
    expect((await world.plan()).code).toBe(0);
  });

  scenario("that plan and apply see differently never ends in an inconsistent plan", async (world) => {
    await world.write(only({}));
    await world.settle();
    await world.write(only({ description: "changed" }));
    for (const [atPlan, atApply] of [
      [undefined, "second-token"],
      ["third-token", undefined],
      ["fourth-token", "fifth-token"],
    ]) {
      await world.write(only({ description: `changed ${String(atPlan)} ${String(atApply)}` }));
      const planned = await world.plan([], { [TOKEN_VARIABLE]: atPlan });
      expect(errors(await world.run(["apply", "-json", planned.file], { [TOKEN_VARIABLE]: atApply }))).toEqual([]);
    }
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint("fifth-token") });
  });

  scenario("is needed for a create, and for another variable or form", async (world) => {
    await world.write(only({}));
    const refused = await world.apply([], { [TOKEN_VARIABLE]: undefined });
    expect(errors(refused).join()).toMatch(new RegExp(`environment variable.*${TOKEN_VARIABLE}.*not set`, "s"));
    await world.settle();
    await world.write(only({ api_token_env: "OTHER_TOKEN" }));
    expect(errors(await world.apply()).join()).toContain("OTHER_TOKEN");
    await world.settle({ OTHER_TOKEN: TOKEN });
  });

  scenario("must not be one of the provider's own", async (world) => {
    await world.write(only({ api_token_env: "BITBUCKET_ACCESS_TOKEN" }));
    expect(warnings(await world.plan()).join()).toContain("The credential of the provider is used for the integration");
  });
});

describe("the write-only form", () => {
  scenario("sends the token when its version changes, on engines that have it; others are told which argument to use", async (world) => {
    const writeOnly = (token: string, version: string) =>
      only({ api_token_env: undefined, api_token_wo: token, api_token_wo_version: version });
    await world.write(writeOnly("written-only-once", "1"));
    if (!world.engine.writeOnly) {
      expect(errors(await world.plan()).join()).toMatch(/write-only.*api_token_env/s);
      return;
    }
    await world.settle();
    expect((await sent(world)).at(-1)).toContain(fingerprint("written-only-once"));
    expect(await world.stateFile()).not.toContain("written-only-once");
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: null, api_token_wo: null });
    const before = (await sent(world)).length;
    await world.write(writeOnly("another-value", "1"));
    expect((await world.plan()).code).toBe(0);
    await world.write(writeOnly("another-value", "2"));
    await world.settle();
    const after = await sent(world);
    expect(after.length).toBe(before + 1);
    expect(after.at(-1)).toContain(fingerprint("another-value"));
    // From one form to the other and back, in place: each change sends the token that is meant from then on.
    await world.write(only({}));
    await world.settle();
    expect((await sent(world)).at(-1)).toContain(fingerprint(TOKEN));
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: fingerprint(TOKEN), api_token_wo_version: null });
    await world.write(writeOnly("back-again-value", "2"));
    await world.settle();
    expect((await sent(world)).at(-1)).toContain(fingerprint("back-again-value"));
    expect(await world.state(INTEGRATION)).toMatchObject({ credential_fingerprint: null, api_token_env: null });
  });
});

describe("forms of a credential", () => {
  const cases: [string, object, RegExp][] = [
    ["none", { email: undefined, api_token_env: undefined }, /exactly one credential form/],
    ["two", { username: "bot", app_password_env: "APP_PASSWORD" }, /two forms are mixed/],
    ["an email without a token", { api_token_env: undefined }, /Nothing says where the token comes from/],
    ["a variable with an impossible name", { api_token_env: "not a name" }, /name of an environment variable/],
  ];
  scenario("are exactly one, and anything else is an error before any call", async (world) => {
    for (const [, integration, expected] of cases) {
      await world.write(only(integration));
      expect(errors(await world.plan()).join()).toMatch(expected);
    }
  });

  scenario("of the older generation work, with a warning", async (world) => {
    const old = only({ email: undefined, api_token_env: undefined, username: "spacelift-bot", app_password_env: "APP_PASSWORD" });
    await world.write(old);
    const planned = await world.plan([], { APP_PASSWORD: "app-password-value" });
    expect(warnings(planned).join()).toContain("app passwords");
    await world.settle({ APP_PASSWORD: "app-password-value" });
    expect((await sent(world)).at(-1)).toContain(fingerprint("app-password-value"));
    // From one generation to the other, in place.
    await world.write(only({}));
    await world.settle();
    expect(await world.state(INTEGRATION)).toMatchObject({ username: null, email: "spacelift@acme.example" });
  });

  for (const layout of ["nested", "flat"]) {
    scenario(`reach Spacelift in the ${layout} layout of its inputs`, async (world) => {
      await world.control("spacelift", "switches", { "v2-input": layout });
      await world.write(only({ labels: ["x"], description: "one", vcs_checks: "ALL" }));
      await world.settle();
      await world.write(only({ labels: [], description: "two" }));
      await world.settle();
      expect(await world.state(INTEGRATION)).toMatchObject({ id: "payments", labels: [], description: "two", vcs_checks: "INDIVIDUAL" });
    });
  }

  scenario("say so on a server without the newer generation", async (world) => {
    await world.control("spacelift", "switches", { "v2-input": "absent" });
    await world.write(only({}));
    expect(errors(await world.apply()).join()).toMatch(/no such mutation|has no mutation/);
  });
});
