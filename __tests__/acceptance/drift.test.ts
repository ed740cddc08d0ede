/** Drift of Spaces and integrations: the next plan detects a change made outside Terraform and one apply repairs it, or the row states why not. */
import { bitlift } from "../../packages/provider";
import type { BitbucketProduct } from "../../packages/domain";
import {
  changedAttributes,
  CLOUD,
  integrationReferences,
  PRODUCTS,
  repositoryFields,
  type Product,
  type SandboxClient,
} from "../../tools/harness";
import { defaultCredential, TOKEN, TOKEN_VARIABLE } from "./configuration";
import { errors } from "./diagnostics";
import { changeIntegration, createIntegration, deleteIntegration, regenerateSecret, type IntegrationChange } from "./outside-changes";
import { scenario } from "./scenario";

type Outcome = readonly [string, ...string[]];
type Fixed = Readonly<Record<string, string>>;

/** An attribute, how it changes outside Terraform, and what the next plan shows. Each row has its own object, so one plan covers all rows. */
interface Row {
  readonly attribute: string;
  readonly change: (remote: SandboxClient, id: string) => Promise<unknown>;
  /** Action and changed attributes; null: no change, for the reason in `because`. */
  readonly plan: Outcome | null;
  readonly because?: string;
  /** Arguments in addition to the default ones. */
  readonly declared?: object;
  /** For a row with a webhook: what the plan shows for the webhook. */
  readonly webhook?: Outcome;
}
type Rows = Readonly<Record<string, Row>>;

const slugOf = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

const settings = { spaceID: "platform", labels: ["declared"], description: "Declared", vcsChecks: "AGGREGATED", useGitCheckout: true };

/** Changes the settings, the login or the token. */
const change =
  (product: Product, { settings = {}, ...rest }: Partial<IntegrationChange>) =>
  (remote: SandboxClient, id: string) =>
    changeIntegration(remote, product, id, { settings, ...rest });

const recreate =
  (product: Product, custom: (id: string) => object, token = "manual-token") =>
  async (remote: SandboxClient, id: string) => {
    await deleteIntegration(remote, product, id);
    await createIntegration(remote, product, { settings: { ...custom(id) }, token });
  };

const changeV1 = (username: string) => (remote: SandboxClient, id: string) =>
  remote.graphql(
    'mutation($username:String!,$custom:CustomVCSUpdateInput){bitbucketCloudIntegrationUpdate(username:$username,appPassword:"manual",customInput:$custom){id}}',
    { username, custom: { id } },
  );

/** The older credential form, with the same token. */
const APP_PASSWORD = { email: undefined, api_token_env: undefined, username: "bot", app_password_env: TOKEN_VARIABLE };

/** Logins and hosts, which differ between the products. */
const LOGINS: Readonly<Record<BitbucketProduct, (product: Product) => Rows>> = {
  cloud: (product) => ({
    "another email": {
      attribute: "email",
      change: change(product, { login: { email: "other@acme.example" } }),
      plan: ["update", "credential_fingerprint", "email"],
    },
    "an app password": {
      attribute: "username",
      change: changeV1("bot"),
      plan: ["update", "credential_fingerprint", "email", "username"],
    },
    "an API token instead of an app password": {
      attribute: "username",
      declared: APP_PASSWORD,
      change: change(product, { token: "a-manual-token" }),
      plan: ["update", "credential_fingerprint", "email", "username"],
    },
    "another user": {
      attribute: "username",
      declared: APP_PASSWORD,
      change: changeV1("somebody"),
      plan: ["update", "credential_fingerprint", "username"],
    },
  }),
  datacenter: (product) => ({
    "another server": {
      attribute: "api_host",
      change: change(product, { login: { apiHost: "private://acme-pool" } }),
      plan: ["update", "api_host", "credential_fingerprint"],
    },
    "another address for people": {
      attribute: "user_facing_host",
      change: change(product, { login: { userFacingHost: "https://elsewhere.acme.example" } }),
      plan: ["update", "credential_fingerprint", "user_facing_host"],
    },
    "another user": {
      attribute: "username",
      change: change(product, { login: { username: "somebody" } }),
      plan: ["update", "credential_fingerprint", "username"],
    },
  }),
};

