/** Where a Bitbucket Data Center server is: as Spacelift calls it, behind a certificate of its owner's, and one of several. */
import { startSandbox } from "../../packages/sandbox";
import { CLOUD } from "./bitbucket-cloud";
import { DATACENTER } from "./bitbucket-datacenter";
import { attachStack, createIntegration } from "./by-hand";
import { configuration, onlyIntegration } from "./configuration";
import { repositoryOf, wiredTo } from "./product";
import { told } from "./refusals";
import { codeOf, errors, scenario, warnings, type World } from "./world";

const { INTEGRATION, WEBHOOK } = DATACENTER;
const usual = configuration(DATACENTER);

describe("the hosts of an integration", () => {
  const table: readonly (readonly [string, object, readonly string[]])[] = [
    ["the usual ones", {}, []],
    ["an API behind VCS agents", { api_host: "private://acme-pool/bitbucket" }, []],
    ["an API without encryption", { api_host: "http://bitbucket.acme.example" }, [`warning host-not-encrypted ${INTEGRATION} api_host`]],
    [
      "a page that nobody can open",
      { user_facing_host: "private://acme-pool" },
      [`warning user-facing-host-private ${INTEGRATION} user_facing_host`],
    ],
    [
      "an address of the REST API",
      { api_host: "https://bitbucket.acme.example/rest/api/1.0" },
      [`warning host-with-rest-path ${INTEGRATION} api_host`],
    ],
    ["no address", { api_host: "bitbucket.acme.example" }, [`error value-not-allowed ${INTEGRATION} api_host`]],
  ];

  scenario("are judged before anything is written, and those that work are taken as they are", async (world) => {
    for (const [name, hosts, said] of table) {
      await world.write(onlyIntegration(DATACENTER, hosts));
      const planned = await world.plan();
      expect([name, told(planned)]).toEqual([name, said]);
    }
    // The engine shows the line of the configuration; what we say does not repeat it.
    await world.write(onlyIntegration(DATACENTER, { user_facing_host: "https://bot:pass-word@bitbucket.acme.example" }));
    expect(errors(await world.plan()).join()).toMatch(/^(?!.*pass-word).*carries a user name or password/s);
    for (const hosts of [{ api_host: "http://bitbucket.acme.example" }, { api_host: "private://acme-pool/bitbucket" }]) {
      await world.write(onlyIntegration(DATACENTER, hosts));
      await world.settle();
      expect(await world.state(INTEGRATION)).toMatchObject(hosts);
    }
  });
});

scenario(
  "a certificate of the owner's own authority is trusted where it is given, and the refusal names the argument",
  async (world) => {
    await world.write(usual);
    const unknown = await world.apply([], { BITBUCKET_DATACENTER_CA_CERTIFICATE: undefined });
    expect(errors(unknown).join()).toMatch(/certificate.*(ca_certificate|BITBUCKET_DATACENTER_CA_CERTIFICATE)/s);
    expect(await world.state(WEBHOOK)).toBeUndefined();
    await world.settle();

    const { BITBUCKET_DATACENTER_URL: url, BITBUCKET_DATACENTER_CA_CERTIFICATE: ca_certificate } = world.sandbox.environment;
    const block = { url, access_token_env: "TOKEN_OF_THE_SERVER", ca_certificate };
    await world.write({ ...usual, provider: { bitlift: { bitbucket_datacenter: block } } });
    const variables = {
      TOKEN_OF_THE_SERVER: world.sandbox.environment["BITBUCKET_DATACENTER_TOKEN"],
      BITBUCKET_DATACENTER_URL: undefined,
      BITBUCKET_DATACENTER_TOKEN: undefined,
      BITBUCKET_DATACENTER_CA_CERTIFICATE: undefined,
    };
    const planned = await world.plan([], variables);
    expect([planned.code, errors(planned)]).toEqual([0, []]);
  },
  { datacenterTls: true },
);

scenario("two servers in one configuration, each with its own login, are two providers by alias", async (world) => {
  const other = await startSandbox();
  try {
    const { url } = other.bitbucketDatacenter;
    const block = { url, access_token_env: "TOKEN_OF_THE_OTHER_SERVER" };
    const webhook = { ...repositoryOf(DATACENTER, "infrastructure"), ...wiredTo(INTEGRATION) };
    const { [DATACENTER.webhook]: _, ...rest } = usual.resource;
    await world.write({
      provider: { bitlift: [{}, { alias: "other", bitbucket_datacenter: block }] },
      resource: {
        ...rest,
        [DATACENTER.webhook]: { infrastructure: webhook, other: { ...webhook, provider: "bitlift.other", title: "On the other server" } },
      },
    });
    const token = { TOKEN_OF_THE_OTHER_SERVER: other.environment["BITBUCKET_DATACENTER_TOKEN"] };
    await world.settle(token);
    const there = await fetch(`${url}/rest/api/1.0${DATACENTER.path("infrastructure")}/webhooks`, {
      headers: { authorization: DATACENTER.rest(other.environment).authorization },
    });
    expect(await there.json()).toMatchObject({ values: [{ name: "On the other server" }] });
    expect(await world.hooks(DATACENTER, "infrastructure")).toMatchObject([{ title: "Spacelift (payments)" }]);

    expect(errors(await world.destroy(token))).toEqual([]);
    expect(await world.hooks(DATACENTER, "infrastructure")).toEqual([]);
  } finally {
    await other.stop();
  }
});

