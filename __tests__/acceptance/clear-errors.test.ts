/** Each refusal has its code, stands at the object (and where it can, at the argument) that it is about, and says what to do. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DEFAULT_SEED } from "../../sandbox/seed.default";
import { configuration, INTEGRATION, scenario, SPACE, TOKEN_VARIABLE, WEBHOOK, type Ran, type World } from "./world";

const READER = { SPACELIFT_API_KEY_ID: "01READER000000000000000000", SPACELIFT_API_KEY_SECRET: "reader-secret-of-the-sandbox" };

/** `error name-taken bitlift_space.payments parent_space_id`, sorted, each once. */
function told(ran: Ran): readonly string[] {
  const lines = ran.said.map(({ severity, detail, address, attribute }) => {
    const code = /\(([a-z-]+)\)\s*$/.exec(detail)?.[1] ?? detail;
    const argument = /^"(\w+)":/.exec(attribute ?? "")?.[1];
    return [severity, code, address ?? "-", ...(argument === undefined ? [] : [argument])].join(" ");
  });
  return [...new Set(lines)].sort();
}

/** What the diagnostics at an object say. */
const textAt = (ran: Ran, address: string) =>
  ran.said
    .filter((one) => one.address === address)
    .map((one) => one.detail)
    .join("\n");

const NETWORKING = "bitlift_bitbucket_cloud_webhook.networking";
const bitbucket = "bitbucket-cloud";

type Variables = Readonly<Record<string, string | undefined>>;

interface Row {
  readonly variables?: (world: World, elsewhere: string) => Variables;
  /** Faults by service. */
  readonly faults?: (elsewhere: string) => readonly (readonly ["spacelift" | "bitbucket-cloud", Readonly<Record<string, unknown>>])[];
  readonly arrange?: (world: World) => Promise<unknown>;
  readonly undo?: (world: World) => Promise<unknown>;
  readonly told: readonly string[];
  readonly at: string;
  readonly says: RegExp;
}

const everyWebhook = (code: string) => [`error ${code} ${WEBHOOK}`, `error ${code} ${NETWORKING}`];
const login = (form: Variables) => () => ({ BITBUCKET_ACCESS_TOKEN: undefined, ...form });
const repository = (change: string) => (world: World) =>
  world.control(bitbucket, "repository", { workspace: "acme-workspace", repository: "infrastructure", change });
const answer = (operation: string, body: unknown) => ["spacelift", { operation, kind: "status", status: 200, times: 50, body }] as const;

