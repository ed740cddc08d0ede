/** Each refusal of Spacelift, and of a configuration, has its code, stands at the object (and where it can, at the argument) that it is about, and says what to do. */
import { changeRepository, createIntegration } from "./by-hand";
import { SPACE } from "./configuration";
import { credentialOf, repositoryOf, type Product } from "./product";
import { PRODUCTS } from "./products";
import { playReads, READER, textAt, told, type Row } from "./refusals";
import { scenario } from "./world";

const answer = (operation: string, body: unknown) => ["spacelift", { operation, kind: "status", status: 200, times: 50, body }] as const;

const rowsOf = ({ INTEGRATION, query }: Product): Readonly<Record<string, Row>> => ({
  "a key that may not see the webhook secret": {
    variables: () => READER,
    told: [`warning integration-not-visible ${INTEGRATION}`],
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
    told: [`error remote-response-invalid ${SPACE}`],
    at: SPACE,
    says: /"Login".*Check that .*\/nobody\/graphql is the address of Spacelift's API/s,
  },
  "a redirect of Spacelift to another origin": {
    faults: (elsewhere) => [["spacelift", { operation: "apiKeyUser", kind: "redirect", location: elsewhere, times: 50 }]],
    told: [`error remote-redirect ${SPACE}`],
    at: SPACE,
    says: /status 307 to http.*credential is never sent to another address.*configure it as the address of Spacelift/s,
  },
  "an HTML page in place of Spacelift": {
    faults: () => [["spacelift", { operation: "apiKeyUser", kind: "html", times: 50 }]],
    told: [`error remote-response-invalid ${SPACE}`],
    at: SPACE,
    says: /with an HTML page.*no proxy or login page answers in its place/s,
  },
  'a refusal of an integration whose text has "not found" in it': {
    faults: () => [
      answer(query, {
        data: { [query]: null },
        errors: [{ message: "access denied: role not found", path: [query] }],
      }),
    ],
    told: [`error remote-request-rejected ${INTEGRATION}`],
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
    told: [`error remote-request-rejected ${SPACE}`],
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
});

const hook = (product: Product, origin: string, changes: object) => ({
  ...repositoryOf(product, "infrastructure"),
  integration_id: "payments",
  webhook_url: `${origin}/bitbucket`,
  secret_fingerprint: "sha256:0000000000000000",
  ...changes,
});

/** Attributes, code and argument, text. */
type Wish = readonly [object, string, RegExp];

/** What the products refuse in ways of their own. */
function wishesOf({ name, namespaceArgument, namespace }: Product, secret: object): Readonly<Record<string, Wish>> {
  const absent =
    name === "cloud" ? /the two cannot be told apart.*Check workspace and repository slug/s : /Check project key and repository slug/;
  const and = (start: string) => new RegExp(`${start}.*${absent.source}`, "s");
  const either: Readonly<Record<string, Wish>> = {
    no_repository: [
      { ...secret, repository: "no-such-repository" },
      "repository-not-found repository",
      and(`${namespace}/no-such-repository`),
    ],
    no_namespace: [{ ...secret, [namespaceArgument]: "nowhere" }, "repository-not-found repository", and("nowhere/infrastructure")],
  };
  const hidden = { ...secret, repository: "networking" };
  if (name === "cloud") {
    return {
      ...either,
      hidden: [hidden, "repository-not-found repository", /acme-workspace\/networking.*what this credential may not see/s],
      unreachable: [
        { ...secret, webhook_url: "http://127.0.0.1:9/nobody" },
        "remote-request-rejected",
        /answered 400 to POST .*Bitbucket objects to url: /s,
      ],
    };
  }
  return {
    ...either,
    hidden: [hidden, "remote-permission-denied", /answered 401.*who may not do this.*needs REPO_ADMIN on PLAT\/networking/s],
    no_event: [
      { ...secret, additional_events: ["repo:teleported"] },
      "remote-request-rejected",
      /answered 400 to POST .*Check the spelling of the event in additional_events/s,
    ],
  };
}

describe.each(PRODUCTS)("on $title", (product) => {
  scenario("what a plan reads of Spacelift and cannot read is said at its object", (world) => playReads(world, product, rowsOf(product)), {
    tls: true,
  });

  scenario("what a configuration asks for and cannot be had is said at the argument, by plan and by apply", async (world) => {
    const { origin } = world.sandbox.spacelift;
    await createIntegration(world, product, { settings: { name: "Payments", spaceID: "platform" } });

    const spaces = (child: object) => ({
      resource: { bitlift_space: { above: { name: "Above", parent_space_id: "platform" }, below: { name: "Below", ...child } } },
    });
    await world.establish(spaces({ parent_space_id: "${bitlift_space.above.id}" }));
    const below = String((await world.state("bitlift_space.below"))?.["id"]);
    const { resource } = spaces({ parent_space_id: "no-such-space" });
    await world.write({
      resource: {
        bitlift_space: { ...resource.bitlift_space, above: { name: "Above", parent_space_id: below } },
        [product.integration]: { lost: { name: "Lost", space_id: "no-such-space", ...credentialOf(product) } },
      },
    });
    const planned = await world.plan();
    expect(told(planned)).toEqual([
      "error space-cycle bitlift_space.above parent_space_id",
      `error space-not-found ${product.integration}.lost space_id`,
      "error space-not-found bitlift_space.below parent_space_id",
    ]);
    expect(textAt(planned, "bitlift_space.above")).toMatch(/"below-01\w+" lies below "above-01\w+" itself: above-01\w+ > below-01\w+\./);

    await changeRepository(world, product, "networking", "hide");
    const data = { [product.integration]: { payments: { id: "payments" } } };
    const secret = { secret_fingerprint: `\${data.${product.INTEGRATION}.webhook_secret_fingerprint}` };
    const webhooks: Readonly<Record<string, Wish>> = {
      ...wishesOf(product, secret),
      no_integration: [
        { integration_id: "no-such-integration" },
        "integration-not-found integration_id",
        new RegExp(`no ${product.title} integration with the id "no-such-integration"`),
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
      resource: { [product.webhook]: Object.fromEntries(rows.map(([name, [changes]]) => [name, hook(product, origin, changes)])) },
      data,
    });
    const applied = await world.apply();
    const placeOf = (name: string) => `${product.webhook}.${name}`;
    expect(told(applied).filter((one) => one.startsWith("error"))).toEqual(
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
        [product.integration]: { mine: { name: "Mine", space_id: "platform", ...credentialOf(product) } },
        [product.webhook]: { mine: hook(product, origin, {}) },
      },
    });
    const refused = await world.apply([], READER);
    expect(told(refused)).toEqual([
      `error remote-permission-denied ${product.integration}.mine`,
      "error remote-permission-denied bitlift_space.mine",
      `error webhook-secret-missing ${product.webhook}.mine secret_fingerprint`,
    ]);
    expect(textAt(refused, "bitlift_space.mine")).toMatch(/API key 01READER0+ may not do "SpaceCreate".*Use a key with admin access to/s);
    expect(textAt(refused, `${product.integration}.mine`)).toMatch(
      /API key 01READER0+ may not do .*Use a key with admin access to the Space/s,
    );
    expect(textAt(refused, placeOf("mine"))).toMatch(
      /API key 01READER0+ may not see the webhook secret of the integration "payments".*admin on the Space "platform"/s,
    );
    expect(JSON.parse(await world.stateFile())).toMatchObject({ resources: [] });
  });
});
