/** The stack of a part of the file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformElement, TerraformOutput, Testing, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { spaceAddress, webhookAddress } from "../../packages/configuration";
import { selfSignedCertificate } from "../../packages/sandbox";
import { BitbucketStack } from "../../stacks";
import { expectGolden } from "../golden/golden";
import { EVERY_SETTING, SERVERS } from "./every-setting";
import { cloud, content, datacenter, server, space, type Content } from "./file-content";
import { addressesIn, synthesizePart } from "./synthesized-part";

it("synthesizes every setting", () => {
  expectGolden("every-setting", synthesizePart(EVERY_SETTING));
});

it("synthesizes several servers", () => {
  expectGolden("several-servers", synthesizePart(SERVERS));
});

describe("the login that manages webhooks on Bitbucket Cloud", () => {
  const loginIn = (given: Content) => synthesizePart({ integrations: [cloud("a")], ...given }).provider.bitlift[0];

  it("is that of the environment by default", () => {
    expect(loginIn({})).toEqual({});
  });

  it("can be an access token, also from an ephemeral variable", () => {
    expect(loginIn({ bitbucketCloud: { token: { env: "HOOKS" } } })).toEqual({ bitbucket_cloud: { access_token_env: "HOOKS" } });
    expect(loginIn({ bitbucketCloud: { token: { variable: "hooks" } } })).toEqual({ bitbucket_cloud: { access_token: "${var.hooks}" } });
  });

  describe.each([
    ["the only part", [{ name: "main", backend: undefined, spaces: ["a"], integrations: [], after: [] }], true],
    [
      "an empty part",
      [
        { name: "main", backend: undefined, spaces: [], integrations: [], after: [] },
        { name: "spaces", backend: undefined, spaces: ["a"], integrations: [], after: [] },
      ],
      true,
    ],
    [
      "the part of the Spaces",
      [
        { name: "spaces", backend: undefined, spaces: ["a"], integrations: [], after: [] },
        { name: "main", backend: undefined, spaces: [], integrations: [], after: [] },
      ],
      false,
    ],
  ] as const)("of %s without integrations", (_case, parts, isDeclared) => {
    it(
      isDeclared ? "stays, because the state may still hold webhooks to delete" : "is not asked for, because it never has webhooks",
      () => {
        const given = { bitbucketCloud: { token: { variable: "hooks" } }, spaces: [space("a")], parts };
        expect("variable" in synthesizePart(given)).toBe(isDeclared);
      },
    );
  });
});

it("declares a variable once for all settings that read it", () => {
  const credential = { email: "spacelift@acme.example", token: { variable: "payments" } };
  const { variable } = synthesizePart({ integrations: [cloud("payments", { credential }), cloud("b", { credential })] });
  expect(variable).toEqual({ payments: { ephemeral: true, sensitive: true, type: "string" } });
});

it("gives each setting that reads a variable its own version", () => {
  const credential = (version?: string) => ({
    email: "spacelift@acme.example",
    token: { variable: "payments", ...(version === undefined ? {} : { version }) },
  });
  const integrations = [cloud("a", { credential: credential() }), cloud("b", { credential: credential("2") })];
  const written = Object.values(synthesizePart({ integrations }).resource?.["bitlift_bitbucket_cloud_integration"] ?? {});
  expect(written.map((values) => values["api_token_wo_version"])).toEqual(["1", "2"]);
});

describe("the CA certificate of a server", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "authority-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const synthWithCertificate = (text: string | undefined) => {
    if (text !== undefined) writeFileSync(join(folder, "ca-${x}.pem"), text);
    const servers = [server("main", { caCertificate: "ca-${x}.pem" })];
    return () => synthesizePart({ path: join(folder, "bitlift.yaml"), servers, integrations: [datacenter("a", { server: "main" })] });
  };
  const CERTIFICATE = selfSignedCertificate().cert;

  it("is read from the folder of bitlift.yaml, and written as text, so that another machine can apply it", () => {
    const { provider } = synthWithCertificate(`# \${file("/etc/hostname")}\n${CERTIFICATE}`)();
    expect(provider.bitlift[1]?.["bitbucket_datacenter"]).toMatchObject({
      ca_certificate: `# $\${file("/etc/hostname")}\n${CERTIFICATE}`,
    });
  });

  it.each<[string, string | undefined, RegExp]>([
    ["a file that does not exist", undefined, /the file does not exist or cannot be read/],
    ["a file that is not a certificate", "hello", /the file contains no certificate in PEM form/],
    [
      "a file that also contains a private key",
      `${CERTIFICATE}-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBrZXk=\n`,
      /the file contains a private key/,
    ],
  ])("is rejected for %s, without its content in the message", (_, text, message) => {
    expect(synthWithCertificate(text)).toThrow(/caCertificate of the server "main" is "ca-\$\{x\}\.pem"/);
    expect(synthWithCertificate(text)).toThrow(message);
    expect(synthWithCertificate(text)).not.toThrow(/bm90/);
  });
});

describe("several parts", () => {
  const part = (name: string, spaces: readonly string[], integrations: readonly string[]) => ({
    name,
    backend: undefined,
    spaces,
    integrations,
    after: [],
  });
  const SPLIT: Content = {
    spaces: [
      space("platform", { name: "Platform" }),
      space("payments", { name: "Payments", parent: "platform", inherit: true }),
      space("legacy", { existing: { id: "legacy-01" } }),
      space("other"),
    ],
    integrations: [cloud("payments", { space: "payments" }), datacenter("ledger", { space: "legacy" })],
    parts: [part("spaces", ["platform", "payments", "other"], []), part("payments", [], ["payments"]), part("ledger", [], ["ledger"])],
  };

  it("keep the addresses of the undivided file", () => {
    const addresses = ["spaces", "payments", "ledger"].flatMap((name) => addressesIn(synthesizePart(SPLIT, name)));
    expect([...addresses].sort()).toEqual(addressesIn(synthesizePart({ spaces: SPLIT.spaces, integrations: SPLIT.integrations })));
  });

  it("look up the Spaces of other parts by name and parent, and only those that they need", () => {
    const { data, resource } = synthesizePart(SPLIT, "payments");
    expect(data).toEqual({
      bitlift_space: {
        "space-platform": { name: "Platform", parent_space_id: "root" },
        "space-payments": { name: "Payments", parent_space_id: "${data.bitlift_space.space-platform.id}" },
      },
    });
    expect(Object.values(resource?.["bitlift_bitbucket_cloud_integration"] ?? {})[0]?.["space_id"]).toBe(
      "${data.bitlift_space.space-payments.id}",
    );
    expect(synthesizePart(SPLIT, "ledger").data).toBeUndefined();
  });

  it("refer to no other stack", () => {
    const app = Testing.app();
    const configuration = content(SPLIT);
    const stacks = configuration.parts.map((each) => new BitbucketStack(app, each.name, configuration, each));
    for (const stack of stacks) stack.prepareStack();
    expect(stacks.flatMap((stack: TerraformStack) => stack.dependencies)).toEqual([]);
  });

  it("need the part as an argument", () => {
    expect(() => new BitbucketStack(Testing.app(), "main", content(SPLIT))).toThrow(
      /3 parts: spaces, payments, ledger[\s\S]*\(value-missing\)/,
    );
  });
});

describe("constructs that a program adds", () => {
  const stack = () => new BitbucketStack(Testing.app(), "main", content(EVERY_SETTING));

  it("use the Spaces and integrations of the file, and the expressions of CDKTF", () => {
    const added = stack();
    new TerraformOutput(added, "source", {
      value: added.integration("payments").stackSource({ repository: "acme-workspace/billing" }),
      staticId: true,
    });
    new TerraformOutput(added, "space", { value: `id: ${added.space("payments").spaceId} \${upper("x")}`, staticId: true });
    const { output } = JSON.parse(Testing.synth(added)) as { output: Record<string, { value: unknown }> };
    expect(output["source"]?.value).toEqual({
      id: `\${${webhookAddress("cloud", "payments", "acme-workspace/billing")}.integration_id}`,
      namespace: "acme-workspace",
    });
    expect(output["space"]?.value).toBe(`id: \${${spaceAddress("payments")}.id} \${upper("x")}`);
  });

  it("can have any ID that is not the key of the file", () => {
    const added = stack();
    expect(() => ["backend", "moved", "secrets", "bitlift"].map((id) => new Construct(added, id))).not.toThrow();
    expect(() => new TerraformElement(added, "server-main")).not.toThrow();
  });

  it("get an error that names the integrations of the part", () => {
    expect(() => stack().integration("paymnets")).toThrow(/no integration "paymnets"[\s\S]*payments, shared, company-wide/);
  });
});

it("reports findings of the construct rules", () => {
  const integrations = [cloud("x", { default: true, space: "a" }), cloud("y", { default: true })];
  expect(() => synthesizePart({ spaces: [space("a")], integrations })).toThrow(/default-outside-root[\s\S]*duplicate-default/);
});

describe("a text that looks like a template or a token", () => {
  const HOSTILE = '${file("/etc/hostname")}%{ if true }${TfToken[TOKEN.0]}#{TfToken[TOKEN.1]}';
  /** What stays: keys and references, and what the program reads itself. */
  const KEPT = [
    "key",
    "product",
    "place",
    "parent",
    "space",
    "server",
    "role",
    "vcsChecks",
    "replacementOrder",
    "slug",
    "namespace",
    "env",
    "variable",
  ];
  const hostile = (value: unknown, name = ""): unknown => {
    if (KEPT.includes(name)) return value;
    if (typeof value === "string") return `${HOSTILE}${value}`;
    if (Array.isArray(value)) return value.map((item) => hostile(item, name));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, hostile(item, field)]));
  };

  it("is escaped in every field, also where a rule would reject it", () => {
    const given = [EVERY_SETTING, SERVERS].map(
      ({ spaces, integrations, servers, bitbucketCloud }) => hostile({ spaces, integrations, servers, bitbucketCloud }) as Content,
    );
    for (const each of given) {
      const { parts } = content(each);
      const synthesized = Testing.synth(new BitbucketStack(Testing.app(), "main", content({ ...each, parts })), false);
      expect(synthesized).toContain("$${file(");
      expect(synthesized).not.toMatch(/(?<!\$)\$\{(file|TfToken)|(?<!%)%\{/);
      expect(synthesized.match(/file\(/g)?.length).toBe(synthesized.match(/#\{TfToken\[TOKEN\.1\]\}/g)?.length);
      expect(synthesized).not.toMatch(/[\uFDD0\uFDD1]/);
    }
  });
});

describe("the backend", () => {
  const terraform = (type: string, given: Readonly<Record<string, unknown>>) =>
    synthesizePart({ backend: { type, arguments: given } }).terraform;

  it.each(["s3", "remote", "http", "gcs"])("is written as configured: %s", (type) => {
    expect(terraform(type, { address: "x" })["backend"]).toEqual({ [type]: { address: "x" } });
  });

  it("is a cloud block for cloud", () => {
    const cloudBlock = { organization: "acme", workspaces: { name: "bitlift" } };
    expect(terraform("cloud", cloudBlock)).toMatchObject({ cloud: cloudBlock });
    expect(terraform("cloud", cloudBlock)).not.toHaveProperty("backend");
  });

  it.each([
    ["s3", { bucket: "x" }, undefined],
    ["cloud", { organization: "acme" }, "tfc"],
    ["remote", { hostname: "app.terraform.io" }, "tfc"],
    ["remote", { hostname: "tfe.acme.example" }, "tfe"],
  ])("writes metadata about where %s runs (%j)", (type, settings, expected) => {
    const stack = new BitbucketStack(Testing.app(), "main", content({ backend: { type, arguments: settings } }));
    const { "//": comment } = stack.toTerraform() as { "//": { metadata: Record<string, unknown> } };
    expect([comment.metadata["backend"], comment.metadata["cloud"]]).toEqual([type, expected]);
  });

  it.each([
    ["s3", "secret_key"],
    ["http", "password"],
    ["remote", "token"],
    ["pg", "conn_str"],
    ["azurerm", "client_secret"],
  ])("rejects a secret: %s with %s", (type, name) => {
    const buildWithSecret = () => terraform(type, { [name]: "not-a-real-secret" });
    expect(buildWithSecret).toThrow(new RegExp(`The backend "${type}" has the argument "${name}"`));
    expect(buildWithSecret).not.toThrow(/not-a-real-secret/);
  });

  it.each([[{ bucket: "${x}" }], [{ workspaces: [{ name: "%{ if true }" }] }], [{ tags: { "${x}": 1 } }]])(
    "rejects a template, which Terraform would take as it is and OpenTofu would evaluate: %j",
    (settings) => {
      expect(() => terraform("s3", settings)).toThrow(/read differently in a backend[\s\S]*\(value-not-allowed\)/);
    },
  );

  it("keeps texts that look like tokens of CDKTF", () => {
    expect(terraform("s3", { bucket: "#{TfToken[TOKEN.0]}" })["backend"]).toEqual({ s3: { bucket: "#{TfToken[TOKEN.0]}" } });
  });
});
