/** Bitbucket integrations: layouts of the input, creation with gaps, and execution of failed changes. */
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
      "not disclosed: the published one is assumed",
      { v2: "nested", introspection: "rejected" },
      { customInput: { name: "Payments", isDefault: false, spaceID: "root", ...plain } },
      { customInput: { id: "payments", space: "root", ...plain } },
    ],
  ])("%s", async (_name, options, create, update) => {
    const server = await start(options);
    const { cloud: integrations } = server.client().integrations;
    await integrations.create(input, v2("token"));
    expect(server.variables("BitbucketCloudIntegrationCreateV2")).toEqual({
      input: { email: "ci@example.com", apiToken: "token", ...create },
    });
    await integrations.update("payments", input, v2(null));
    expect(server.variables("BitbucketCloudIntegrationUpdateV2")).toEqual({
      input: { email: "ci@example.com", apiToken: null, ...update },
    });
    expect(server.operations().filter((operation) => operation === "Schema")).toHaveLength(1);
  });

  it("sends username and app password next to the custom input in the first generation", async () => {
    const server = await start();
    const { cloud: integrations } = server.client().integrations;
    await integrations.create({ ...input, useGitCheckout: true, labels: ["x"] }, v1("password"));
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
    await integrations.update("payments", input, v1(null));
    expect(server.variables("BitbucketCloudIntegrationUpdate")).toMatchObject({
      username: "ci",
      appPassword: null,
      customInput: { id: "payments" },
    });
  });

  it("sends no update if the input has no field for the target", async () => {
    const server = await start({ v2: "targetless" });
    const failure = await problemOf(server.client().integrations.cloud.update("payments", input, v2("token")));
    expect(failure.diagnostic.code).toBe("integration-input-unknown");
    expect(failure.diagnostic.why).toContain('no field for "id"');
    expect(failure.diagnostic.fix).toContain("default integration");
    expect(server.operations()).not.toContain("BitbucketCloudIntegrationUpdateV2");
  });

  it("reports a generation that the server does not support", async () => {
    const server = await start({ v2: "absent" });
    const { cloud: integrations } = server.client().integrations;
    expect(await integrations.supports("v2")).toBe(false);
    expect(await integrations.supports("v1")).toBe(true);
    const failure = await problemOf(integrations.create(input, v2("token")));
    expect(failure.diagnostic.code).toBe("mutation-not-supported");
  });

  it.each([
    ["a value", true, "integration-input-unknown"],
    ["no value", null, undefined],
  ] as const)("of an older server without useGitCheckout, with %s for it", async (_name, useGitCheckout, code) => {
    const server = await start({ without: ["useGitCheckout", "email", "webhookSecret"] });
    const work = server.client().integrations.cloud.create({ ...input, useGitCheckout }, v2("token"));
    if (code === undefined) {
      const created = await work;
      expect(created).toMatchObject({
        gaps: [],
        integration: { productFields: { username: null }, useGitCheckout: null, webhookSecretFingerprint: null },
      });
    } else {
      expect((await problemOf(work)).diagnostic.code).toBe(code);
    }
  });

  it("names the unknown mutation if the server does not disclose its GraphQL schema", async () => {
    const server = await start({ v2: "absent", introspection: "rejected" });
    const failure = await problemOf(server.client().integrations.cloud.create(input, v2("token")));
    expect(failure.diagnostic.code).toBe("remote-request-rejected");
    expect(failure.diagnostic.why).toContain("bitbucketCloudIntegrationCreateV2");
    expect(failure.execution).toBe("no");
  });
});

describe("create", () => {
  it("returns the integration without gaps", async () => {
    const server = await start();
    const created = await server.client().integrations.cloud.create(input, v2("token"));
    expect(created.gaps).toEqual([]);
    expect(created.integration).toEqual({
      id: "payments",
      name: "Payments",
      isDefault: false,
      spaceId: "root",
      labels: ["a"],
      description: "Pays",
      vcsChecks: "ALL",
      useGitCheckout: true,
      productFields: { email: "ci@example.com", username: null },
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
          throw new GraphQLError("labels are unavailable");
        },
      },
      ["labels"],
    ],
  ])("with %s succeeds, names its gaps, and is sent once", async (_name, fields, gaps) => {
    const server = await start({ resolvers: { bitbucketCloudIntegrationCreateV2: () => ({ ...stored, ...fields }) } });
    const created = await server.client().integrations.cloud.create(input, v2("token"));
    expect(created.integration.id).toBe("payments");
    expect([...created.gaps].sort()).toEqual([...gaps].sort());
    expect(server.operations().filter((name) => name === "BitbucketCloudIntegrationCreateV2")).toHaveLength(1);
  });

  it.each<[string, SpaceliftOptions, string, string]>([
    [
      "a rejection means that nothing was executed",
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
      "a missing permission means that nothing was executed",
      { resolvers: { bitbucketCloudIntegrationCreateV2: unauthorized } },
      "remote-permission-denied",
      "no",
    ],
    [
      "an error below the field occurs after the execution",
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
      "a lost response",
      { intercept: (name) => (name.endsWith("CreateV2") ? { behavior: "reset" } : undefined) },
      "remote-unreachable",
      "unknown",
    ],
    [
      "an error of a gateway",
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

describe("a token that expires during a change", () => {
  const field = "bitbucketCloudIntegrationCreateV2";
  const path = [field, "webhookSecret"];
  it.each<[string, unknown]>([
    ["returned data", { data: { [field]: { ...stored, webhookSecret: null } }, errors: [{ message: "unauthorized", path }] }],
    ["returned data, without a path in the error", { data: { [field]: stored }, errors: [{ message: "unauthorized" }] }],
    ["failed below its field", { data: null, errors: [{ message: "unauthorized", path }] }],
  ])("does not send the change a second time if it %s", async (_name, json) => {
    const server = await start({
      intercept: (name) => (name.endsWith("CreateV2") ? { json } : name === "Viewer" ? { json: { data: { viewer: null } } } : undefined),
    });
    await Promise.allSettled([server.client().integrations.cloud.create(input, v2("token"))]);
    expect(server.operations().filter((name) => name.endsWith("CreateV2"))).toHaveLength(1);
  });
});
