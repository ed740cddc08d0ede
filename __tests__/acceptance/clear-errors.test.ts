/** Each error of Spacelift, and of a configuration, has its own code, is reported at its object and argument, and names the relevant values. */
import { PRODUCTS, repositoryFields, type Product } from "../../tools/harness";
import { defaultCredential, SPACE } from "./configuration";
import { diagnosticLines, textAt } from "./diagnostics";
import { changeRepository, createIntegration } from "./outside-changes";
import { expectReadFailures, missingValues, PLATFORM, READER, type ReadFailure } from "./read-failures";
import { scenario } from "./scenario";

const response = (operation: string, body: unknown) => ["spacelift", { operation, kind: "status", status: 200, times: 50, body }] as const;

const ROOT_SPACE = { id: "root", name: "root", description: "", parentSpace: null, inheritEntities: false, labels: [] };

const spaceliftFailures = ({ INTEGRATION, query }: Product): Readonly<Record<string, ReadFailure>> => ({
  "a key that cannot see the webhook secret": {
    variables: () => READER,
    diagnostics: [`warning integration-not-visible ${INTEGRATION}`],
    at: INTEGRATION,
    values: [/API key 01READER0+/, /Space "payments-01\w+"/],
  },
  "a key that sees the parent Space, but not the Space": {
    variables: () => PLATFORM,
    diagnostics: [`error space-not-found ${SPACE}`],
    at: SPACE,
    values: [/API key 01PLATFORM0+/, /"payments-01\w+"/, '"root"'],
  },
  "a host whose certificate is not trusted": {
    variables: ({ sandbox }) => ({ SPACELIFT_API_KEY_ENDPOINT: `${sandbox.spacelift.webhooksOrigin}/acme` }),
    diagnostics: [`error remote-unreachable ${SPACE}`],
    at: SPACE,
    values: [/certificate/, "NODE_EXTRA_CA_CERTS"],
  },
  "an account that does not exist": {
    variables: ({ sandbox }) => ({ SPACELIFT_API_KEY_ENDPOINT: `${sandbox.spacelift.origin}/nobody` }),
    diagnostics: [`error remote-response-invalid ${SPACE}`],
    at: SPACE,
    values: ['"Login"', "/nobody/graphql"],
  },
  "a redirect of Spacelift to another origin": {
    faults: (origin) => [["spacelift", { operation: "apiKeyUser", kind: "redirect", location: origin, times: 50 }]],
    diagnostics: [`error remote-redirect ${SPACE}`],
    at: SPACE,
    values: [/307.*http:/s],
  },
  "an HTML page instead of Spacelift's response": {
    faults: () => [["spacelift", { operation: "apiKeyUser", kind: "html", times: 50 }]],
    diagnostics: [`error remote-response-invalid ${SPACE}`],
    at: SPACE,
    values: ["HTML"],
  },
  'a rejected query for an integration whose error contains "not found"': {
    faults: () => [response(query, { data: { [query]: null }, errors: [{ message: "access denied: role not found", path: [query] }] })],
    diagnostics: [`error remote-request-rejected ${INTEGRATION}`],
    at: INTEGRATION,
    values: [/API key 01ADMIN0+/, "access denied: role not found"],
  },
  'a rejected query for a Space whose error contains "not found"': {
    faults: () => [
      response("spaces", { data: { spaces: [ROOT_SPACE] } }),
      response("space", { data: { space: null }, errors: [{ message: "access denied: role not found", path: ["space"] }] }),
    ],
    diagnostics: [`error remote-request-rejected ${SPACE}`],
    at: SPACE,
    values: ["access denied: role not found"],
  },
  "a rate limit of Spacelift that exceeds the maximum wait": {
    variables: () => ({ BITLIFT_RATE_LIMIT_MAX_WAIT: "1s" }),
    faults: () => [["spacelift", { operation: "spaces", kind: "status", status: 429, headers: { "retry-after": "30" }, times: 50 }]],
    diagnostics: [`error remote-rate-limited ${SPACE}`],
    at: SPACE,
    values: [/\d+ s/, "rate_limit_max_wait", "1 s", "BITLIFT_RATE_LIMIT_MAX_WAIT"],
  },
});

const webhook = (product: Product, origin: string, changes: object) => ({
  ...repositoryFields(product, "infrastructure"),
  integration_id: "payments",
  webhook_url: `${origin}/bitbucket`,
  secret_fingerprint: "sha256:0000000000000000",
  ...changes,
});

/** A webhook that cannot be created: its arguments, the code and the argument at which it is reported, and the values in the text. */
type FailingWebhook = readonly [object, string, readonly (string | RegExp)[]];

/** The webhooks that Bitbucket rejects. */
function rejectedWebhooks(product: Product, secret: object): Readonly<Record<string, FailingWebhook>> {
  const { name, namespaceArgument, namespace } = product;
  const noRepository = { ...secret, repository: "no-such-repository" };
  const noNamespace = { ...secret, [namespaceArgument]: "nowhere" };
  const hidden = { ...secret, repository: "networking" };
  const both: Readonly<Record<string, FailingWebhook>> = {
    no_repository: [noRepository, "repository-not-found repository", [`${namespace}/no-such-repository`]],
    no_namespace: [noNamespace, "repository-not-found repository", ["nowhere/infrastructure"]],
  };
  if (name === "cloud") {
    const unreachable = { ...secret, webhook_url: "http://127.0.0.1:9/nobody" };
    return {
      ...both,
      hidden: [hidden, "repository-not-found repository", ["acme-workspace/networking"]],
      unreachable: [unreachable, "remote-request-rejected", ["400", "POST", /\burl\b/]],
    };
  }
  const noEvent = { ...secret, additional_events: ["repo:teleported"] };
  return {
    ...both,
    hidden: [hidden, "remote-permission-denied", ["401", "REPO_ADMIN", "PLAT/networking"]],
    no_event: [noEvent, "remote-request-rejected", ["400", "POST", "additional_events"]],
  };
}