const integrationsOf = (product: Product): Rows => ({
  ...LOGINS[product.name](product),
  "another Space": {
    attribute: "space_id",
    change: change(product, { settings: { space: "research" } }),
    plan: ["update", "credential_fingerprint", "space_id"],
  },
  "another token": {
    attribute: "credential_fingerprint",
    change: change(product, { token: "a-manual-token" }),
    plan: null,
    because: "Spacelift never returns a token; a new value of the variable, or a new version, sends the configured one again",
  },
  "other labels": {
    attribute: "labels",
    change: change(product, { settings: { labels: ["manual", "labels"] } }),
    plan: ["update", "credential_fingerprint", "labels"],
  },
  "no labels": {
    attribute: "labels",
    change: change(product, { settings: { labels: [] } }),
    plan: ["update", "credential_fingerprint", "labels"],
  },
  "another description": {
    attribute: "description",
    change: change(product, { settings: { description: "manual" } }),
    plan: ["update", "credential_fingerprint", "description"],
  },
  "other checks": {
    attribute: "vcs_checks",
    change: change(product, { settings: { vcsChecks: "ALL" } }),
    plan: ["update", "credential_fingerprint", "vcs_checks"],
  },
  "another checkout": {
    attribute: "use_git_checkout",
    change: change(product, { settings: { useGitCheckout: false } }),
    plan: ["update", "credential_fingerprint", "use_git_checkout"],
  },
  "another checkout if none is declared": {
    attribute: "use_git_checkout",
    declared: { use_git_checkout: undefined },
    change: change(product, { settings: { useGitCheckout: true } }),
    plan: null,
    because: "unset means that Spacelift decides",
  },
  "another webhook secret": {
    attribute: "webhook_secret_fingerprint",
    change: (remote, id) => regenerateSecret(remote, product, id),
    plan: null,
    because: "Spacelift chooses it; the webhooks follow",
    webhook: ["update", "secret_fingerprint"],
  },
  "recreated with the same settings": {
    attribute: "webhook_secret_fingerprint",
    change: recreate(product, (id) => ({ name: id, ...settings }), TOKEN),
    plan: null,
    because: "an object with the same name has the same id; its new secret reaches the webhooks",
    webhook: ["update", "secret_fingerprint"],
  },
  "recreated as a non-default": {
    attribute: "is_default",
    declared: { is_default: true, space_id: "root" },
    change: recreate(product, (id) => ({ name: id, ...settings, spaceID: "root" })),
    plan: ["delete,create", "credential_fingerprint", "is_default", "webhook_secret_fingerprint", "webhook_url"],
  },
  "recreated with another spelling of the name": {
    attribute: "name",
    change: recreate(product, (id) => ({ name: id.toUpperCase(), ...settings })),
    plan: ["delete,create", "credential_fingerprint", "id", "name", "webhook_secret_fingerprint", "webhook_url"],
  },
  deleted: {
    attribute: "id",
    change: (remote, id) => deleteIntegration(remote, product, id),
    plan: ["create"],
  },
});

/** Attributes of an integration that cannot change outside Terraform. */
const fixedOf = (product: Product): Fixed => ({
  ...(product === CLOUD
    ? {
        app_password_env: "the name of a variable, which Spacelift does not know",
        app_password_wo: "never stored",
        app_password_wo_version: "a text in the configuration, which Spacelift does not know",
      }
    : {}),
  [product.token.variable]: "the name of a variable, which Spacelift does not know",
  [product.token.writeOnly]: "never stored",
  [product.token.version]: "a text in the configuration, which Spacelift does not know",
  webhook_secret_rotation: "a text in the configuration, which Spacelift does not know",
  detach_protection: "a rule of the provider, which Spacelift does not know",
  webhook_url: "derived from name and is_default, which only a new object changes",
});

const updateSpace = (changes: object) => async (remote: SandboxClient, id: string) => {
  const { space } = await remote.graphql<{ space: object }>(
    "query($id:ID!){space(id:$id){name description parentSpace inheritEntities labels}}",
    {
      id,
    },
  );
  await remote.graphql("mutation($id:ID!,$input:SpaceInput!){spaceUpdate(space:$id,input:$input){id}}", {
    id,
    input: { ...space, ...changes },
  });
};

const SPACES: Rows = {
  "another name": { attribute: "name", change: updateSpace({ name: "Manual" }), plan: ["update", "name"] },
  "another parent": {
    attribute: "parent_space_id",
    change: updateSpace({ parentSpace: "research" }),
    plan: ["update", "parent_space_id"],
  },
  "no inheritance": {
    attribute: "inherit_entities",
    change: updateSpace({ inheritEntities: false }),
    plan: ["update", "inherit_entities"],
  },
  "another description": { attribute: "description", change: updateSpace({ description: "Manual" }), plan: ["update", "description"] },
  "other labels": { attribute: "labels", change: updateSpace({ labels: ["manual"] }), plan: ["update", "labels"] },
  deleted: {
    attribute: "id",
    change: (remote, id) => remote.graphql("mutation($id:ID!){spaceDelete(space:$id){id}}", { id }),
    plan: ["create"],
  },
};