/** On a configuration that is applied and in order. */
const READS: Readonly<Record<string, Row>> = {
  "a repository that the credential does not see": {
    arrange: repository("hide"),
    undo: repository("show"),
    told: [`warning repository-not-found ${WEBHOOK}`],
    at: WEBHOOK,
    says: /acme-workspace\/infrastructure.*the two cannot be told apart.*state of its webhook is kept.*give the credential access/s,
  },
  "a Bitbucket credential without admin on the repository": {
    variables: () => ({ BITBUCKET_ACCESS_TOKEN: "token-of-a-reader-with-the-webhook-scope" }),
    told: everyWebhook("remote-not-permitted"),
    at: WEBHOOK,
    says: /answered 403.*needs an administrator of the repository/s,
  },
  "a Bitbucket credential without the scope for webhooks": {
    variables: () => ({ BITBUCKET_ACCESS_TOKEN: "sandbox-read-only-token" }),
    told: everyWebhook("remote-not-permitted"),
    at: WEBHOOK,
    says: /needs the scopes webhook; this access token has repository\..*Make a new access token with the scopes for webhooks/s,
  },
  "an app password": {
    variables: login({ BITBUCKET_USERNAME: "acme-bot", BITBUCKET_PASSWORD: "sandbox-app-password" }),
    told: everyWebhook("remote-unauthenticated"),
    at: WEBHOOK,
    says: /answered 401.*Atlassian disabled all of them.*BITBUCKET_EMAIL, BITBUCKET_API_TOKEN/s,
  },
  "an API token without scopes": {
    variables: login({ BITBUCKET_EMAIL: "admin@acme.example", BITBUCKET_API_TOKEN: "token-without-scopes" }),
    told: everyWebhook("remote-unauthenticated"),
    at: WEBHOOK,
    says: /no Bitbucket scopes.*must be made with scopes for Bitbucket/s,
  },
  "an API token with a user name in place of the email": {
    variables: login({ BITBUCKET_EMAIL: "ada", BITBUCKET_API_TOKEN: "sandbox-token-of-an-admin" }),
    told: everyWebhook("remote-unauthenticated"),
    at: WEBHOOK,
    says: /the Atlassian account's email, not the user name/,
  },
  "a key that may not see the webhook secret": {
    variables: () => READER,
    told: [`warning integration-hidden ${INTEGRATION}`],
    at: INTEGRATION,
    says: /API key 01READER0+ may not see its details.*admin on the Space "payments-01\w+"/s,
  },
  "a key that sees the Space above, and not the Space": {
    variables: () => ({ SPACELIFT_API_KEY_ID: "01PLATFORM0000000000000000", SPACELIFT_API_KEY_SECRET: "platform-secret-of-the-sandbox" }),
    told: [`error space-not-found ${SPACE}`],
    at: SPACE,
    says: /API key 01PLATFORM0+ the Space "payments-01\w+"\. The key sees "root" above it, but .*may exist and be hidden.*administrator of the account/s,
  },
  "a host whose certificate nobody has signed": {
    variables: (world) => ({ SPACELIFT_API_KEY_ENDPOINT: `${world.sandbox.spacelift.webhooksOrigin}/acme` }),
    told: [`error remote-unreachable ${SPACE}`],
    at: SPACE,
    says: /certificate that this machine does not trust.*NODE_EXTRA_CA_CERTS/s,
  },
  "an account that does not exist": {
    variables: (world) => ({ SPACELIFT_API_KEY_ENDPOINT: `${world.sandbox.spacelift.origin}/nobody` }),
    told: [`error remote-answer-unusable ${SPACE}`],
    at: SPACE,
    says: /"Login".*Check that .*\/nobody\/graphql is the address of Spacelift's API/s,
  },
  "a redirect of Spacelift to another origin": {
    faults: (elsewhere) => [["spacelift", { operation: "apiKeyUser", kind: "redirect", location: elsewhere, times: 50 }]],
    told: [`error remote-redirect ${SPACE}`],
    at: SPACE,
    says: /status 307 to http.*credential is never sent to another address.*configure it as the address of Spacelift/s,
  },
  "a redirect of Bitbucket to another origin": {
    faults: (elsewhere) => [
      [bitbucket, { operation: "listRepositoryHooks", kind: "redirect", status: 302, location: elsewhere, times: 50 }],
    ],
    told: everyWebhook("remote-redirect"),
    at: WEBHOOK,
    says: /status 302 to http.*credential is never sent to another address/s,
  },
  "an HTML page in place of Spacelift": {
    faults: () => [["spacelift", { operation: "apiKeyUser", kind: "html", times: 50 }]],
    told: [`error remote-answer-unusable ${SPACE}`],
    at: SPACE,
    says: /with an HTML page.*no proxy or login page answers in its place/s,
  },
  "an HTML page in place of Bitbucket, with its status for what is gone": {
    faults: () => [[bitbucket, { operation: "listRepositoryHooks", kind: "html", status: 404, times: 50 }]],
    told: everyWebhook("remote-answer-unusable"),
    at: WEBHOOK,
    says: /answered 404.*not how Bitbucket says that something does not exist/s,
  },
  'a refusal of an integration whose text has "not found" in it': {
    faults: () => [
      answer("bitbucketCloudIntegration", {
        data: { bitbucketCloudIntegration: null },
        errors: [{ message: "access denied: role not found", path: ["bitbucketCloudIntegration"] }],
      }),
    ],
    told: [`error remote-refused ${INTEGRATION}`],
    at: INTEGRATION,
    says: /API key 01ADMIN0+: access denied: role not found\./,
  },
  'a refusal of a Space whose text has "not found" in it': {
    faults: () => [
      answer("spaces", {
        data: { spaces: [{ id: "root", name: "root", description: "", parentSpace: null, inheritEntities: false, labels: [] }] },
      }),
      answer("space", { data: { space: null }, errors: [{ message: "access denied: role not found", path: ["space"] }] }),
    ],
    told: [`error remote-refused ${SPACE}`],
    at: SPACE,
    says: /access denied: role not found\./,
  },
  "a rate limit of Spacelift beyond what may be waited": {
    variables: () => ({ BITLIFT_RATE_LIMIT_MAX_WAIT: "1s" }),
    faults: () => [["spacelift", { operation: "spaces", kind: "status", status: 429, headers: { "retry-after": "30" }, times: 50 }]],
    told: [`error remote-rate-limited ${SPACE}`],
    at: SPACE,
    says: /would wait another \d+ s; rate_limit_max_wait allows 1 s.*BITLIFT_RATE_LIMIT_MAX_WAIT/s,
  },
  "a rate limit of Bitbucket beyond what may be waited": {
    variables: () => ({ BITLIFT_RATE_LIMIT_MAX_WAIT: "1s" }),
    faults: () => [
      [bitbucket, { operation: "listRepositoryHooks", kind: "status", status: 429, headers: { "retry-after": "30" }, times: 50 }],
    ],
    told: everyWebhook("remote-rate-limited"),
    at: WEBHOOK,
    says: /Bitbucket Cloud .* limits requests.*allows 1 s/s,
  },
};