/** The webhooks that the provider itself refuses to create. */
const unresolvedWebhooks = ({ title }: Product): Readonly<Record<string, FailingWebhook>> => ({
  no_integration: [{ integration_id: "no-such-integration" }, "integration-not-found integration_id", [title, '"no-such-integration"']],
  other_secret: [{}, "webhook-secret-changed secret_fingerprint", [/sha256:0{16}/, /sha256:(?!0{16})[0-9a-f]{16}/]],
  no_secret: [
    { secret_fingerprint: null },
    "webhook-secret-missing secret_fingerprint",
    ["secret_fingerprint", "null", /API key 01ADMIN0+/, '"payments"', 'Space "platform"'],
  ],
});

describe.each(PRODUCTS)("on $title", (product) => {
  scenario(
    "a read of Spacelift that fails is reported at its object",
    (harness) => expectReadFailures(harness, product, spaceliftFailures(product)),
    { tls: true },
  );

  scenario("a plan reports Spaces that form a cycle or do not exist, at the argument", async ({ folder }) => {
    const spaces = (parent: string, child: string) => ({
      above: { name: "Above", parent_space_id: parent },
      below: { name: "Below", parent_space_id: child },
    });
    await folder.deploy({ resource: { bitlift_space: spaces("platform", "${bitlift_space.above.id}") } });
    const below = String((await folder.state("bitlift_space.below"))?.["id"]);
    await folder.write({
      resource: {
        bitlift_space: spaces(below, "no-such-space"),
        [product.integration]: { lost: { name: "Lost", space_id: "no-such-space", ...defaultCredential(product) } },
      },
    });
    const planned = await folder.plan();
    expect(diagnosticLines(planned)).toEqual([
      "error space-cycle bitlift_space.above parent_space_id",
      `error space-not-found ${product.integration}.lost space_id`,
      "error space-not-found bitlift_space.below parent_space_id",
    ]);
    expect(textAt(planned, "bitlift_space.above")).toMatch(/above-01\w+ > below-01\w+/);
  });

  scenario("an apply reports webhooks that cannot be created, at the argument", async ({ folder, remote, sandbox }) => {
    const { origin } = sandbox.spacelift;
    await createIntegration(remote, product, { settings: { name: "Payments", spaceID: "platform" } });
    await changeRepository(remote, product, "networking", "hide");
    const secret = { secret_fingerprint: `\${data.${product.INTEGRATION}.webhook_secret_fingerprint}` };
    const webhooks = Object.entries({ ...rejectedWebhooks(product, secret), ...unresolvedWebhooks(product) });
    await folder.write({
      resource: { [product.webhook]: Object.fromEntries(webhooks.map(([name, [changes]]) => [name, webhook(product, origin, changes)])) },
      data: { [product.integration]: { payments: { id: "payments" } } },
    });
    const applied = await folder.apply();
    const expected = webhooks.map(([name, [, codeAndArgument]]) => {
      const [code = "", ...argument] = codeAndArgument.split(" ");
      return ["error", code, `${product.webhook}.${name}`, ...argument].join(" ");
    });
    expect(diagnosticLines(applied).filter((line) => line.startsWith("error"))).toEqual(expected.sort());
    for (const [name, [, , values]] of webhooks) {
      const text = textAt(applied, `${product.webhook}.${name}`);
      expect({ name, text, missing: missingValues(text, values) }).toEqual({ name, text, missing: [] });
    }
    expect(await folder.stateFile()).not.toContain('"managed"');
  });

  scenario("with a read-only key, each object has an error that names the required permission", async ({ folder, remote, sandbox }) => {
    await createIntegration(remote, product, { settings: { name: "Payments", spaceID: "platform" } });
    await folder.write({
      resource: {
        bitlift_space: { mine: { name: "Mine" } },
        [product.integration]: { mine: { name: "Mine", space_id: "platform", ...defaultCredential(product) } },
        [product.webhook]: { mine: webhook(product, sandbox.spacelift.origin, {}) },
      },
    });
    const rejected = await folder.apply([], READER);
    expect(diagnosticLines(rejected)).toEqual([
      `error remote-permission-denied ${product.integration}.mine`,
      "error remote-permission-denied bitlift_space.mine",
      `error webhook-secret-missing ${product.webhook}.mine secret_fingerprint`,
    ]);
    expect(textAt(rejected, "bitlift_space.mine")).toMatch(/API key 01READER0+.*"SpaceCreate"/s);
    expect(textAt(rejected, `${product.integration}.mine`)).toMatch(/API key 01READER0+/);
    expect(textAt(rejected, `${product.webhook}.mine`)).toMatch(/API key 01READER0+.*"payments".*Space "platform"/s);
    expect(JSON.parse(await folder.stateFile())).toMatchObject({ resources: [] });
  });
});
