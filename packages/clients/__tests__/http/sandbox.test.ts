/** Both clients against a whole sandbox: the secret passes from Spacelift to Bitbucket, responses are lost, a repository is renamed. */
import { BitbucketCloud } from "../../bitbucket/cloud/client";
import type { IntegrationAccess } from "../../spacelift/bitbucket-integrations";
import { Spacelift } from "../../spacelift/client";
import type { Problem } from "../../../diagnostics";
import { startSandbox, type Sandbox, type Seed } from "../../../sandbox";
import { fingerprint } from "../../../domain";
import { rejectionOf, LogLines, settings } from "./stub-server";

const SEED: Seed = {
  spacelift: {
    accounts: [
      {
        name: "acme",
        keys: [{ id: "01ADMIN", secret: "admin-secret", admin: true }],
        spaces: [{ id: "team", name: "Team", parentSpace: "root" }],
      },
    ],
  },
  "bitbucket-cloud": {
    workspaces: [{ slug: "acme", repositories: [{ slug: "app" }] }],
    credentials: [
      { kind: "access-token", token: "ATCTT-admin", scopes: ["webhook", "repository", "pullrequest"], access: { "acme/*": "admin" } },
    ],
  },
};
const app = { namespace: "acme", repository: "app" };
const input = {
  name: "Payments",
  isDefault: false,
  spaceId: "team",
  labels: [],
  description: "",
  vcsChecks: "INDIVIDUAL",
  useGitCheckout: null,
};
const credential: IntegrationAccess = { generation: "v2", productFields: { email: "ci@example.com" }, token: "ATATT-reading" };

let sandbox: Sandbox;
let log: LogLines;
let spacelift: Spacelift;
let bitbucket: BitbucketCloud;

async function start(switches: Readonly<Record<string, unknown>> = {}): Promise<void> {
  sandbox = await startSandbox({ seed: SEED, switches: { "bitbucket-cloud": switches } });
  log = new LogLines();
  spacelift = new Spacelift(
    { endpoint: sandbox.spacelift.account("acme"), apiKeyId: "01ADMIN", apiKeySecret: "admin-secret" },
    settings({ log }),
  );
  bitbucket = new BitbucketCloud({ accessToken: "ATCTT-admin" }, sandbox.bitbucketCloud.apiUrl, settings({ log }));
}

afterEach(() => sandbox.stop());

