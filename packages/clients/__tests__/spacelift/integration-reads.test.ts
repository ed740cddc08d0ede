/** Bitbucket integrations: lookups, changes, the webhook secret, and redaction. */
import { GraphQLError } from "graphql";
import { fingerprint } from "../../../domain";
import { LogLines, stopServers } from "../http/stub-server";
import { notFound, unauthorized, type Resolver } from "./stub-spacelift";
import { SECRET, stored, listed, input, v2, v1, start, problemOf } from "./integration-fixture";

afterEach(stopServers);

describe("find", () => {
  const nullFields = { ...stored, webhookUrl: null, webhookSecret: null, labels: null, description: null, vcsChecks: null };
  const spaces = () => [{ id: "root", name: "root", parentSpace: null }];
  it.each<[string, Resolver, readonly unknown[], string | null, string]>([
    ["visible", () => stored, [listed], "root", "found"],
    ["unauthorized, listed", unauthorized, [listed], "root", "hidden"],
    ["null object, listed", () => null, [listed], "root", "hidden"],
    ["null fields, listed", () => nullFields, [listed], "root", "hidden"],
    ["null, unlisted, Space visible", () => null, [], "root", "gone"],
    ["not found, unlisted, Space visible", notFound, [], "root", "gone"],
    ["null, unlisted, no Space known", () => null, [], null, "gone"],
    ["null, unlisted, Space hidden", () => null, [], "elsewhere", "integration-not-visible"],
    ["not found, unlisted, Space hidden", notFound, [], "elsewhere", "integration-not-visible"],
    ["unauthorized, unlisted", unauthorized, [], "root", "integration-not-visible"],
    ["null, and only an integration of another product is listed", () => null, [{ ...listed, provider: "GITLAB" }], "root", "gone"],
    ["a different integration than requested", () => ({ ...stored, id: "default" }), [listed], "root", "remote-response-invalid"],
    [
      "an error that only contains not found",
      () => {
        throw new GraphQLError("agent pool not found");
      },
      [],
      "root",
      "remote-request-rejected",
    ],
  ])("%s: %s", async (_name, bitbucketCloudIntegration, vcsIntegrations, space, expected) => {
    const server = await start({ resolvers: { bitbucketCloudIntegration, vcsIntegrations: () => vcsIntegrations, spaces } });
    const work = server.client().integrations.cloud.find("payments", space);
    if (["found", "hidden", "gone"].includes(expected)) {
      const found = await work;
      expect(found.state).toBe(expected);
      if (found.state === "hidden") expect(found).toMatchObject({ spaceId: "root", listing: { name: "Payments" } });
    } else {
      const failure = await problemOf(work);
      expect(failure.diagnostic.code).toBe(expected);
      expect(failure.kind).not.toBe("gone");
    }
  });

  it("returns a null fingerprint if only the secret is hidden", async () => {
    const server = await start({ resolvers: { bitbucketCloudIntegration: () => ({ ...stored, webhookSecret: unauthorized }) } });
    const found = await server.client().integrations.cloud.find("payments", "root");
    expect(found).toMatchObject({ state: "found", integration: { webhookSecretFingerprint: null, webhookUrl: stored.webhookUrl } });
  });

  it("finds a listed integration whose Space is hidden", async () => {
    const hiddenSpace = { ...listed, isDefault: true, space: unauthorized };
    const server = await start({ resolvers: { vcsIntegrations: () => [hiddenSpace], bitbucketCloudIntegration: unauthorized } });
    const { cloud: integrations } = server.client().integrations;
    expect(await integrations.findDefault()).toEqual({ id: "payments", name: "Payments", isDefault: true, spaceId: null });
    expect(await integrations.find("payments", "root")).toMatchObject({ state: "hidden", spaceId: "root" });
  });

  it("reads the list again before it contradicts the detail query", async () => {
    const server = await start({ resolvers: { vcsIntegrations: () => [listed], bitbucketCloudIntegration: () => stored } });
    const { cloud: integrations } = server.client().integrations;
    await integrations.list();
    server.replaceResolvers({ vcsIntegrations: () => [], bitbucketCloudIntegration: () => null });
    expect(await integrations.find("payments", "root")).toEqual({ state: "gone" });
  });

  it("by name requires the exact name and the same product", async () => {
    const others = [{ ...listed, id: "other", name: "payments" }, { ...listed, id: "gl", provider: "GITLAB" }, listed];
    const server = await start({
      resolvers: { vcsIntegrations: () => others, bitbucketCloudIntegration: ({ id }) => ({ ...stored, id }) },
    });
    const { cloud: integrations } = server.client().integrations;
    expect(await integrations.findByName("Payments")).toMatchObject({ state: "found", integration: { id: "payments" } });
    expect(await integrations.findByName("Pay")).toBeNull();
    expect(await integrations.findDefault()).toBeNull();
    expect(server.operations().filter((name) => name === "VcsIntegrations")).toHaveLength(1);
  });
});