/** The attribute of the row, by Spacelift's name of a value that the provider does not repair. */
const NOT_REPAIRED: Readonly<Record<string, string>> = { credential: "credential_fingerprint", useGitCheckout: "use_git_checkout" };

interface Account {
  readonly integrations: readonly Record<string, unknown>[];
  readonly spaces: readonly Record<string, unknown>[];
}

async function readAccount(remote: SandboxClient): Promise<Account> {
  const { accounts } = await remote.control<{ accounts: Account[] }>("spacelift", "state");
  const [account] = accounts;
  if (account === undefined) throw new Error("The emulated Spacelift has no account.");
  return account;
}

/** Objects by name: Spaces without their ids, which a new Space cannot reuse; integrations without the values that the provider does not repair. */
function comparable({ integrations, spaces }: Account) {
  const isIgnored = (name: string, row: Row | undefined) => row?.plan === null && NOT_REPAIRED[name] === row.attribute;
  const comparedFields = (integration: Record<string, unknown>, row: Row | undefined) =>
    Object.fromEntries(
      Object.entries(integration).filter(([name]) => !["name", "webhookSecret", "createdAt"].includes(name) && !isIgnored(name, row)),
    );
  const rows = new Map<string, Row>(
    PRODUCTS.flatMap((product) =>
      Object.entries(integrationsOf(product)).map(([name, row]) => [`${product.provider} ${slugOf(name)}`, row] as const),
    ),
  );
  const keyed = integrations.map((integration) => {
    const key = (name: unknown) => `${String(integration["provider"])} ${String(name)}`;
    return [key(integration["name"]), comparedFields(integration, rows.get(key(integration["id"])))] as const;
  });
  expect(new Set(keyed.map(([key]) => key)).size).toBe(integrations.length);
  return {
    integrations: Object.fromEntries(keyed),
    spaces: Object.fromEntries(spaces.map(({ id: _, ...rest }) => [String(rest["name"]), rest])),
  };
}

/** The rows of a product as resources. The two products use the same names, which do not conflict. */
function declaredOf(product: Product): Readonly<Record<string, object>> {
  const rows = Object.entries(integrationsOf(product));
  const withWebhook = rows.filter(([, row]) => row.webhook !== undefined);
  const integration = (name: string, { declared }: Row) => ({
    name: slugOf(name),
    space_id: "platform",
    ...defaultCredential(product),
    labels: ["declared"],
    description: "Declared",
    vcs_checks: "AGGREGATED",
    use_git_checkout: true,
    ...declared,
  });
  return {
    [product.integration]: Object.fromEntries(rows.map(([name, row]) => [slugOf(name), integration(name, row)])),
    [product.webhook]: Object.fromEntries(
      withWebhook.map(([name], index) => [
        slugOf(name),
        {
          ...repositoryFields(product, ["infrastructure", "networking"][index] ?? ""),
          ...integrationReferences(`${product.integration}.${slugOf(name)}`),
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

scenario(
  "one plan detects and one apply repairs the drift of every attribute of Spaces and of both products' integrations",
  async ({ folder, remote }) => {
    await folder.deploy({
      resource: { bitlift_space: SPACES_DECLARED, ...Object.assign({}, ...PRODUCTS.map((product) => declaredOf(product))) },
    });
    const before = await readAccount(remote);

    for (const product of PRODUCTS)
      for (const [name, row] of Object.entries(integrationsOf(product))) await row.change(remote, slugOf(name));
    for (const [name, row] of Object.entries(SPACES)) {
      await row.change(remote, String(before.spaces.find((space) => space["name"] === name)?.["id"]));
    }

    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    const shown = Object.fromEntries(
      planned.changes.map((change) => [
        change.address,
        change.actions.join() === "create" ? ["create"] : [change.actions.join(), ...changedAttributes(change)],
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

    await folder.applyAndReplan();
    expect(comparable(await readAccount(remote))).toEqual(comparable(before));
  },
);

describe("every attribute has a row, or a reason why it cannot drift", () => {
  const tables: readonly (readonly [string, Rows, Fixed])[] = [
    ["bitlift_space", SPACES, {}],
    ...PRODUCTS.map((product) => [product.integration, integrationsOf(product), fixedOf(product)] as const),
  ];
  it.each(tables)("%s is complete", (type, rows, fixed) => {
    const declared = Object.keys(bitlift.resources.find((resource) => `bitlift_${resource.type}` === type)?.attributes ?? {});
    const covered = new Set([...Object.values(rows).map((row) => row.attribute), ...Object.keys(fixed)]);
    expect([...covered].sort()).toEqual([...declared].sort());
    for (const [name, row] of Object.entries(rows)) expect([name, row.plan !== null || row.because !== undefined]).toEqual([name, true]);
  });
});