async function control(origin: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${origin}/_sandbox/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** Makes a push. Returns its deliveries, with the statuses of Spacelift's responses. */
async function pushAndReadDeliveries(): Promise<string> {
  await fetch(`${sandbox.bitbucketCloud.origin}/_sandbox/deliveries`, { method: "DELETE" });
  await control(sandbox.bitbucketCloud.origin, "push", { workspace: "acme", repository: "app", branch: "main" });
  return (await fetch(`${sandbox.bitbucketCloud.origin}/_sandbox/deliveries`)).text();
}

const webhook = (url: string | null) => ({
  url: url ?? "",
  title: "Spacelift (payments)",
  active: true,
  events: ["repo:push"],
  verifyCertificate: true,
});

it("passes the secret from Spacelift to Bitbucket, so that deliveries are accepted, also after it is regenerated", async () => {
  await start();
  const { integration } = await spacelift.integrations.cloud.create(input, credential);
  const secret = await spacelift.integrations.cloud.webhookSecret(integration.id, integration.webhookSecretFingerprint);
  const created = await bitbucket.webhooks.create(app, webhook(integration.webhookUrl), secret ?? "");
  expect(await pushAndReadDeliveries()).toMatch(/"status":\s*200/);
  const rotated = await spacelift.integrations.cloud.regenerateSecret(integration.id);
  expect(await pushAndReadDeliveries()).toMatch(/"status":\s*401/);
  const newSecret = await spacelift.integrations.cloud.webhookSecret(integration.id, rotated.webhookSecretFingerprint);
  expect(fingerprint(newSecret ?? "")).toBe(rotated.webhookSecretFingerprint);
  await bitbucket.webhooks.replace(app, created.id, webhook(rotated.webhookUrl), newSecret ?? "", created.passthrough);
  expect(await pushAndReadDeliveries()).toMatch(/"status":\s*200/);
  for (const confidential of [secret ?? "", newSecret ?? "", "ATATT-reading", "ATCTT-admin", "admin-secret"])
    expect(log.text()).not.toContain(confidential);
});

describe("a change whose response is lost", () => {
  it.each([
    ["was executed", "reset-after", true],
    ["was not executed", "reset-before", false],
  ])("has an unknown execution, and a lookup shows that it %s", async (_name, kind, executed) => {
    await start();
    await control(sandbox.spacelift.origin, "faults", { operation: "bitbucketCloudIntegrationCreateV2", kind });
    const failure = (await rejectionOf(spacelift.integrations.cloud.create(input, credential))) as Problem;
    expect(failure.execution).toBe("unknown");
    const found = await spacelift.integrations.cloud.findByName("Payments");
    expect(found !== null).toBe(executed);
    await control(sandbox.bitbucketCloud.origin, "faults", { operation: "POST /2.0/repositories/:workspace/:repository/hooks", kind });
    const webhookFailure = (await rejectionOf(
      bitbucket.webhooks.create(app, webhook("https://webhooks.spacelift.io/x"), "s3cret-value"),
    )) as Problem;
    expect(webhookFailure.execution).toBe("unknown");
    expect(await bitbucket.webhooks.list(app)).toHaveLength(executed ? 1 : 0);
  });
});

it.each([
  [{ kind: "status", status: 502 }],
  [{ kind: "reset-before" }],
  [{ kind: "reset-after" }],
  [{ kind: "truncated" }],
  [{ kind: "delay", milliseconds: 50 }],
  [{ kind: "slow-body", milliseconds: 50 }],
  [{ kind: "status", status: 429, headers: { "retry-after": "0" } }],
])("a read recovers from %j", async (fault) => {
  await start();
  await control(sandbox.spacelift.origin, "faults", { operation: "spaces", ...fault });
  expect((await spacelift.spaces.list()).map((space) => space.id).sort()).toEqual(["root", "team"]);
});

it.each([["html"], ["wrong-shape"]])("a read does not treat %s as an object that is gone", async (kind) => {
  await start();
  await control(sandbox.spacelift.origin, "faults", { operation: "space", kind });
  const failure = (await rejectionOf(spacelift.spaces.get("team"))) as Problem;
  expect(failure.diagnostic.code).toBe("remote-response-invalid");
});

it("finds a renamed repository by its UUID, but not by its old name", async () => {
  await start();
  const before = await bitbucket.repositories.byName({ namespace: "acme", repository: "app" });
  await control(sandbox.bitbucketCloud.origin, "repository", { workspace: "acme", repository: "app", change: "rename", to: "payments" });
  expect(((await rejectionOf(bitbucket.webhooks.list(app, { fresh: true }))) as Problem).kind).toBe("gone");
  expect(await bitbucket.repositories.byId(before?.id ?? "")).toMatchObject({ namespace: "acme", slug: "payments" });
});

it("reads a renamed repository whose old name redirects, but does not write to it", async () => {
  await start({ "old-slug": "redirect" });
  await bitbucket.webhooks.create(app, webhook("https://webhooks.spacelift.io/x"), "s3cret-value");
  await control(sandbox.bitbucketCloud.origin, "repository", { workspace: "acme", repository: "app", change: "rename", to: "payments" });
  expect(await bitbucket.webhooks.list(app)).toMatchObject([{ repositoryName: "acme/payments" }]);
  const failure = (await rejectionOf(
    bitbucket.webhooks.create(app, webhook("https://webhooks.spacelift.io/y"), "s3cret-value"),
  )) as Problem;
  expect(failure.diagnostic.code).toBe("remote-redirect");
});
