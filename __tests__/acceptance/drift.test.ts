/** Drift of Spaces and integrations: what somebody changes outside is found by the next plan and put right by one apply, or left alone for a reason that is stated. */
import { bitlift } from "../../packages/provider";
import type { BitbucketProduct } from "../../packages/domain";
import { CLOUD } from "./bitbucket-cloud";
import { changeIntegration, createIntegration, deleteIntegration, regenerateSecret, type Outside } from "./by-hand";
import { credentialOf, repositoryOf, TOKEN, TOKEN_VARIABLE, wiredTo, type Product } from "./product";
import { PRODUCTS } from "./products";
import { differences, errors, scenario, type World } from "./world";

type Outcome = readonly [string, ...string[]];
type Fixed = Readonly<Record<string, string>>;

/** One attribute, what happens to it outside, and what the next plan shows. Each row has an object of its own, so that one plan judges them all. */
interface Row {
  readonly attribute: string;
  readonly outside: (world: World, id: string) => Promise<unknown>;
  /** Action and differing attributes; null: no difference, because of `because`. */
  readonly plan: Outcome | null;
  readonly because?: string;
  /** On top of the usual configuration. */
  readonly declared?: object;
  /** Whether a webhook hangs on it, and what the plan shows of that. */
  readonly webhook?: Outcome;
}
type Rows = Readonly<Record<string, Row>>;

const slugOf = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

const settings = { spaceID: "platform", labels: ["declared"], description: "Declared", vcsChecks: "AGGREGATED", useGitCheckout: true };

/** By somebody who sends other settings, another login or another token. */
const change =
  (product: Product, { settings = {}, ...rest }: Partial<Outside>) =>
  (world: World, id: string) =>
    changeIntegration(world, product, id, { settings, ...rest });

const recreate = (product: Product, custom: (id: string) => object, token?: string) => async (world: World, id: string) => {
  await deleteIntegration(world, product, id);
  await createIntegration(world, product, { settings: { ...custom(id) }, ...(token === undefined ? {} : { token }) });
};

const changeV1 = (username: string) => (world: World, id: string) =>
  world.graphql(
    'mutation($username:String!,$custom:CustomVCSUpdateInput){bitbucketCloudIntegrationUpdate(username:$username,appPassword:"by-hand",customInput:$custom){id}}',
    { username, custom: { id } },
  );

/** The older form, with the same token. */
const APP_PASSWORD = { email: undefined, api_token_env: undefined, username: "bot", app_password_env: TOKEN_VARIABLE };

/** Logins and hosts, which differ. */
const LOGINS: Readonly<Record<BitbucketProduct, (product: Product) => Rows>> = {
  cloud: (product) => ({
    "another email": {
      attribute: "email",
      outside: change(product, { login: { email: "other@acme.example" } }),
      plan: ["update", "credential_fingerprint", "email"],
    },
    "an app password": {
      attribute: "username",
      outside: changeV1("bot"),
      plan: ["update", "credential_fingerprint", "email", "username"],
    },
    "an api token in place of an app password": {
      attribute: "username",
      declared: APP_PASSWORD,
      outside: change(product, { token: "a-token-by-hand" }),
      plan: ["update", "credential_fingerprint", "email", "username"],
    },
    "another user": {
      attribute: "username",
      declared: APP_PASSWORD,
      outside: changeV1("somebody"),
      plan: ["update", "credential_fingerprint", "username"],
    },
  }),
  datacenter: (product) => ({
    "another server": {
      attribute: "api_host",
      outside: change(product, { login: { apiHost: "private://acme-pool" } }),
      plan: ["update", "api_host", "credential_fingerprint"],
    },
    "another address for people": {
      attribute: "user_facing_host",
      outside: change(product, { login: { userFacingHost: "https://elsewhere.acme.example" } }),
      plan: ["update", "credential_fingerprint", "user_facing_host"],
    },
    "another user": {
      attribute: "username",
      outside: change(product, { login: { username: "somebody" } }),
      plan: ["update", "credential_fingerprint", "username"],
    },
  }),
};

