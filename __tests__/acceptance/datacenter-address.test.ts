/** The address of a Bitbucket Data Center server: the hosts that Spacelift uses, a private certificate authority, and several servers. */
import { startSandbox } from "../../packages/sandbox";
import {
  CLOUD,
  codeOf,
  DATACENTER,
  integrationReferences,
  repositoryFields,
  SandboxClient,
  type PreparedFolder,
} from "../../tools/harness";
import { configuration, configurationWithoutWebhooks } from "./configuration";
import { diagnosticLines, errorCodes, errors, warningCodes, warnings } from "./diagnostics";
import { addWebhook, attachStack, createIntegration } from "./outside-changes";
import { scenario } from "./scenario";

const { INTEGRATION, WEBHOOK } = DATACENTER;
const defaults = configuration(DATACENTER);

describe("the hosts of an integration", () => {
  const table: readonly (readonly [string, object, readonly string[]])[] = [
    ["the default hosts", {}, []],
    ["an API behind VCS agents", { api_host: "private://acme-pool/bitbucket" }, []],
    ["an API without encryption", { api_host: "http://bitbucket.acme.example" }, [`warning host-not-encrypted ${INTEGRATION} api_host`]],
    [
      "a page that people cannot open",
      { user_facing_host: "private://acme-pool" },
      [`warning user-facing-host-private ${INTEGRATION} user_facing_host`],
    ],
    [
      "an address of the REST API",
      { api_host: "https://bitbucket.acme.example/rest/api/1.0" },
      [`warning host-with-rest-path ${INTEGRATION} api_host`],
    ],
    ["a host without a scheme", { api_host: "bitbucket.acme.example" }, [`error value-not-allowed ${INTEGRATION} api_host`]],
  ];

  scenario("hosts are validated before anything is written, and valid hosts are stored unchanged", async ({ folder }) => {
    for (const [name, hosts, expected] of table) {
      await folder.write(configurationWithoutWebhooks(DATACENTER, hosts));
      const planned = await folder.plan();
      expect([name, diagnosticLines(planned)]).toEqual([name, expected]);
    }
    // The engine itself shows the configuration line; the text of the diagnostic must not repeat the password.
    await folder.write(configurationWithoutWebhooks(DATACENTER, { user_facing_host: "https://bot:pass-word@bitbucket.acme.example" }));
    const withPassword = await folder.plan();
    expect(diagnosticLines(withPassword)).toEqual([`error value-not-allowed ${INTEGRATION} user_facing_host`]);
    expect(errors(withPassword).join()).not.toContain("pass-word");
    for (const hosts of [{ api_host: "http://bitbucket.acme.example" }, { api_host: "private://acme-pool/bitbucket" }]) {
      await folder.write(configurationWithoutWebhooks(DATACENTER, hosts));
      await folder.applyAndReplan();
      expect(await folder.state(INTEGRATION)).toMatchObject(hosts);
    }
  });
});

scenario(
  "a private certificate authority is trusted if it is configured; without it, the error names the argument",
  async ({ folder, sandbox }) => {
    await folder.write(defaults);
    const untrusted = await folder.apply([], { BITBUCKET_DATACENTER_CA_CERTIFICATE: undefined });
    expect(new Set(errorCodes(untrusted))).toEqual(new Set(["remote-unreachable"]));
    expect(errors(untrusted).join()).toMatch(/ca_certificate|BITBUCKET_DATACENTER_CA_CERTIFICATE/);
    expect(await folder.state(WEBHOOK)).toBeUndefined();
    await folder.applyAndReplan();

    const { BITBUCKET_DATACENTER_URL: url, BITBUCKET_DATACENTER_CA_CERTIFICATE: ca_certificate } = sandbox.environment;
    const block = { url, access_token_env: "TOKEN_OF_THE_SERVER", ca_certificate };
    await folder.write({ ...defaults, provider: { bitlift: { bitbucket_datacenter: block } } });
    const variables = {
      TOKEN_OF_THE_SERVER: sandbox.environment["BITBUCKET_DATACENTER_TOKEN"],
      BITBUCKET_DATACENTER_URL: undefined,
      BITBUCKET_DATACENTER_TOKEN: undefined,
      BITBUCKET_DATACENTER_CA_CERTIFICATE: undefined,
    };
    const planned = await folder.plan([], variables);
    expect([planned.code, errors(planned)]).toEqual([0, []]);
  },
  { datacenterTls: true },
);

