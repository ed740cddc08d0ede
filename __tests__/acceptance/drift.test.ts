/** Drift of Spaces and integrations: what somebody changes outside is found by the next plan and put right by one apply, or left alone for a reason that is stated. */
import { bitlift } from "../../provider/provider";
import { differences, errors, scenario, TOKEN, TOKEN_VARIABLE, type World } from "./world";

/** One attribute, what happens to it outside, and what the next plan shows. Each row has an object of its own, so that one plan judges them all. */
interface Row {
  readonly attribute: string;
  readonly outside: (world: World, id: string) => Promise<unknown>;
  /** Action and differing attributes; null: no difference, because of `because`. */
  readonly plan: readonly [string, ...string[]] | null;
  readonly because?: string;
  /** On top of the usual configuration. */
  readonly declared?: object;
  /** Whether a webhook hangs on it, and what the plan shows of that. */
  readonly webhook?: readonly [string, ...string[]];
}

const slugOf = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

const updateV2 = (input: object) => (world: World, id: string) =>
  world.graphql("mutation($input:BitbucketCloudIntegrationUpdateInput!){bitbucketCloudIntegrationUpdateV2(input:$input){id}}", {
    input: { ...input, customInput: { id, ...("customInput" in input ? (input.customInput as object) : {}) } },
  });

const updateV1 = (username: string) => (world: World, id: string) =>
  world.graphql(
    'mutation($username:String!,$custom:CustomVCSUpdateInput){bitbucketCloudIntegrationUpdate(username:$username,appPassword:"by-hand",customInput:$custom){id}}',
    { username, custom: { id } },
  );

/** The older form, with the same token. */
const APP_PASSWORD = { email: undefined, api_token_env: undefined, username: "bot", app_password_env: TOKEN_VARIABLE };

const byHand = { email: "spacelift@acme.example", apiToken: "a-token-by-hand" };
const settings = { spaceID: "platform", labels: ["declared"], description: "Declared", vcsChecks: "AGGREGATED", useGitCheckout: true };

const recreate =
  (customInput: (id: string) => object, input: object = byHand) =>
  async (world: World, id: string) => {
    await world.graphql("mutation($id:ID!){bitbucketCloudIntegrationDelete(id:$id){id}}", { id });
    await world.graphql("mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id}}", {
      input: { ...input, customInput: customInput(id) },
    });
  };

const INTEGRATIONS: Readonly<Record<string, Row>> = {
  "another space": {
    attribute: "space_id",
    outside: updateV2({ customInput: { space: "research" } }),
    plan: ["update", "credential_fingerprint", "space_id"],
  },
  "another email": {
    attribute: "email",
    outside: updateV2({ email: "other@acme.example" }),
    plan: ["update", "credential_fingerprint", "email"],
  },
  "an app password": {
    attribute: "username",
    outside: updateV1("bot"),
    plan: ["update", "credential_fingerprint", "email", "username"],
  },
  "an api token in place of an app password": {
    attribute: "username",
    declared: APP_PASSWORD,
    outside: updateV2({ email: "spacelift@acme.example", apiToken: "a-token-by-hand" }),
    plan: ["update", "credential_fingerprint", "email", "username"],
  },
  "another user": {
    attribute: "username",
    declared: APP_PASSWORD,
    outside: updateV1("somebody"),
    plan: ["update", "credential_fingerprint", "username"],
  },
  "another token": {
    attribute: "credential_fingerprint",
    outside: updateV2({ apiToken: "a-token-by-hand" }),
    plan: null,
    because: "Spacelift tells a token to nobody; a new value of the variable, or a new version, sends ours again",
  },
  "other labels": {
    attribute: "labels",
    outside: updateV2({ customInput: { labels: ["by", "hand"] } }),
    plan: ["update", "credential_fingerprint", "labels"],
  },
  "no labels": {
    attribute: "labels",
    outside: updateV2({ customInput: { labels: [] } }),
    plan: ["update", "credential_fingerprint", "labels"],
  },
  "another description": {
    attribute: "description",
    outside: updateV2({ customInput: { description: "by hand" } }),
    plan: ["update", "credential_fingerprint", "description"],
  },
  "other checks": {
    attribute: "vcs_checks",
    outside: updateV2({ customInput: { vcsChecks: "ALL" } }),
    plan: ["update", "credential_fingerprint", "vcs_checks"],
  },
  "another checkout": {
    attribute: "use_git_checkout",
    outside: updateV2({ customInput: { useGitCheckout: false } }),
    plan: ["update", "credential_fingerprint", "use_git_checkout"],
  },
  "another checkout where none is declared": {
    attribute: "use_git_checkout",
    declared: { use_git_checkout: undefined },
    outside: updateV2({ customInput: { useGitCheckout: true } }),
    plan: null,
    because: "unset means that Spacelift decides",
  },
  "another webhook secret": {
    attribute: "webhook_secret_fingerprint",
    outside: (world, id) => world.graphql("mutation($id:ID!){bitbucketCloudIntegrationRegenerateWebhookSecret(id:$id){id}}", { id }),
    plan: null,
    because: "it is Spacelift's to choose; the webhooks follow",
    webhook: ["update", "secret_fingerprint"],
  },
  "recreated alike": {
    attribute: "webhook_secret_fingerprint",
    outside: recreate((id) => ({ name: id, ...settings }), { email: byHand.email, apiToken: TOKEN }),
    plan: null,
    because: "an object of the same name is the same object; its new secret reaches the webhooks",
    webhook: ["update", "secret_fingerprint"],
  },
  "recreated as no default": {
    attribute: "is_default",
    declared: { is_default: true, space_id: "root" },
    outside: recreate((id) => ({ name: id, ...settings, spaceID: "root" })),
    plan: ["delete,create", "credential_fingerprint", "is_default", "webhook_secret_fingerprint", "webhook_url"],
  },
  "recreated under another spelling": {
    attribute: "name",
    outside: recreate((id) => ({ name: id.toUpperCase(), ...settings })),
    plan: ["delete,create", "credential_fingerprint", "id", "name", "webhook_secret_fingerprint", "webhook_url"],
  },
  deleted: {
    attribute: "id",
    outside: (world, id) => world.graphql("mutation($id:ID!){bitbucketCloudIntegrationDelete(id:$id){id}}", { id }),
    plan: ["create"],
  },
};