describe("an empty id", () => {
  it("is never sent, because it would mean the default integration", async () => {
    const server = await start();
    const { cloud: integrations } = server.client().integrations;
    const attempts: (() => Promise<unknown>)[] = [
      () => integrations.find("", null),
      () => integrations.update("", input, v2("token")),
      () => integrations.remove(""),
      () => integrations.regenerateSecret(""),
      () => integrations.webhookSecret("", null),
    ];
    for (const attempt of attempts) expect((await problemOf(attempt())).diagnostic.code).toBe("value-missing");
    expect(server.requests).toHaveLength(0);
  });
});

describe("changes", () => {
  it("report a response with another integration", async () => {
    const server = await start({ resolvers: { bitbucketCloudIntegrationUpdateV2: () => ({ ...stored, id: "default" }) } });
    const failure = await problemOf(server.client().integrations.cloud.update("payments", input, v2(null)));
    expect(failure.diagnostic.code).toBe("remote-response-invalid");
    expect(failure.diagnostic.why).toContain('"default"');
  });

  it.each<[string, Resolver]>([
    ["null", () => null],
    ["not found", notFound],
  ])("remove treats %s as removed", async (_name, bitbucketCloudIntegrationDelete) => {
    const server = await start({ resolvers: { bitbucketCloudIntegrationDelete } });
    await server.client().integrations.cloud.remove("payments");
    expect(server.variables("BitbucketCloudIntegrationDelete")).toEqual({ id: "payments" });
  });

  it("remove reports a rejection", async () => {
    const server = await start({ resolvers: { bitbucketCloudIntegrationDelete: unauthorized } });
    expect((await problemOf(server.client().integrations.cloud.remove("payments"))).kind).toBe("not-permitted");
  });

  it("of a missing target are an error, and the target does not count as gone", async () => {
    const server = await start({ resolvers: { bitbucketCloudIntegrationUpdateV2: notFound } });
    const failure = await problemOf(server.client().integrations.cloud.update("payments", input, v2(null)));
    expect(failure.diagnostic.code).toBe("integration-not-found");
    expect(failure.kind).not.toBe("gone");
  });
});

