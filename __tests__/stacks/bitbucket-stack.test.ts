/** The stack of the default app. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import cdktf from "../../cdktf.json";
import schema from "../../stacks/configuration.schema.json";
import { BitbucketStack } from "../../stacks/bitbucket-stack";
import { readConfiguration, type Configuration } from "../../stacks/configuration";
import { expectGolden } from "../golden/golden";

// The tests also pass configurations from JSON, which have no type.
const build = (configuration: unknown) => new BitbucketStack(Testing.app(), "bitbucket", readConfiguration(configuration));
const synth = (configuration: unknown) => JSON.parse(Testing.synth(build(configuration), true));

const EVERY_SETTING = {
  spaces: {
    production: { name: "Production", parent: "payments", inheritEntities: true },
    payments: { name: "Payments", description: "Of the team.", labels: ["team:payments"] },
    partner: { name: "Partner", parent: { id: "partners-01HN0BF3GMYZQ4NYVNQ1RKQ9M7" } },
  },
  integrations: {
    payments: {
      name: "Bitbucket for Payments",
      space: "payments",
      email: "spacelift@acme.example",
      apiTokenEnv: "PAYMENTS_BITBUCKET_API_TOKEN",
      labels: ["team:payments"],
      description: "For *payments*.",
      vcsChecks: "AGGREGATED",
      useGitCheckout: true,
      webhookSecretRotation: "2026-11",
      detachProtection: false,
      replacementOrder: "destroy-first",
      repositories: [
        "acme-workspace/infrastructure",
        {
          repository: "acme-workspace/billing",
          title: "Spacelift",
          additionalEvents: ["pullrequest:rejected"],
          active: true,
          skipCertificateVerification: true,
          adoptExisting: false,
        },
      ],
    },
    shared: {
      name: "Bitbucket",
      isDefault: true,
      username: "bot",
      appPasswordEnv: "APP_PASSWORD",
      repositories: ["acme-workspace/handbook"],
    },
  },
} satisfies Configuration;

it("synthesizes the configuration of this repository", () => {
  expectGolden("default-app", synth(cdktf.context.bitlift));
});

it("synthesizes every setting", () => {
  expectGolden("every-setting", synth(EVERY_SETTING));
});

/** Two servers, one of them behind VCS agents. */
const SERVERS = {
  spaces: { platform: { name: "Platform" } },
  bitbucketDatacenter: {
    main: { url: "https://bitbucket.acme.example", accessTokenEnv: "HOOKS_TOKEN" },
    old: { url: "https://old.acme.example/bitbucket", username: "hooks", passwordEnv: "HOOKS_PASSWORD" },
  },
  integrations: {
    platform: {
      product: "datacenter",
      server: "main",
      name: "Data Center for Platform",
      space: "platform",
      username: "spacelift",
      accessTokenEnv: "PLATFORM_TOKEN",
      labels: ["team:platform"],
      repositories: [
        { project: "PLAT", query: "terraform", role: "REPO_ADMIN", except: ["terraform-sandbox"], title: "Spacelift" },
        { project: "PLAT", key: "ansible", query: "ansible" },
        "~jdoe/dotfiles",
        { repository: "PAY/billing", additionalEvents: ["pr:declined"], verifyCertificate: false },
      ],
    },
    old: {
      product: "datacenter",
      server: "old",
      name: "Old Data Center",
      apiHost: "private://agents/bitbucket",
      username: "spacelift",
      accessTokenEnv: "OLD_TOKEN",
      repositories: ["INFRA/networking"],
    },
    elsewhere: {
      product: "datacenter",
      name: "Data Center of the environment",
      apiHost: "https://elsewhere.acme.example",
      userFacingHost: "https://code.acme.example",
      username: "spacelift",
      accessTokenEnv: "ELSEWHERE_TOKEN",
    },
    payments: {
      name: "Bitbucket for Payments",
      email: "spacelift@acme.example",
      apiTokenEnv: "PAYMENTS_BITBUCKET_API_TOKEN",
      repositories: [{ workspace: "acme-workspace", project: "PAY", role: "admin" }],
    },
  },
} satisfies Configuration;

it("synthesizes several servers and Bitbucket Cloud", () => {
  expectGolden("several-servers", synth(SERVERS));
});

it("covers every setting of the schema", () => {
  const declared = Object.values(schema.definitions).flatMap((definition) =>
    "properties" in definition ? Object.keys(definition.properties) : [],
  );
  const used = new Set<string>();
  JSON.stringify([EVERY_SETTING, SERVERS], (name, value: unknown) => {
    used.add(name);
    return value;
  });
  // caCertificateFile is the path of a file. Other tests cover it.
  const missing = [...new Set(declared)].filter((name) => !used.has(name) && name !== "caCertificateFile");
  expect(missing).toEqual([]);
});

