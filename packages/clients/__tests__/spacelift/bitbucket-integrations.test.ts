/** Bitbucket integrations: layouts of the input, the ways of not telling, gaps, and the secret's only way out. */
import { GraphQLError } from "graphql";
import { fingerprint } from "../../../domain";
import { stopServers } from "../http/stub-server";
import { unauthorized, type SpaceliftOptions } from "./stub-spacelift";
import { SECRET, stored, input, v2, v1, start, problemOf } from "./integration-fixture";

afterEach(stopServers);

describe("the layout of the input", () => {
  const plain = { labels: [], description: "", vcsChecks: "INDIVIDUAL" };
  it.each<[string, SpaceliftOptions, Record<string, unknown>, Record<string, unknown>]>([
    [
      "nested",
      { v2: "nested" },
      { customInput: { name: "Payments", isDefault: false, spaceID: "root", ...plain } },
      { customInput: { id: "payments", space: "root", ...plain } },
    ],
    [
      "nested with other type names",
      { v2: "nested", typeSuffix: "Two" },
      { customInput: { name: "Payments", isDefault: false, spaceID: "root", ...plain } },
      { customInput: { id: "payments", space: "root", ...plain } },
    ],
    [
      "flat",
      { v2: "flat" },
      { name: "Payments", isDefault: false, spaceId: "root", ...plain },
      { id: "payments", space: "root", ...plain },
    ],
    [
      "untold: the published one is assumed",
      { v2: "nested", introspection: "refused" },
      { customInput: { name: "Payments", isDefault: false, spaceID: "root", ...plain } },
      { customInput: { id: "payments", space: "root", ...plain } },
    ],
  ])("%s", async (_name, options, create, update) => {
    const server = await start(options);
    const { cloud: cloudIntegrations } = server.client().integrations;
    await cloudIntegrations.create(input, v2("token"));
    expect(server.variables("BitbucketCloudIntegrationCreateV2")).toEqual({
      input: { email: "ci@example.com", apiToken: "token", ...create },
    });
    await cloudIntegrations.update("payments", input, v2(null));
    expect(server.variables("BitbucketCloudIntegrationUpdateV2")).toEqual({
      input: { email: "ci@example.com", apiToken: null, ...update },
    });
    expect(server.operations().filter((operation) => operation === "Schema")).toHaveLength(1);
  });

  it("sends user name and app password beside the custom input in the first generation", async () => {
    const server = await start();
    const { cloud: cloudIntegrations } = server.client().integrations;
    await cloudIntegrations.create({ ...input, useGitCheckout: true, labels: ["x"] }, v1("password"));
    expect(server.variables("BitbucketCloudIntegrationCreate")).toEqual({
      username: "ci",
      appPassword: "password",
      customInput: {
        name: "Payments",
        isDefault: false,
        spaceID: "root",
        labels: ["x"],
        description: "",
        vcsChecks: "INDIVIDUAL",
        useGitCheckout: true,
      },
    });
    await cloudIntegrations.update("payments", input, v1(null));
    expect(server.variables("BitbucketCloudIntegrationUpdate")).toMatchObject({
      username: "ci",
      appPassword: null,
      customInput: { id: "payments" },
    });
  });

  it("refuses to update where nothing names the target, and sends nothing", async () => {
    const server = await start({ v2: "targetless" });
    const failure = await problemOf(server.client().integrations.cloud.update("payments", input, v2("token")));
    expect(failure.diagnostic.code).toBe("integration-input-unknown");
    expect(failure.diagnostic.why).toContain('no field for "id"');
    expect(failure.diagnostic.fix).toContain("default integration");
    expect(server.operations()).not.toContain("BitbucketCloudIntegrationUpdateV2");
  });

  it("says so where the server has no such generation", async () => {
    const server = await start({ v2: "absent" });
    const { cloud: cloudIntegrations } = server.client().integrations;
    expect(await cloudIntegrations.supports("v2")).toBe(false);
    expect(await cloudIntegrations.supports("v1")).toBe(true);
    const failure = await problemOf(cloudIntegrations.create(input, v2("token")));
    expect(failure.diagnostic.code).toBe("mutation-not-supported");
  });

  it.each([
    ["a value that matters", true, "integration-input-unknown"],
    ["nothing", null, undefined],
  ] as const)("of an older server without useGitCheckout is used when there is %s to put there", async (_name, useGitCheckout, code) => {
    const server = await start({ without: ["useGitCheckout", "email", "webhookSecret"] });
    const work = server.client().integrations.cloud.create({ ...input, useGitCheckout }, v2("token"));
    if (code === undefined) {
      const made = await work;
      expect(made).toMatchObject({
        gaps: [],
        integration: { own: { username: null }, useGitCheckout: null, webhookSecretFingerprint: null },
      });
    } else {
      expect((await problemOf(work)).diagnostic.code).toBe(code);
    }
  });

  it("names what is unknown when the server neither tells its schema nor has the mutation", async () => {
    const server = await start({ v2: "absent", introspection: "refused" });
    const failure = await problemOf(server.client().integrations.cloud.create(input, v2("token")));
    expect(failure.diagnostic.code).toBe("remote-request-rejected");
    expect(failure.diagnostic.why).toContain("bitbucketCloudIntegrationCreateV2");
    expect(failure.execution).toBe("no");
  });
});

