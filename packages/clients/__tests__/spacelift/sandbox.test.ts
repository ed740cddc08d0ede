/** The client against the emulated Spacelift, whose switches play every form that nobody outside has confirmed. */
import { createClock, listen, type Listening, createSpacelift } from "../../../sandbox";
import type { Problem } from "../../../diagnostics";
import { fingerprint } from "../../../domain";
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

interface Play {
  readonly log: LogLines;
  readonly client: (key?: "admin" | "reader") => Spacelift;
}

async function play(switches: Readonly<Record<string, unknown>> = {}): Promise<Play> {
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
const SIDES = [
  {
    product: "cloud",
    credential: { generation: "v2", own: { email: "ci@example.com" }, token: TOKEN },
    told: { email: "ci@example.com", username: null },
  },
  { product: "datacenter", credential: { generation: "v1", own: hosts, token: TOKEN }, told: hosts },
] as const;
/** Forms that the inputs of both products have. */
const FORMS: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { "type-names": "renamed" },
  { introspection: "authenticated", "labels-null": "keeps" },
  { introspection: "off" },
  { absent: "not-found", "viewer-admin-field": "absent", "vcs-detached-field": "absent" },
];
/** Only Bitbucket Cloud has a second generation, whose layout is not published. */
const LAYOUTS: typeof FORMS = [
  { "v2-input": "flat", "space-field": "spaceID" },
  { "v2-input": "flat", "space-field": "space", "type-names": "renamed" },
  { "v2-input": "flat", "space-field": "spaceId" },
];

describe("the whole life of an integration", () => {
  it.each(
    SIDES.flatMap((side) =>
      [...FORMS, ...(side.product === "cloud" ? LAYOUTS : [])].map((switches) => [side.product, switches, side] as const),
    ),
  )("for %s with %j", async (product, switches, { credential, told }) => {
    const { client, log } = await play(switches);
    const all = client().integrations[product];
    const { integration, gaps } = await all.create(input, credential);
    expect(gaps).toEqual([]);
    expect(integration).toMatchObject({ ...input, own: told });
    expect(integration.webhookUrl).toContain("/integration/");
    const { id } = integration;
    expect(await all.find(id, "team")).toEqual({ state: "found", integration });
    expect(await all.findByName("Payments EU")).toEqual({ state: "found", integration });
    const secret = await all.webhookSecret(id, integration.webhookSecretFingerprint);
    expect(fingerprint(secret ?? "")).toBe(integration.webhookSecretFingerprint);
    const updated = await all.update(
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
    const rotated = await all.regenerateSecret(id);
    expect(rotated.webhookSecretFingerprint).not.toBe(integration.webhookSecretFingerprint);
    expect(rotated.webhookUrl).toBe(integration.webhookUrl);
    await all.remove(id);
    expect(await all.find(id, "root")).toEqual({ state: "gone" });
    await all.remove(id);
    const marks = listening?.log.read().flatMap((entry) => entry.marks);
    expect(marks).not.toContain("emptyId");
    for (const hidden of [TOKEN, "admin-secret", secret ?? ""]) expect(log.text()).not.toContain(hidden);
  });

  it.each([
    ["cloud", { username: "ci" }],
    ["datacenter", hosts],
  ] as const)("for %s on an older server", async (product, own) => {
    const { client } = await play({
      "v2-input": "absent",
      "email-field": "absent",
      "webhook-secret-field": "absent",
      "use-git-checkout-field": "absent",
    });
    const all = client().integrations[product];
    expect([await all.supports("v1"), await all.supports("v2")]).toEqual([true, false]);
    const { integration } = await all.create({ ...input, useGitCheckout: null }, { generation: "v1", own, token: "older-token" });
    expect(integration).toMatchObject({ own, webhookSecretFingerprint: null, useGitCheckout: null });
    expect(await all.webhookSecret(integration.id, null)).toBeNull();
    await all.update(integration.id, { ...input, useGitCheckout: null, description: "New" }, { generation: "v1", own, token: null });
    expect(await all.find(integration.id, "team")).toMatchObject({ integration: { description: "New" } });
  });
});

describe("a key without admin access", () => {
  it.each(["unauthorized", "null-object", "null-fields"])("finds an integration hidden when the server plays %s", async (hidden) => {
    const { client } = await play({ hidden });
    const { cloud: all } = client("reader").integrations;
    expect(await all.find("team", "team")).toMatchObject({ state: "hidden", spaceId: "team", listing: { name: "Team" } });
    expect(await all.webhookSecret("team", fingerprint("seeded-secret"))).toBeNull();
    expect(((await rejectionOf(all.remove("team"))) as Problem).kind).toBe("not-permitted");
  });

  it.each(["null", "not-found"])("does not take an integration of a hidden Space for gone when absence is %s", async (absent) => {
    for (const hidden of ["unauthorized", "null-object"]) {
      const { client } = await play({ absent, hidden });
      expect(((await rejectionOf(client("reader").integrations.cloud.find("nobody", "root"))) as Problem).diagnostic.code).toBe(
        "integration-not-visible",
      );
      await listening?.stop();
    }
  });

  it("knows that its view of the users is short", async () => {
    const { client } = await play();
    expect(await client("reader").usage.of({ provider: "BITBUCKET_CLOUD", id: "team" })).toMatchObject({
      complete: false,
      unseen: ["root"],
    });
    const whole = await client().usage.of({ provider: "BITBUCKET_CLOUD", id: "team" });
    expect(whole).toMatchObject({ complete: true, modules: [] });
    expect(whole.stacks).toMatchObject([{ id: "app", namespace: "acme", repository: "app", integrationId: "team", detached: false }]);
  });
});

describe("Spaces", () => {
  it.each(["null", "not-found"])("live and go when absence is %s", async (absent) => {
    const { client } = await play({ absent });
    const { spaces } = client();
    const made = await spaces.create({ name: "New", description: "", parentSpaceId: "team", inheritEntities: true, labels: ["x"] });
    expect(await spaces.find(made.id, "team")).toEqual({ state: "found", space: made });
    const changed = await spaces.update(made.id, {
      name: "Newer",
      description: "d",
      parentSpaceId: "root",
      inheritEntities: false,
      labels: [],
    });
    expect(changed).toEqual({ id: made.id, name: "Newer", description: "d", parentSpaceId: "root", inheritEntities: false, labels: [] });
    expect(((await rejectionOf(spaces.remove("team"))) as Problem).kind).toBe("bad-input");
    await spaces.remove(made.id);
    expect(await spaces.find(made.id, "root")).toEqual({ state: "gone" });
    await spaces.remove(made.id);
  });
});