describe("the CA certificate of a server", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "authority-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const synthWithCertificate = (text: string | undefined) => {
    const caCertificateFile = join(folder, "ca.pem");
    if (text !== undefined) writeFileSync(caCertificateFile, text);
    return () => synth({ bitbucketDatacenter: { main: { ...SERVERS.bitbucketDatacenter.main, caCertificateFile } } });
  };
  const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBvbmU=\n-----END CERTIFICATE-----\n";

  it("is written as text, so that the configuration can be applied on another machine", () => {
    const { provider } = synthWithCertificate(CERTIFICATE)();
    expect(provider.bitlift[1].bitbucket_datacenter).toMatchObject({ ca_certificate: CERTIFICATE });
  });

  it.each<[string, string | undefined, RegExp]>([
    ["a file that does not exist", undefined, /the file does not exist or cannot be read/],
    ["a file that is not a certificate", "hello", /the file is not a certificate in PEM format/],
    [
      "a file that also contains a private key",
      `${CERTIFICATE}-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBrZXk=\n`,
      /the file contains a private key/,
    ],
  ])("is rejected for %s, without its content in the message", (_, text, message) => {
    expect(synthWithCertificate(text)).toThrow(/bitbucketDatacenter\.main\.caCertificateFile is "[^"]*ca\.pem"/);
    expect(synthWithCertificate(text)).toThrow(message);
    expect(synthWithCertificate(text)).not.toThrow(/bm90/);
  });
});

it("keeps every address when names change and repositories are inserted", () => {
  const addresses = (configuration: Configuration) =>
    Object.entries(synth(configuration).resource as Record<string, object>).flatMap(([type, resources]) =>
      Object.keys(resources).map((name) => `${type}.${name}`),
    );
  const { spaces, integrations } = EVERY_SETTING;
  const { payments, ...others } = integrations;
  const repositories = ["acme-workspace/first", ...payments.repositories];
  const changed: Configuration = {
    spaces: { ...spaces, payments: { name: "Also renamed" } },
    integrations: { ...others, payments: { ...payments, name: "Renamed", repositories } },
  };
  expect(addresses(changed)).toEqual(expect.arrayContaining(addresses(EVERY_SETTING)));
});

it("reports findings of the construct rules", () => {
  const integration = { email: "a@b.c", apiTokenEnv: "T", isDefault: true };
  const configuration = {
    spaces: { a: { name: "A" } },
    integrations: { x: { ...integration, name: "X", space: "a" }, y: { ...integration, name: "Y" } },
  };
  expect(() => synth(configuration)).toThrow(/default-outside-root[\s\S]*duplicate-default/);
});

describe("the backend", () => {
  const terraform = (configuration: Configuration) => synth(configuration).terraform as Record<string, unknown>;

  it.each(["s3", "remote", "http", "gcs"])("is written as configured: %s", (type) => {
    expect(terraform({ backend: { [type]: { address: "x" } } })["backend"]).toEqual({ [type]: { address: "x" } });
  });

  it("is a cloud block for cloud", () => {
    const cloud = { organization: "acme", workspaces: { name: "bitlift" } };
    expect(terraform({ backend: { cloud } })).toMatchObject({ cloud });
    expect(terraform({ backend: { cloud } })).not.toHaveProperty("backend");
  });

  it.each([
    ["s3", { bucket: "x" }, undefined],
    ["cloud", { organization: "acme" }, "tfc"],
    ["remote", { hostname: "app.terraform.io" }, "tfc"],
    ["remote", { hostname: "tfe.acme.example" }, "tfe"],
  ])("writes metadata about where %s runs (%j)", (type, settings, cloud) => {
    const { "//": comment } = build({ backend: { [type]: settings } }).toTerraform() as { "//": { metadata: Record<string, unknown> } };
    expect([comment.metadata["backend"], comment.metadata["cloud"]]).toEqual([type, cloud]);
  });

  it.each([
    ["s3", "secret_key"],
    ["http", "password"],
    ["remote", "token"],
    ["pg", "conn_str"],
    ["azurerm", "client_secret"],
  ])("rejects a secret: %s with %s", (type, name) => {
    const buildWithSecret = () => build({ backend: { [type]: { [name]: "not-a-real-secret" } } });
    expect(buildWithSecret).toThrow(new RegExp(`The backend ${type} has the argument ${name}`));
    expect(buildWithSecret).not.toThrow(/not-a-real-secret/);
  });
});