const integrationsOf = (product: Product): Rows => ({
  ...LOGINS[product.name](product),
  "another space": {
    attribute: "space_id",
    outside: change(product, { settings: { space: "research" } }),
    plan: ["update", "credential_fingerprint", "space_id"],
  },
  "another token": {
    attribute: "credential_fingerprint",
    outside: change(product, { token: "a-token-by-hand" }),
    plan: null,
    because: "Spacelift tells a token to nobody; a new value of the variable, or a new version, sends ours again",
  },
  "other labels": {
    attribute: "labels",
    outside: change(product, { settings: { labels: ["by", "hand"] } }),
    plan: ["update", "credential_fingerprint", "labels"],
  },
  "no labels": {
    attribute: "labels",
    outside: change(product, { settings: { labels: [] } }),
    plan: ["update", "credential_fingerprint", "labels"],
  },
  "another description": {
    attribute: "description",
    outside: change(product, { settings: { description: "by hand" } }),
    plan: ["update", "credential_fingerprint", "description"],
  },
  "other checks": {
    attribute: "vcs_checks",
    outside: change(product, { settings: { vcsChecks: "ALL" } }),
    plan: ["update", "credential_fingerprint", "vcs_checks"],
  },
  "another checkout": {
    attribute: "use_git_checkout",
    outside: change(product, { settings: { useGitCheckout: false } }),
    plan: ["update", "credential_fingerprint", "use_git_checkout"],
  },
  "another checkout where none is declared": {
    attribute: "use_git_checkout",
    declared: { use_git_checkout: undefined },
    outside: change(product, { settings: { useGitCheckout: true } }),
    plan: null,
    because: "unset means that Spacelift decides",
  },
  "another webhook secret": {
    attribute: "webhook_secret_fingerprint",
    outside: (world, id) => regenerateSecret(world, product, id),
    plan: null,
    because: "it is Spacelift's to choose; the webhooks follow",
    webhook: ["update", "secret_fingerprint"],
  },
  "recreated alike": {
    attribute: "webhook_secret_fingerprint",
    outside: recreate(product, (id) => ({ name: id, ...settings }), TOKEN),
    plan: null,
    because: "an object of the same name is the same object; its new secret reaches the webhooks",
    webhook: ["update", "secret_fingerprint"],
  },
  "recreated as no default": {
    attribute: "is_default",
    declared: { is_default: true, space_id: "root" },
    outside: recreate(product, (id) => ({ name: id, ...settings, spaceID: "root" })),
    plan: ["delete,create", "credential_fingerprint", "is_default", "webhook_secret_fingerprint", "webhook_url"],
  },
  "recreated under another spelling": {
    attribute: "name",
    outside: recreate(product, (id) => ({ name: id.toUpperCase(), ...settings })),
    plan: ["delete,create", "credential_fingerprint", "id", "name", "webhook_secret_fingerprint", "webhook_url"],
  },
  deleted: {
    attribute: "id",
    outside: (world, id) => deleteIntegration(world, product, id),
    plan: ["create"],
  },
});

/** Attributes of an integration that nobody outside can change. */
const fixedOf = (product: Product): Fixed => ({
  ...(product === CLOUD
    ? {
        app_password_env: "the name of a variable, known here only",
        app_password_wo: "never stored",
        app_password_wo_version: "a text of the configuration, known here only",
      }
    : {}),
  [product.token.variable]: "the name of a variable, known here only",
  [product.token.writeOnly]: "never stored",
  [product.token.version]: "a text of the configuration, known here only",
  webhook_secret_rotation: "a text of the configuration, known here only",
  detach_protection: "a rule of the provider, known here only",
  webhook_url: "made from name and is_default, which only a new object changes",
});

const updateSpace = (changes: object) => async (world: World, id: string) => {
  const { space } = (await world.graphql("query($id:ID!){space(id:$id){name description parentSpace inheritEntities labels}}", { id })) as {
    space: object;
  };
  await world.graphql("mutation($id:ID!,$input:SpaceInput!){spaceUpdate(space:$id,input:$input){id}}", {
    id,
    input: { ...space, ...changes },
  });
};