describe("create", () => {
  it("answers with the integration and no gap", async () => {
    const server = await start();
    const made = await server.client().integrations.cloud.create(input, v2("token"));
    expect(made.gaps).toEqual([]);
    expect(made.integration).toEqual({
      id: "payments",
      name: "Payments",
      isDefault: false,
      spaceId: "root",
      labels: ["a"],
      description: "Pays",
      vcsChecks: "ALL",
      useGitCheckout: true,
      own: { email: "ci@example.com", username: null },
      webhookUrl: "https://hooks.example/payments",
      webhookSecretFingerprint: fingerprint(SECRET),
    });
  });

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ["a hidden secret", { webhookSecret: unauthorized }, ["webhookSecret"]],
    ["a hidden secret and URL", { webhookSecret: () => null, webhookUrl: unauthorized }, ["webhookUrl", "webhookSecret"]],
    [
      "a broken field",
      {
        labels: () => {
          throw new GraphQLError("labels are away");
        },
      },
      ["labels"],
    ],
  ])("with %s is a success that names its gaps, and is sent once", async (_name, fields, gaps) => {
    const server = await start({ resolvers: { bitbucketCloudIntegrationCreateV2: () => ({ ...stored, ...fields }) } });
    const made = await server.client().integrations.cloud.create(input, v2("token"));
    expect(made.integration.id).toBe("payments");
    expect([...made.gaps].sort()).toEqual([...gaps].sort());
    expect(server.operations().filter((name) => name === "BitbucketCloudIntegrationCreateV2")).toHaveLength(1);
  });

  it.each<[string, SpaceliftOptions, string, string]>([
    [
      "a refusal was not carried out",
      {
        resolvers: {
          bitbucketCloudIntegrationCreateV2: () => {
            throw new GraphQLError("name is taken");
          },
        },
      },
      "remote-request-rejected",
      "no",
    ],
    [
      "a missing permission was not carried out",
      { resolvers: { bitbucketCloudIntegrationCreateV2: unauthorized } },
      "remote-permission-denied",
      "no",
    ],
    [
      "an error below the field came after the work",
      {
        intercept: (name) =>
          name === "BitbucketCloudIntegrationCreateV2"
            ? {
                json: {
                  data: { [`b${name.slice(1)}`]: null },
                  errors: [{ message: "unauthorized", path: [`b${name.slice(1)}`, "webhookSecret"] }],
                },
              }
            : undefined,
      },
      "remote-permission-denied",
      "unknown",
    ],
    [
      "a lost answer",
      { intercept: (name) => (name.endsWith("CreateV2") ? { behavior: "reset" } : undefined) },
      "remote-unreachable",
      "unknown",
    ],
    [
      "a gateway's error",
      { intercept: (name) => (name.endsWith("CreateV2") ? { status: 502 } : undefined) },
      "remote-response-invalid",
      "unknown",
    ],
    ["null", { resolvers: { bitbucketCloudIntegrationCreateV2: () => null } }, "remote-response-invalid", "unknown"],
  ])("%s", async (_name, options, code, execution) => {
    const server = await start(options);
    const failure = await problemOf(server.client().integrations.cloud.create(input, v2("token")));
    expect(failure.diagnostic.code).toBe(code);
    expect(failure.execution).toBe(execution);
    expect(server.operations().filter((name) => name.endsWith("CreateV2"))).toHaveLength(1);
  });
});

describe("a token that ends while a change is made", () => {
  const field = "bitbucketCloudIntegrationCreateV2";
  const path = [field, "webhookSecret"];
  it.each<[string, unknown]>([
    ["told something", { data: { [field]: { ...stored, webhookSecret: null } }, errors: [{ message: "unauthorized", path }] }],
    ["told something, by a server that names no path", { data: { [field]: stored }, errors: [{ message: "unauthorized" }] }],
    ["failed below its field", { data: null, errors: [{ message: "unauthorized", path }] }],
  ])("does not send the change a second time when it %s", async (_name, json) => {
    const server = await start({
      intercept: (name) => (name.endsWith("CreateV2") ? { json } : name === "Viewer" ? { json: { data: { viewer: null } } } : undefined),
    });
    await Promise.allSettled([server.client().integrations.cloud.create(input, v2("token"))]);
    expect(server.operations().filter((name) => name.endsWith("CreateV2"))).toHaveLength(1);
  });
});