const seed = (() => {
  const { workspaces, credentials = [] } = DEFAULT_SEED["bitbucket-cloud"];
  const access = { "acme-workspace/*": "read" } as const;
  const more = [
    { kind: "access-token", token: "token-of-a-reader-with-the-webhook-scope", scopes: ["repository", "webhook"], access },
    { kind: "api-token", email: "admin@acme.example", token: "token-without-scopes", scopes: [], access },
  ] as const;
  return { "bitbucket-cloud": { workspaces, credentials: [...credentials, ...more] } };
})();

/** A host that counts who comes; nobody with a credential shall. */
async function elsewhere(play: (origin: string, seen: readonly string[]) => Promise<void>): Promise<void> {
  const seen: string[] = [];
  const server: Server = createServer((request, response) => {
    seen.push(`${String(request.method)} ${String(request.url)}${request.headers.authorization === undefined ? "" : " with a credential"}`);
    response.end("{}");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    await play(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/caught`, seen);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

scenario(
  "what a plan reads and cannot read is said at its object, and nothing is taken for gone",
  (world) =>
    elsewhere(async (origin, seen) => {
      await world.establish(configuration());
      const found: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      for (const [name, row] of Object.entries(READS)) {
        await row.arrange?.(world);
        for (const [service, fault] of row.faults?.(origin) ?? []) await world.control(service, "faults", fault);
        const planned = await world.plan([], row.variables?.(world, origin));
        await row.undo?.(world);
        for (const service of ["spacelift", bitbucket] as const) await world.control(service, "faults", { clear: true });
        found[name] = { told: told(planned), text: textAt(planned, row.at), changes: planned.changes };
        expected[name] = { told: [...row.told].sort(), text: expect.stringMatching(row.says) as unknown, changes: [] };
      }
      expect(found).toEqual(expected);
      expect(seen).toEqual([]);
      // None of it has left anything behind.
      expect((await world.plan()).code).toBe(0);
    }),
  { seed, tls: true },
);

const hook = (origin: string, changes: object) => ({
  workspace: "acme-workspace",
  repository: "infrastructure",
  integration_id: "payments",
  webhook_url: `${origin}/bitbucket`,
  secret_fingerprint: "sha256:0000000000000000",
  ...changes,
});

scenario("what a configuration asks for and cannot be had is said at the argument, by plan and by apply", async (world) => {
  const { origin } = world.sandbox.spacelift;
  const create = "mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id}}";
  await world.graphql(create, {
    input: { email: "spacelift@acme.example", apiToken: "by-hand", customInput: { name: "Payments", spaceID: "platform" } },
  });

  const spaces = (child: object) => ({
    resource: { bitlift_space: { above: { name: "Above", parent_space_id: "platform" }, below: { name: "Below", ...child } } },
  });
  await world.establish(spaces({ parent_space_id: "${bitlift_space.above.id}" }));
  const below = String((await world.state("bitlift_space.below"))?.["id"]);
  const { resource } = spaces({ parent_space_id: "no-such-space" });
  await world.write({
    resource: {
      bitlift_space: { ...resource.bitlift_space, above: { name: "Above", parent_space_id: below } },
      bitlift_bitbucket_cloud_integration: {
        lost: { name: "Lost", space_id: "no-such-space", email: "spacelift@acme.example", api_token_env: TOKEN_VARIABLE },
      },
    },
  });
  const planned = await world.plan();
  expect(told(planned)).toEqual([
    "error space-cycle bitlift_space.above parent_space_id",
    "error space-not-found bitlift_bitbucket_cloud_integration.lost space_id",
    "error space-not-found bitlift_space.below parent_space_id",
  ]);
  expect(textAt(planned, "bitlift_space.above")).toMatch(/"below-01\w+" lies below "above-01\w+" itself: above-01\w+ > below-01\w+\./);

  await world.control(bitbucket, "repository", { workspace: "acme-workspace", repository: "networking", change: "hide" });
  const data = { bitlift_bitbucket_cloud_integration: { payments: { id: "payments" } } };
  const secret = { secret_fingerprint: "${data.bitlift_bitbucket_cloud_integration.payments.webhook_secret_fingerprint}" };
  /** Attributes, code and argument, text. */
  const webhooks: Readonly<Record<string, [object, string, RegExp]>> = {
    no_repository: [
      { ...secret, repository: "no-such-repository" },
      "repository-not-found repository",
      /acme-workspace\/no-such-repository.*the two cannot be told apart.*Check workspace and repository slug/s,
    ],
    no_workspace: [
      { ...secret, workspace: "no-such-workspace" },
      "repository-not-found repository",
      /no-such-workspace\/infrastructure.*Check workspace and repository slug/s,
    ],
    hidden: [
      { ...secret, repository: "networking" },
      "repository-not-found repository",
      /acme-workspace\/networking.*what this credential may not see/s,
    ],
    unreachable: [
      { ...secret, webhook_url: "http://127.0.0.1:9/nobody" },
      "remote-refused",
      /answered 400 to POST .*Bitbucket objects to url: /s,
    ],
    no_integration: [
      { integration_id: "no-such-integration" },
      "integration-not-found integration_id",
      /no Bitbucket Cloud integration with the id "no-such-integration"/,
    ],
    other_secret: [
      {},
      "webhook-secret-changed secret_fingerprint",
      /made for the secret sha256:0{16}, and Spacelift has sha256:[0-9a-f]{16} .*Plan again/s,
    ],
    no_secret: [
      { secret_fingerprint: null },
      "webhook-secret-missing secret_fingerprint",
      /secret_fingerprint is null: it was left out, or API key 01ADMIN0+ may not see .* "payments".*admin on the Space "platform", and wire secret_fingerprint/s,
    ],
  };
  const rows = Object.entries(webhooks);
  await world.write({
    resource: { bitlift_bitbucket_cloud_webhook: Object.fromEntries(rows.map(([name, [changes]]) => [name, hook(origin, changes)])) },
    data,
  });
  const applied = await world.apply();
  const placeOf = (name: string) => `bitlift_bitbucket_cloud_webhook.${name}`;
  expect(told(applied)).toEqual(
    rows
      .map(([name, [, said]]) => {
        const [code = "", ...argument] = said.split(" ");
        return ["error", code, placeOf(name), ...argument].join(" ");
      })
      .sort(),
  );
  for (const [name, [, , text]] of rows) expect([name, textAt(applied, placeOf(name))]).toEqual([name, expect.stringMatching(text)]);

  // A key that may only read: what it may not do is named, and the Space that it would have to administer.
  await world.write({
    resource: {
      bitlift_space: { mine: { name: "Mine" } },
      bitlift_bitbucket_cloud_integration: {
        mine: { name: "Mine", space_id: "platform", email: "spacelift@acme.example", api_token_env: TOKEN_VARIABLE },
      },
      bitlift_bitbucket_cloud_webhook: { mine: hook(origin, {}) },
    },
  });
  const refused = await world.apply([], READER);
  expect(told(refused)).toEqual([
    "error remote-not-permitted bitlift_bitbucket_cloud_integration.mine",
    "error remote-not-permitted bitlift_space.mine",
    "error webhook-secret-missing bitlift_bitbucket_cloud_webhook.mine secret_fingerprint",
  ]);
  expect(textAt(refused, "bitlift_space.mine")).toMatch(/API key 01READER0+ may not do "SpaceCreate".*Use a key with admin access to/s);
  expect(textAt(refused, "bitlift_bitbucket_cloud_integration.mine")).toMatch(
    /API key 01READER0+ may not do .*Use a key with admin access to the Space/s,
  );
  expect(textAt(refused, placeOf("mine"))).toMatch(
    /API key 01READER0+ may not see the webhook secret of the integration "payments".*admin on the Space "platform"/s,
  );
  expect(JSON.parse(await world.stateFile())).toMatchObject({ resources: [] });
});