scenario(
  "a state that was made at one server does not go unnoticed to another, whose webhooks of these numbers are left alone",
  async (world) => {
    await world.write(usual);
    await world.settle();
    const other = await startSandbox();
    try {
      const { BITBUCKET_DATACENTER_URL, BITBUCKET_DATACENTER_TOKEN } = other.environment;
      const elsewhere = { BITBUCKET_DATACENTER_URL, BITBUCKET_DATACENTER_TOKEN };
      // Both servers count from one: webhooks of the same numbers, in repositories of the same numbers.
      const { url, authorization } = DATACENTER.rest(other.environment);
      const hooksOf = `${url}${DATACENTER.path("infrastructure")}/webhooks`;
      const headers = { authorization, "content-type": "application/json" };
      const body = JSON.stringify({ name: "Of another tool", url: "https://ci.acme.example/hook", events: ["pr:opened"] });
      for (let count = 0; count < 3; count++) await fetch(hooksOf, { method: "POST", headers, body });
      const theirs: unknown = await (await fetch(hooksOf, { headers })).json();

      const planned = await world.plan([], elsewhere);
      expect(planned.said.map(codeOf)).toEqual(["bitbucket-server-changed", "bitbucket-server-changed"]);
      expect(planned.output).toContain(String(world.sandbox.environment["BITBUCKET_DATACENTER_URL"]));
      expect(planned.changes.map(({ address, actions }) => [address, actions.join()]).sort()).toEqual(
        [WEBHOOK, DATACENTER.NETWORKING].map((address) => [address, "create"]).sort(),
      );

      // Without a look nothing can be told.
      await world.write(configuration(DATACENTER, { webhook: { title: "Changed" } }));
      const refused = [
        "error bitbucket-server-changed bitlift_bitbucket_datacenter_webhook.infrastructure",
        "error bitbucket-server-changed bitlift_bitbucket_datacenter_webhook.networking",
      ];
      expect(told(await world.apply(["-refresh=false"], elsewhere))).toEqual(refused);
      const destroyed = await world.run(["destroy", "-json", "-input=false", "-auto-approve", "-refresh=false"], elsewhere);
      expect(destroyed.said.map(codeOf)).toEqual(["bitbucket-server-changed", "bitbucket-server-changed"]);
      expect(await (await fetch(hooksOf, { headers })).json()).toEqual(theirs);
    } finally {
      await other.stop();
    }
    await world.write(usual);
    expect(await world.plan()).toMatchObject({ code: 0, said: [] });
  },
);

/** Both usual configurations, which share the Space. */
const both = () => ({ resource: { ...configuration(CLOUD).resource, ...usual.resource } });
const idOf = async (world: World, address: string) => (await world.state(address))?.["id"];

scenario("integrations of both products under one name are two, with two addresses, two secrets, and users of their own", async (world) => {
  await world.write(both());
  await world.settle();
  const [cloud, datacenter] = [await world.state(CLOUD.INTEGRATION), await world.state(INTEGRATION)];
  expect([cloud?.["id"], datacenter?.["id"]]).toEqual(["payments", "payments"]);
  expect(cloud?.["webhook_url"]).not.toBe(datacenter?.["webhook_url"]);
  expect(cloud?.["webhook_secret_fingerprint"]).not.toBe(datacenter?.["webhook_secret_fingerprint"]);

  // Who uses the one does not stand in the way of the other.
  await attachStack(world, DATACENTER);
  const { [CLOUD.integration]: _, [CLOUD.webhook]: __, ...rest } = both().resource;
  await world.write({ resource: rest });
  const planned = await world.plan();
  expect(warnings(planned)).toEqual([]);
  expect(errors(await world.run(["apply", "-json", planned.file]))).toEqual([]);
  expect([await idOf(world, CLOUD.INTEGRATION), await idOf(world, INTEGRATION)]).toEqual([undefined, "payments"]);
  expect((await world.plan()).code).toBe(0);

  // A default of the other product is no second default.
  await createIntegration(world, CLOUD, { settings: { name: "By hand", isDefault: true, spaceID: "root" } });
  await world.write(onlyIntegration(DATACENTER, { is_default: true, space_id: "root", detach_protection: false }));
  expect((await world.plan()).said.map(codeOf)).not.toContain("duplicate-default");
});