/** Attributes of an integration that nobody outside can change. */
const INTEGRATION_FIXED: Readonly<Record<string, string>> = {
  api_token_env: "the name of a variable, known here only",
  api_token_wo: "never stored",
  api_token_wo_version: "a text of the configuration, known here only",
  app_password_env: "the name of a variable, known here only",
  app_password_wo: "never stored",
  app_password_wo_version: "a text of the configuration, known here only",
  webhook_secret_rotation: "a text of the configuration, known here only",
  detach_protection: "a rule of the provider, known here only",
  webhook_url: "made from name and is_default, which only a new object changes",
};

const updateSpace = (changes: object) => async (world: World, id: string) => {
  const { space } = (await world.graphql("query($id:ID!){space(id:$id){name description parentSpace inheritEntities labels}}", { id })) as {
    space: object;
  };
  await world.graphql("mutation($id:ID!,$input:SpaceInput!){spaceUpdate(space:$id,input:$input){id}}", {
    id,
    input: { ...space, ...changes },
  });
};

const SPACES: Readonly<Record<string, Row>> = {
  "another name": { attribute: "name", outside: updateSpace({ name: "By hand" }), plan: ["update", "name"] },
  "another parent": {
    attribute: "parent_space_id",
    outside: updateSpace({ parentSpace: "research" }),
    plan: ["update", "parent_space_id"],
  },
  "no inheritance": {
    attribute: "inherit_entities",
    outside: updateSpace({ inheritEntities: false }),
    plan: ["update", "inherit_entities"],
  },
  "another description": { attribute: "description", outside: updateSpace({ description: "By hand" }), plan: ["update", "description"] },
  "other labels": { attribute: "labels", outside: updateSpace({ labels: ["by hand"] }), plan: ["update", "labels"] },
  deleted: {
    attribute: "id",
    outside: (world, id) => world.graphql("mutation($id:ID!){spaceDelete(space:$id){id}}", { id }),
    plan: ["create"],
  },
};

/** Spacelift's own name of what a row leaves alone -> the row's attribute. */
const KEPT_FROM: Readonly<Record<string, string>> = { credential: "credential_fingerprint", useGitCheckout: "use_git_checkout" };

interface Remote {
  readonly integrations: readonly Record<string, unknown>[];
  readonly spaces: readonly Record<string, unknown>[];
}

async function remote(world: World): Promise<Remote> {
  const { accounts } = (await world.control("spacelift", "state")) as { accounts: Remote[] };
  const [account] = accounts;
  if (account === undefined) throw new Error("no account");
  return account;
}