const SPACES: Rows = {
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
  const rows = new Map<string, Row>(
    PRODUCTS.flatMap((product) =>
      Object.entries(integrationsOf(product)).map(([name, row]) => [`${product.provider} ${slugOf(name)}`, row] as const),
    ),
  );
  const keyed = integrations.map((each) => {
    const key = (name: unknown) => `${String(each["provider"])} ${String(name)}`;
    return [key(each["name"]), one(each, rows.get(key(each["id"])))] as const;
  });
  expect(new Set(keyed.map(([key]) => key)).size).toBe(integrations.length);
  return {
    integrations: Object.fromEntries(keyed),
    spaces: Object.fromEntries(spaces.map(({ id: _, ...rest }) => [String(rest["name"]), rest])),
  };
}

/** The rows of a product as resources; the same names as the other product's, which is no clash. */
function declaredOf(product: Product): Readonly<Record<string, object>> {
  const rows = Object.entries(integrationsOf(product));
  const fed = rows.filter(([, row]) => row.webhook !== undefined);
  const integration = (name: string, { declared }: Row) => ({
    name: slugOf(name),
    space_id: "platform",
    ...credentialOf(product),
    labels: ["declared"],
    description: "Declared",
    vcs_checks: "AGGREGATED",
    use_git_checkout: true,
    ...declared,
  });
  return {
    [product.integration]: Object.fromEntries(rows.map(([name, row]) => [slugOf(name), integration(name, row)])),
    [product.webhook]: Object.fromEntries(
      fed.map(([name], index) => [
        slugOf(name),
        {
          ...repositoryOf(product, ["infrastructure", "networking"][index] ?? ""),
          ...wiredTo(`${product.integration}.${slugOf(name)}`),
        },
      ]),
    ),
  };
}

const SPACES_DECLARED = Object.fromEntries(
  Object.keys(SPACES).map((name) => [
    slugOf(name),
    { name, parent_space_id: "platform", inherit_entities: true, description: "Declared", labels: ["declared"] },
  ]),
);

scenario("of Spaces and of the integrations of both products: every attribute, in one plan and one apply", async (world) => {
  await world.establish({
    resource: { bitlift_space: SPACES_DECLARED, ...Object.assign({}, ...PRODUCTS.map((product) => declaredOf(product))) },
  });
  const before = await remote(world);

  for (const product of PRODUCTS) for (const [name, row] of Object.entries(integrationsOf(product))) await row.outside(world, slugOf(name));
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
  const expected = [
    ...Object.entries(SPACES).map(([name, row]) => [`bitlift_space.${slugOf(name)}`, row.plan] as const),
    ...PRODUCTS.flatMap((product) =>
      Object.entries(integrationsOf(product)).flatMap(([name, row]) => [
        [`${product.integration}.${slugOf(name)}`, row.plan] as const,
        [`${product.webhook}.${slugOf(name)}`, row.webhook ?? null] as const,
      ]),
    ),
  ];
  expect(shown).toEqual(Object.fromEntries(expected.filter(([, plan]) => plan !== null)));

  await world.settle();
  expect(comparable(await remote(world))).toEqual(comparable(before));
});

describe("every attribute has its row, or a reason", () => {
  const tables: readonly (readonly [string, Rows, Fixed])[] = [
    ["bitlift_space", SPACES, {}],
    ...PRODUCTS.map((product) => [product.integration, integrationsOf(product), fixedOf(product)] as const),
  ];
  it.each(tables)("of %s", (type, rows, fixed) => {
    const declared = Object.keys(bitlift.resources.find((one) => `bitlift_${one.type}` === type)?.attributes ?? {});
    const judged = new Set([...Object.values(rows).map((row) => row.attribute), ...Object.keys(fixed)]);
    expect([...judged].sort()).toEqual([...declared].sort());
    for (const [name, row] of Object.entries(rows)) expect([name, row.plan !== null || row.because !== undefined]).toEqual([name, true]);
  });
});