describe("the webhook secret", () => {
  it("takes one request for many webhooks", async () => {
    const server = await start({ resolvers: { bitbucketCloudIntegration: () => stored } });
    const { cloud: integrations } = server.client().integrations;
    const secrets = await Promise.all(Array.from({ length: 20 }, () => integrations.webhookSecret("payments", fingerprint(SECRET))));
    secrets.push(await integrations.webhookSecret("payments", null));
    expect(new Set(secrets)).toEqual(new Set([SECRET]));
    expect(server.operations()).toEqual(["Login", "Schema", "BitbucketCloudIntegration"]);
  });

  it("takes no separate request after the integration was read", async () => {
    const server = await start({ resolvers: { bitbucketCloudIntegration: () => stored } });
    const { cloud: integrations } = server.client().integrations;
    await integrations.find("payments", "root");
    expect(await integrations.webhookSecret("payments", fingerprint(SECRET))).toBe(SECRET);
    expect(server.operations().filter((name) => name === "BitbucketCloudIntegration")).toHaveLength(1);
  });

  it("is read once more if it is not the expected one, for all callers with the same expectation", async () => {
    let secret = SECRET;
    const server = await start({ resolvers: { bitbucketCloudIntegration: () => ({ ...stored, webhookSecret: secret }) } });
    const { cloud: integrations } = server.client().integrations;
    await integrations.webhookSecret("payments", null);
    secret = "regenerated-manually";
    const reads = Array.from({ length: 5 }, () => integrations.webhookSecret("payments", fingerprint(secret)));
    expect(new Set(await Promise.all(reads))).toEqual(new Set([secret]));
    // No integration has this secret: it is read once more, and then never again.
    for (let round = 0; round < 3; round += 1) expect(await integrations.webhookSecret("payments", fingerprint("never"))).toBe(secret);
    expect(server.operations().filter((name) => name === "BitbucketCloudIntegration")).toHaveLength(3);
  });

  it("is the new one after it was regenerated, without another read", async () => {
    const server = await start({
      resolvers: {
        bitbucketCloudIntegration: () => stored,
        bitbucketCloudIntegrationRegenerateWebhookSecret: () => ({ ...stored, webhookSecret: "second-secret" }),
      },
    });
    const { cloud: integrations } = server.client().integrations;
    await integrations.webhookSecret("payments", null);
    const changed = await integrations.regenerateSecret("payments");
    expect(changed.webhookSecretFingerprint).toBe(fingerprint("second-secret"));
    expect(await integrations.webhookSecret("payments", changed.webhookSecretFingerprint)).toBe("second-secret");
    expect(server.operations().filter((name) => name === "BitbucketCloudIntegration")).toHaveLength(1);
  });

  it("is not stored from a read that started before a change", async () => {
    let release: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => (release = resolve));
    let reads = 0;
    const server = await start({
      resolvers: {
        bitbucketCloudIntegration: async () => {
          reads += 1;
          if (reads === 1) await blocked;
          return reads === 1 ? stored : { ...stored, webhookSecret: "second-secret" };
        },
        bitbucketCloudIntegrationDelete: () => stored,
      },
    });
    const { cloud: integrations } = server.client().integrations;
    const early = integrations.webhookSecret("payments", null);
    while (reads === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await integrations.remove("payments");
    release();
    await early;
    expect(await integrations.webhookSecret("payments", null)).toBe("second-secret");
  });

  it.each<[string, Resolver]>([
    ["unauthorized", unauthorized],
    ["a null object", () => null],
    ["null fields", () => ({ ...stored, webhookUrl: null, webhookSecret: null })],
    ["a null secret", () => ({ ...stored, webhookSecret: null })],
  ])("is null for a key that gets %s", async (_name, bitbucketCloudIntegration) => {
    const server = await start({ resolvers: { bitbucketCloudIntegration, vcsIntegrations: () => [listed] } });
    const { cloud: integrations } = server.client().integrations;
    for (let round = 0; round < 3; round += 1) expect(await integrations.webhookSecret("payments", null)).toBeNull();
    expect(server.operations().filter((name) => name === "BitbucketCloudIntegration")).toHaveLength(1);
  });

  it("of an unknown integration is an error", async () => {
    const server = await start({ resolvers: { bitbucketCloudIntegration: notFound } });
    expect((await problemOf(server.client().integrations.cloud.webhookSecret("payments", null))).diagnostic.code).toBe(
      "integration-not-found",
    );
  });
});

describe("redaction", () => {
  it("removes tokens and secrets from log lines and errors, even if the server repeats them", async () => {
    const log = new LogLines();
    const echo: Resolver = (args) => {
      throw new GraphQLError(`cannot use ${JSON.stringify(args)} with ${SECRET}`);
    };
    const server = await start({
      resolvers: {
        bitbucketCloudIntegration: () => stored,
        bitbucketCloudIntegrationCreateV2: echo,
        bitbucketCloudIntegrationUpdate: echo,
      },
    });
    const { cloud: integrations } = server.client({ log }).integrations;
    await integrations.webhookSecret("payments", null);
    const failures = [
      await problemOf(integrations.create(input, v2("ATATT-very-secret"))),
      await problemOf(integrations.update("payments", input, v1("app-password-1"))),
    ];
    const texts =
      failures.map((failure) => `${JSON.stringify(failure.diagnostic)} ${failure.message} ${failure.stack}`).join(" ") + log.text();
    const token = String(server.requests.at(-1)?.headers["authorization"]).replace("Bearer ", "");
    for (const secret of ["ATATT-very-secret", "app-password-1", SECRET, token, server.credentials.apiKeySecret])
      expect(texts).not.toContain(secret);
    expect(texts).toContain("(redacted)");
    expect(log.lines.length).toBeGreaterThan(3);
  });
});
