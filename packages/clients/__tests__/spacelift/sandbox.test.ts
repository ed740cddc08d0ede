/** The client against the emulated Spacelift, whose switches cover every undocumented behavior. */
import { createClock, listen, type Listening, createSpacelift } from "../../../sandbox";
import type { Problem } from "../../../diagnostics";
import { fingerprint, type BitbucketProduct } from "../../../domain";
import type { IntegrationAccess } from "../../spacelift/bitbucket-integrations";
import { Spacelift, type SpaceliftCredentials } from "../../spacelift/client";
import { rejectionOf, LogLines, settings } from "../http/stub-server";

const SEED = {
  accounts: [
    {
      name: "acme",
      keys: [
        { id: "01ADMIN", secret: "admin-secret", admin: true },
        { id: "01READER", secret: "reader-secret", roles: { team: "reader" as const } },
      ],
      spaces: [{ id: "team", name: "Team", parentSpace: "root" }],
      stacks: [
        {
          id: "app",
          name: "App",
          space: "team",
          provider: "BITBUCKET_CLOUD" as const,
          namespace: "acme",
          repository: "app",
          vcsIntegrationId: "team",
        },
      ],
      integrations: [
        {
          provider: "BITBUCKET_CLOUD" as const,
          name: "Team",
          space: "team",
          email: "ci@example.com",
          credential: "seeded",
          webhookSecret: "seeded-secret",
        },
      ],
    },
  ],
};

let listening: Listening | undefined;

afterEach(async () => {
  await listening?.stop();
  listening = undefined;
});

interface StartedSpacelift {
  readonly log: LogLines;
  readonly client: (key?: "admin" | "reader") => Spacelift;
}

async function start(switches: Readonly<Record<string, unknown>> = {}): Promise<StartedSpacelift> {
  const clock = createClock();
  let origin = "";
  const service = createSpacelift({ clock, origin: () => origin, webhooksOrigin: () => origin, seed: SEED, switches });
  listening = await listen(service, { clock });
  ({ origin } = listening);
  const log = new LogLines();
  const keys: Record<string, SpaceliftCredentials> = {
    admin: { endpoint: `${origin}/acme`, apiKeyId: "01ADMIN", apiKeySecret: "admin-secret" },
    reader: { endpoint: `${origin}/acme/graphql`, apiKeyId: "01READER", apiKeySecret: "reader-secret" },
  };
  return { log, client: (key = "admin") => new Spacelift(keys[key] as SpaceliftCredentials, settings({ log })) };
}

const input = {
  name: "Payments EU",
  isDefault: false,
  spaceId: "team",
  labels: ["a", "b"],
  description: "Pays",
  vcsChecks: "ALL",
  useGitCheckout: true,
};
const TOKEN = "ATATT-token";
const hosts = { apiHost: "https://bitbucket.example.com", userFacingHost: "https://bitbucket.example.com", username: "ci" };
interface ProductCase {
  readonly product: BitbucketProduct;
  readonly credential: IntegrationAccess;
  readonly productFields: Readonly<Record<string, string | null>>;
}
const PRODUCTS: readonly ProductCase[] = [
  {
    product: "cloud",
    credential: { generation: "v2", productFields: { email: "ci@example.com" }, token: TOKEN },
    productFields: { email: "ci@example.com", username: null },
  },
  { product: "datacenter", credential: { generation: "v1", productFields: hosts, token: TOKEN }, productFields: hosts },
];
/** Variants that concern both products. */
const VARIANTS: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { "type-names": "renamed" },
  { introspection: "authenticated", "labels-null": "keeps" },
  { introspection: "off" },
  { absent: "not-found", "viewer-admin-field": "absent", "vcs-detached-field": "absent" },
];
/** Only Bitbucket Cloud has a second generation of mutations, whose layout is not published. */
const CLOUD_VARIANTS: typeof VARIANTS = [
  { "v2-input": "flat", "space-field": "spaceID" },
  { "v2-input": "flat", "space-field": "space", "type-names": "renamed" },
  { "v2-input": "flat", "space-field": "spaceId" },
];