/** By name: Spaces by all but their id, which a new one cannot have again; integrations without what a row leaves to Spacelift or to others. */
function comparable({ integrations, spaces }: Remote) {
  const left = (name: string, row: Row | undefined) => row?.plan === null && KEPT_FROM[name] === row.attribute;
  const one = (integration: Record<string, unknown>, row: Row | undefined) =>
    Object.fromEntries(
      Object.entries(integration).filter(([name]) => !["name", "webhookSecret", "createdAt"].includes(name) && !left(name, row)),
    );
  const rows = new Map(Object.entries(INTEGRATIONS).map(([name, row]) => [slugOf(name), row]));
  return {
    integrations: Object.fromEntries(integrations.map((each) => [String(each["name"]), one(each, rows.get(String(each["id"])))])),
    spaces: Object.fromEntries(spaces.map(({ id: _, ...rest }) => [String(rest["name"]), rest])),
  };
}

const place = (type: string, name: string) => `${type}.${slugOf(name)}`;

scenario("of Spaces and integrations: every attribute, in one plan and one apply", async (world) => {
  const fed = Object.entries(INTEGRATIONS).filter(([, row]) => row.webhook !== undefined);
  const repositories = Object.fromEntries(fed.map(([name], index) => [name, ["infrastructure", "networking"][index]]));
  await world.establish({
    resource: {
      bitlift_space: Object.fromEntries(
        Object.keys(SPACES).map((name) => [
          slugOf(name),
          { name, parent_space_id: "platform", inherit_entities: true, description: "Declared", labels: ["declared"] },
        ]),
      ),
      bitlift_bitbucket_cloud_integration: Object.fromEntries(
        Object.entries(INTEGRATIONS).map(([name, row]) => [
          slugOf(name),
          {
            name: slugOf(name),
            space_id: "platform",
            email: "spacelift@acme.example",
            api_token_env: TOKEN_VARIABLE,
            labels: ["declared"],
            description: "Declared",
            vcs_checks: "AGGREGATED",
            use_git_checkout: true,
            ...row.declared,
          },
        ]),
      ),
      bitlift_bitbucket_cloud_webhook: Object.fromEntries(
        Object.entries(repositories).map(([name, repository]) => [
          slugOf(name),
          {
            workspace: "acme-workspace",
            repository,
            integration_id: `\${bitlift_bitbucket_cloud_integration.${slugOf(name)}.id}`,
            webhook_url: `\${bitlift_bitbucket_cloud_integration.${slugOf(name)}.webhook_url}`,
            secret_fingerprint: `\${bitlift_bitbucket_cloud_integration.${slugOf(name)}.webhook_secret_fingerprint}`,
          },
        ]),
      ),
    },
  });
  const before = await remote(world);

  for (const [name, row] of Object.entries(INTEGRATIONS)) await row.outside(world, slugOf(name));
  for (const [name, row] of Object.entries(SPACES)) {
    await row.outside(world, String(before.spaces.find((space) => space["name"] === name)?.["id"]));
  }

  const planned = await world.plan();
  expect(errors(planned)).toEqual([]);
  const shown = Object.fromEntries(
    planned.changes.map((change) => [
      change.address,
      change.actions.join() === "create" ? ["create"] : [change.actions.join(), ...differences(change)],
    ]),
  );
  const expected = Object.fromEntries(
    [
      ...Object.entries(SPACES).map(([name, row]) => [place("bitlift_space", name), row.plan]),
      ...Object.entries(INTEGRATIONS).map(([name, row]) => [place("bitlift_bitbucket_cloud_integration", name), row.plan]),
      ...Object.entries(INTEGRATIONS).map(([name, row]) => [place("bitlift_bitbucket_cloud_webhook", name), row.webhook ?? null]),
    ].filter(([, plan]) => plan !== null) as [string, unknown][],
  );
  expect(shown).toEqual(expected);

  await world.settle();
  expect(comparable(await remote(world))).toEqual(comparable(before));
});

describe("every attribute has its row, or a reason", () => {
  it.each([
    ["bitbucket_cloud_integration", INTEGRATIONS, INTEGRATION_FIXED],
    ["space", SPACES, {}],
  ] as const)("of %s", (type, rows: Readonly<Record<string, Row>>, fixed: Readonly<Record<string, string>>) => {
    const declared = Object.keys(bitlift.resources.find((one) => one.type === type)?.attributes ?? {});
    const judged = new Set([...Object.values(rows).map((row) => row.attribute), ...Object.keys(fixed)]);
    expect([...judged].sort()).toEqual([...declared].sort());
    for (const [name, row] of Object.entries(rows)) expect([name, row.plan !== null || row.because !== undefined]).toEqual([name, true]);
  });
});