scenario(
  "two servers in one configuration, each with its own login, are two provider aliases",
  async ({ folder, remote }) => {
    const other = await startSandbox();
    try {
      const { url } = other.bitbucketDatacenter;
      const block = { url, access_token_env: "TOKEN_OF_THE_OTHER_SERVER" };
      const webhook = { ...repositoryFields(DATACENTER, "infrastructure"), ...integrationReferences(INTEGRATION) };
      const { [DATACENTER.webhook]: _, ...rest } = defaults.resource;
      await folder.write({
        provider: { bitlift: [{}, { alias: "other", bitbucket_datacenter: block }] },
        resource: {
          ...rest,
          [DATACENTER.webhook]: { infrastructure: webhook, other: { ...webhook, provider: "bitlift.other", title: "On the other server" } },
        },
      });
      const token = { TOKEN_OF_THE_OTHER_SERVER: other.environment["BITBUCKET_DATACENTER_TOKEN"] };
      await folder.applyAndReplan(token);
      expect(await new SandboxClient(other).webhooks(DATACENTER, "infrastructure")).toMatchObject([{ title: "On the other server" }]);
      expect(await remote.webhooks(DATACENTER, "infrastructure")).toMatchObject([{ title: "Spacelift (payments)" }]);

      expect(errors(await folder.destroy([], token))).toEqual([]);
      expect(await remote.webhooks(DATACENTER, "infrastructure")).toEqual([]);
    } finally {
      await other.stop();
    }
  },
  // Each alias needs its own process.
  { pluginStart: "by engine" },
);

scenario(
  "the provider detects a state that comes from another server, and does not change webhooks with the same ids",
  async ({ folder, sandbox }) => {
    await folder.write(defaults);
    await folder.applyAndReplan();
    const other = await startSandbox();
    try {
      const { BITBUCKET_DATACENTER_URL, BITBUCKET_DATACENTER_TOKEN } = other.environment;
      const elsewhere = { BITBUCKET_DATACENTER_URL, BITBUCKET_DATACENTER_TOKEN };
      // Both servers assign ids from 1, so webhooks and repositories have the same ids.
      const otherRemote = new SandboxClient(other);
      const webhook = { title: "Of another tool", url: "https://ci.acme.example/hook", events: ["pr:opened"] };
      for (let count = 0; count < 3; count++) await addWebhook(otherRemote, DATACENTER, "infrastructure", webhook);
      const before = await otherRemote.webhookResponses(DATACENTER, "infrastructure");

      const planned = await folder.plan([], elsewhere);
      expect(warningCodes(planned)).toEqual(["bitbucket-server-changed", "bitbucket-server-changed"]);
      expect(planned.output).toContain(String(sandbox.environment["BITBUCKET_DATACENTER_URL"]));
      expect(planned.changes.map(({ address, actions }) => [address, actions.join()]).sort()).toEqual(
        [WEBHOOK, DATACENTER.NETWORKING].map((address) => [address, "create"]).sort(),
      );

      // Without a refresh, the provider compares the servers only at apply.
      await folder.write(configuration(DATACENTER, { webhook: { title: "Changed" } }));
      const rejected = [
        "error bitbucket-server-changed bitlift_bitbucket_datacenter_webhook.infrastructure",
        "error bitbucket-server-changed bitlift_bitbucket_datacenter_webhook.networking",
      ];
      expect(diagnosticLines(await folder.apply(["-refresh=false"], elsewhere))).toEqual(rejected);
      const destroyed = await folder.destroy(["-refresh=false"], elsewhere);
      expect(errorCodes(destroyed)).toEqual(["bitbucket-server-changed", "bitbucket-server-changed"]);
      expect(await otherRemote.webhookResponses(DATACENTER, "infrastructure")).toEqual(before);
    } finally {
      await other.stop();
    }
    await folder.write(defaults);
    expect(await folder.plan()).toMatchObject({ code: 0, diagnostics: [] });
  },
);

/** Both default configurations, which share the Space. */
const both = () => ({ resource: { ...configuration(CLOUD).resource, ...defaults.resource } });
const idOf = async (folder: PreparedFolder, address: string) => (await folder.state(address))?.["id"];

scenario(
  "integrations of both products with the same name are independent: two URLs, two secrets, and separate consumers",
  async (harness) => {
    const { folder, remote } = harness;
    await folder.write(both());
    await folder.applyAndReplan();
    const [cloud, datacenter] = [await folder.state(CLOUD.INTEGRATION), await folder.state(INTEGRATION)];
    expect([cloud?.["id"], datacenter?.["id"]]).toEqual(["payments", "payments"]);
    expect(cloud?.["webhook_url"]).not.toBe(datacenter?.["webhook_url"]);
    expect(cloud?.["webhook_secret_fingerprint"]).not.toBe(datacenter?.["webhook_secret_fingerprint"]);

    // A consumer of one does not block the deletion of the other.
    await attachStack(harness, DATACENTER);
    const { [CLOUD.integration]: _, [CLOUD.webhook]: __, ...rest } = both().resource;
    await folder.write({ resource: rest });
    const planned = await folder.plan();
    expect(warnings(planned)).toEqual([]);
    expect(errors(await folder.applyPlan(planned))).toEqual([]);
    expect([await idOf(folder, CLOUD.INTEGRATION), await idOf(folder, INTEGRATION)]).toEqual([undefined, "payments"]);
    expect((await folder.plan()).code).toBe(0);

    // The default integration of the other product is not a second default.
    await createIntegration(remote, CLOUD, { settings: { name: "Manual", isDefault: true, spaceID: "root" } });
    await folder.write(configurationWithoutWebhooks(DATACENTER, { is_default: true, space_id: "root", detach_protection: false }));
    expect((await folder.plan()).diagnostics.map(codeOf)).not.toContain("duplicate-default");
  },
);