describe("an integration is created, read, changed, and removed", () => {
  it.each(
    PRODUCTS.flatMap((testCase) =>
      [...VARIANTS, ...(testCase.product === "cloud" ? CLOUD_VARIANTS : [])].map(
        (switches) => [testCase.product, switches, testCase] as const,
      ),
    ),
  )("for %s with %j", async (product, switches, { credential, productFields }) => {
    const { client, log } = await start(switches);
    const integrations = client().integrations[product];
    const { integration, gaps } = await integrations.create(input, credential);
    expect(gaps).toEqual([]);
    expect(integration).toMatchObject({ ...input, productFields });
    expect(integration.webhookUrl).toContain("/integration/");
    const { id } = integration;
    expect(await integrations.find(id, "team")).toEqual({ state: "found", integration });
    expect(await integrations.findByName("Payments EU")).toEqual({ state: "found", integration });
    const secret = await integrations.webhookSecret(id, integration.webhookSecretFingerprint);
    expect(fingerprint(secret ?? "")).toBe(integration.webhookSecretFingerprint);
    const updated = await integrations.update(
      id,
      { ...input, labels: [], description: "", vcsChecks: "INDIVIDUAL", spaceId: "root" },
      { ...credential, token: null },
    );
    expect(updated).toMatchObject({
      id,
      labels: [],
      description: "",
      vcsChecks: "INDIVIDUAL",
      spaceId: "root",
      webhookUrl: integration.webhookUrl,
    });
    expect(updated.webhookSecretFingerprint).toBe(integration.webhookSecretFingerprint);
    const rotated = await integrations.regenerateSecret(id);
    expect(rotated.webhookSecretFingerprint).not.toBe(integration.webhookSecretFingerprint);
    expect(rotated.webhookUrl).toBe(integration.webhookUrl);
    await integrations.remove(id);
    expect(await integrations.find(id, "root")).toEqual({ state: "gone" });
    await integrations.remove(id);
    const marks = listening?.log.read().flatMap((entry) => entry.marks);
    expect(marks).not.toContain("emptyId");
    for (const confidential of [TOKEN, "admin-secret", secret ?? ""]) expect(log.text()).not.toContain(confidential);
  });

  it.each([
    ["cloud", { username: "ci" }],
    ["datacenter", hosts],
  ] as const)("for %s on an older server", async (product, productFields) => {
    const { client } = await start({
      "v2-input": "absent",
      "email-field": "absent",
      "webhook-secret-field": "absent",
      "use-git-checkout-field": "absent",
    });
    const integrations = client().integrations[product];
    expect([await integrations.supports("v1"), await integrations.supports("v2")]).toEqual([true, false]);
    const { integration } = await integrations.create(
      { ...input, useGitCheckout: null },
      { generation: "v1", productFields, token: "older-token" },
    );
    expect(integration).toMatchObject({ productFields, webhookSecretFingerprint: null, useGitCheckout: null });
    expect(await integrations.webhookSecret(integration.id, null)).toBeNull();
    await integrations.update(
      integration.id,
      { ...input, useGitCheckout: null, description: "New" },
      { generation: "v1", productFields, token: null },
    );
    expect(await integrations.find(integration.id, "team")).toMatchObject({ integration: { description: "New" } });
  });
});

describe("a key without admin access", () => {
  it.each(["unauthorized", "null-object", "null-fields"])("finds an integration hidden if the server responds with %s", async (hidden) => {
    const { client } = await start({ hidden });
    const { cloud: integrations } = client("reader").integrations;
    expect(await integrations.find("team", "team")).toMatchObject({ state: "hidden", spaceId: "team", listing: { name: "Team" } });
    expect(await integrations.webhookSecret("team", fingerprint("seeded-secret"))).toBeNull();
    expect(((await rejectionOf(integrations.remove("team"))) as Problem).kind).toBe("not-permitted");
  });

  it.each(["null", "not-found"])("does not report an integration in a hidden Space as gone if missing objects are %s", async (absent) => {
    for (const hidden of ["unauthorized", "null-object"]) {
      const { client } = await start({ absent, hidden });
      expect(((await rejectionOf(client("reader").integrations.cloud.find("unknown", "root"))) as Problem).diagnostic.code).toBe(
        "integration-not-visible",
      );
      await listening?.stop();
    }
  });

  it("knows that its list of consumers is incomplete", async () => {
    const { client } = await start();
    expect(await client("reader").usage.ofIntegration({ provider: "BITBUCKET_CLOUD", id: "team" })).toMatchObject({
      complete: false,
      hiddenSpaces: ["root"],
    });
    const complete = await client().usage.ofIntegration({ provider: "BITBUCKET_CLOUD", id: "team" });
    expect(complete).toMatchObject({ complete: true, modules: [] });
    expect(complete.stacks).toMatchObject([{ id: "app", namespace: "acme", repository: "app", integrationId: "team", detached: false }]);
  });
});

describe("Spaces", () => {
  it.each(["null", "not-found"])("are created, changed, and removed if missing objects are %s", async (absent) => {
    const { client } = await start({ absent });
    const { spaces } = client();
    const created = await spaces.create({ name: "New", description: "", parentSpaceId: "team", inheritEntities: true, labels: ["x"] });
    expect(await spaces.find(created.id, "team")).toEqual({ state: "found", space: created });
    const changed = await spaces.update(created.id, {
      name: "Newer",
      description: "d",
      parentSpaceId: "root",
      inheritEntities: false,
      labels: [],
    });
    expect(changed).toEqual({ id: created.id, name: "Newer", description: "d", parentSpaceId: "root", inheritEntities: false, labels: [] });
    expect(((await rejectionOf(spaces.remove("team"))) as Problem).kind).toBe("bad-input");
    await spaces.remove(created.id);
    expect(await spaces.find(created.id, "root")).toEqual({ state: "gone" });
    await spaces.remove(created.id);
  });
});
