/** Following the advice of a message literally, in the situation that raised it, works. The values come from the text of the message. */
import { integrationReferences, PRODUCTS, repositoryFields, type Harness, type Product } from "../../tools/harness";
import { configuration, configurationWithoutWebhooks, defaultCredential, SPACE, TOKEN, TOKEN_VARIABLE } from "./configuration";
import { errorCodes, errors, textOf, warningCodes } from "./diagnostics";
import { addWebhook, attachStack, changeRepository, createIntegration, regenerateSecret } from "./outside-changes";
import { scenario } from "./scenario";

type Configuration = Readonly<Record<string, unknown>>;
type Variables = Readonly<Record<string, string | undefined>>;

/** What a person runs next. */
interface Attempt {
  readonly configuration: Configuration;
  readonly variables?: Variables;
}

/** @param text of the message, with single spaces */
type Follow = (text: string) => Attempt | Configuration;

interface Situation {
  readonly code: string;
  readonly attempt: Attempt | Configuration;
  readonly follow: Follow;
}

const isAttempt = (value: Attempt | Configuration): value is Attempt => "configuration" in value;
const attemptOf = (value: Attempt | Configuration): Attempt => (isAttempt(value) ? value : { configuration: value });

/** The part of the text in the first group. */
function valueIn(text: string, pattern: RegExp): string {
  const [, value] = pattern.exec(text) ?? [];
  if (value === undefined) throw new Error(`${String(pattern)} is not in: ${text}`);
  return value;
}

async function plan({ folder }: Harness, value: Attempt | Configuration) {
  const { configuration: written, variables = {} } = attemptOf(value);
  await folder.write(written);
  return folder.plan([], variables);
}

/** The message of the plan or, if the plan does not have it, of the apply. */
async function textOfCode(harness: Harness, code: string, value: Attempt | Configuration): Promise<string> {
  const planned = textOf(await plan(harness, value), code);
  const text = planned === "" ? textOf(await harness.folder.apply([], attemptOf(value).variables), code) : planned;
  return text.replace(/\s+/g, " ");
}

/** Raises each code by a plan, follows the advice, and plans again without any error, and without the code. */
async function expectAdviceInPlan(harness: Harness, situations: Readonly<Record<string, Situation>>): Promise<void> {
  for (const [name, { code, attempt, follow }] of Object.entries(situations)) {
    const text = await textOfCode(harness, code, attempt);
    expect({ name, text }).toEqual({ name, text: expect.stringMatching(/\S/) as string });
    const planned = await plan(harness, follow(text));
    const remaining = warningCodes(planned).filter((other) => other === code);
    expect({ name, text, errors: errors(planned), remaining }).toEqual({ name, text, errors: [], remaining: [] });
  }
}

const space = (fields: object): Configuration => ({ resource: { bitlift_space: { payments: { name: "Payments", ...fields } } } });

const corrected = (text: string) => valueIn(text, /Remove the (?:character at position \d+|space): "(.*?)"\./);

const rejectedTexts = (product: Product): Readonly<Record<string, Situation>> => {
  const integration = (fields: object) => configurationWithoutWebhooks(product, fields);
  const login = Object.keys(product.loginArguments).find((name) => ["email", "username"].includes(name)) ?? "";
  return {
    "a bell in the name of a Space": {
      code: "value-not-allowed",
      attempt: space({ name: "Pay\u0007ments" }),
      follow: (text) => space({ name: corrected(text) }),
    },
    "a space after the name of a Space": {
      code: "value-not-allowed",
      attempt: space({ name: "Payments " }),
      follow: (text) => space({ name: corrected(text) }),
    },
    "a newline in a label": {
      code: "value-not-allowed",
      attempt: space({ labels: ["a\nb"] }),
      follow: (text) => space({ labels: [corrected(text)] }),
    },
    "a zero-width space in the name of an integration": {
      code: "value-not-allowed",
      attempt: integration({ name: "Pay\u200Bments" }),
      follow: (text) => integration({ name: corrected(text) }),
    },
    "a control character in the login": {
      code: "value-not-allowed",
      attempt: integration({ [login]: "spacelift\u0007@acme.example" }),
      follow: (text) => integration({ [login]: corrected(text) }),
    },
    "a control character in the rotation": {
      code: "value-not-allowed",
      attempt: integration({ webhook_secret_rotation: "1\u0000" }),
      follow: (text) => integration({ webhook_secret_rotation: corrected(text) }),
    },
    "the workspace or project in the repository": {
      code: "value-not-allowed",
      attempt: configuration(product, { webhook: { repository: `${product.namespace}/infrastructure` } }),
      follow: () => configuration(product),
    },
    "a secret as the fingerprint": {
      code: "value-not-allowed",
      attempt: configuration(product, { webhook: { secret_fingerprint: "the-secret-itself" } }),
      follow: () => configuration(product),
    },
  };
};

const references = (product: Product): Readonly<Record<string, Situation>> => ({
  "the name of a Space as its ID": {
    code: "space-not-found",
    attempt: space({ parent_space_id: "Platform" }),
    follow: (text) => space({ parent_space_id: valueIn(text, /Set parent_space_id = "(.*?)"/) }),
  },
  "the ID of a Space that the same plan creates": {
    code: "space-not-found",
    attempt: configurationWithoutWebhooks(product, { space_id: "payments" }),
    follow: (text) =>
      configurationWithoutWebhooks(product, {
        space_id: `\${${valueIn(text, /(bitlift_space\.<name>\.id)/).replace("<name>", "payments")}}`,
      }),
  },
  "a default integration in a Space": {
    code: "default-outside-root",
    attempt: configurationWithoutWebhooks(product, { is_default: true, space_id: "platform" }),
    follow: () => configurationWithoutWebhooks(product, { is_default: true, space_id: undefined }),
  },
  "two webhooks of one repository": {
    code: "webhook-declared-twice",
    attempt: {
      resource: {
        ...configuration(product).resource,
        [product.webhook]: Object.fromEntries(
          ["one", "two"].map((name) => [
            name,
            {
              ...repositoryFields(product, "infrastructure"),
              ...integrationReferences(product.INTEGRATION),
              webhook_url: "https://acme.example/hook",
            },
          ]),
        ),
      },
    },
    follow: () => configuration(product),
  },
});

const variablesAndLimits = (product: Product): Readonly<Record<string, Situation>> => ({
  "a limit in a variable": {
    code: "provider-setting-invalid",
    attempt: { configuration: space({}), variables: { BITLIFT_REQUEST_TIMEOUT: "10" } },
    follow: (text) => ({
      configuration: space({}),
      variables: { [valueIn(text, /Set (\w+) to a duration/)]: valueIn(text, /such as (\w+)/) },
    }),
  },
  "a token whose variable is not set": {
    code: "credential-variable-not-set",
    attempt: { configuration: configurationWithoutWebhooks(product), variables: { [TOKEN_VARIABLE]: undefined } },
    follow: (text) => ({
      configuration: configurationWithoutWebhooks(product),
      variables: { [valueIn(text, /Set (\w+) to the token/)]: TOKEN },
    }),
  },
  "the provider's own variable for the token of Spacelift": {
    code: "provider-credential-reused",
    attempt: configurationWithoutWebhooks(product, { [product.token.variable]: product.providerTokenVariable }),
    follow(text) {
      const variable = valueIn(text, /to its name, such as (\w+)/);
      const argument = valueIn(text, /set (\w+) to its name/);
      return { configuration: configurationWithoutWebhooks(product, { [argument]: variable }), variables: { [variable]: TOKEN } };
    },
  },
  "a login to Bitbucket that is missing": {
    code: `bitbucket-${product.name}-not-configured`,
    attempt: { configuration: configuration(product), variables: { [product.providerTokenVariable]: undefined } },
    // The environment of the tests contains the variable.
    follow: (text) => {
      valueIn(text, new RegExp(`Set (${product.providerTokenVariable})`));
      return { configuration: configuration(product), variables: {} };
    },
  },
});

describe.each(PRODUCTS)("on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;
  const importBlock = (text: string, to: string) => ({ import: [{ to, id: valueIn(text, /to = <address> and id = "(.*?)"/) }] });

  scenario("texts that are rejected: the message shows a text that is accepted", (harness) =>
    expectAdviceInPlan(harness, rejectedTexts(product)),
  );

  scenario("references: the message names what to write", (harness) => expectAdviceInPlan(harness, references(product)));

  scenario("variables and limits: the message names the variable", (harness) => expectAdviceInPlan(harness, variablesAndLimits(product)));

  scenario("objects that exist already: an import block with the ID of the message manages them", async (harness) => {
    const { folder, remote, sandbox } = harness;
    await remote.graphql(
      'mutation{spaceCreate(input:{name:"Payments",description:"",parentSpace:"root",inheritEntities:false,labels:[]}){id}}',
    );
    const spaceText = await textOfCode(harness, "duplicate-space-name", space({}));
    await folder.deploy({ ...space({}), ...importBlock(spaceText, SPACE) });

    await createIntegration(remote, product, { settings: { name: "PAYMENTS", spaceID: "root" } });
    const integrations = { resource: { [product.integration]: { payments: { name: "PAYMENTS", ...defaultCredential(product) } } } };
    const integrationText = await textOfCode(harness, "duplicate-integration-name", integrations);
    await folder.deploy({ ...integrations, ...importBlock(integrationText, INTEGRATION) });

    const url = String((await folder.state(INTEGRATION))?.["webhook_url"]);
    await addWebhook(remote, product, "infrastructure", { url });
    const webhook = { ...repositoryFields(product, "infrastructure"), ...integrationReferences(INTEGRATION), adopt_existing: false };
    const all = { resource: { ...integrations.resource, [product.webhook]: { infrastructure: webhook } } };
    const webhookText = await textOfCode(harness, "webhook-exists", all);
    await folder.deploy({ ...all, ...importBlock(webhookText, WEBHOOK) });
    expect(url.startsWith(sandbox.spacelift.origin)).toBe(true);
    expect((await remote.webhooks(product, "infrastructure")).filter((found) => found.url === url)).toHaveLength(1);
  });

  scenario("a default integration that exists already: the import command of the message manages it", async (harness) => {
    const { folder, remote } = harness;
    await createIntegration(remote, product, { settings: { name: "Everyone", isDefault: true, spaceID: "root" } });
    const everyone = { name: "Everyone", is_default: true, ...defaultCredential(product) };
    const declared = { resource: { [product.integration]: { payments: everyone } } };
    const renamed = { resource: { [product.integration]: { payments: { ...everyone, name: "Everyone else" } } } };
    const text = await textOfCode(harness, "duplicate-default", renamed);
    const id = valueIn(text, /run: terraform import <address> (\S+)\./);
    await folder.write(declared);
    expect((await folder.run(["import", "-input=false", INTEGRATION, id])).code).toBe(0);
    await folder.applyAndReplan();
  });

  scenario("an address that has changed: the moved block of the message keeps the object", async (harness) => {
    const { folder } = harness;
    await folder.deploy(configurationWithoutWebhooks(product));
    const { payments } = configurationWithoutWebhooks(product).resource[product.integration] ?? {};
    const { resource } = configurationWithoutWebhooks(product);
    const moved = { resource: { ...resource, [product.integration]: { renamed: payments } } };
    await folder.write(moved);
    // Without a target, the engine deletes the old address at the same time, and may be faster.
    const applied = await folder.apply([`-target=${product.integration}.renamed`]);
    const text = textOf(applied, "duplicate-integration-name");
    expect(text.replace(/\s+/g, " ")).toContain("add a moved block with from = <old address> and to = <this address>");
    await folder.write({ ...moved, moved: [{ from: INTEGRATION, to: `${product.integration}.renamed` }] });
    const planned = await folder.plan();
    expect([planned.changes, errors(planned)]).toEqual([[], []]);
    await folder.applyAndReplan();
  });

  scenario("a secret that is not known: the message says what to set, and that to plan again", async (harness) => {
    const { folder, remote } = harness;
    await folder.deploy(configuration(product));
    await folder.write(configuration(product, { webhook: { secret_fingerprint: null } }));
    const text = textOf(await folder.apply(), "webhook-secret-missing").replace(/\s+/g, " ");
    const reference = valueIn(text, /Set secret_fingerprint = (\S+), then/).replace("<name>", "payments");
    await folder.write(configuration(product, { webhook: { secret_fingerprint: `\${${reference}}` } }));
    await folder.applyAndReplan();

    const literal = String((await folder.state(INTEGRATION))?.["webhook_secret_fingerprint"]);
    await regenerateSecret(remote, product, "payments");
    await folder.write(configuration(product, { webhook: { secret_fingerprint: literal, title: "Renamed" } }));
    const changed = textOf(await folder.apply(), "webhook-secret-changed").replace(/\s+/g, " ");
    expect(changed).toMatch(/If secret_fingerprint is a literal value, first set it to the webhook_secret_fingerprint/);
    await folder.write(configuration(product, { webhook: { title: "Renamed" } }));
    await folder.applyAndReplan();
  });

  scenario("an integration in use: it is deleted after detach_protection = false is applied", async (harness) => {
    const { folder } = harness;
    await folder.deploy(configurationWithoutWebhooks(product));
    await attachStack(harness, product);
    expect(textOf(await folder.destroy(), "integration-in-use")).toMatch(/first apply detach_protection = false/);
    await folder.deploy(configurationWithoutWebhooks(product, { detach_protection: false }));
    const destroyed = await folder.destroy([`-target=${INTEGRATION}`]);
    expect([errorCodes(destroyed), warningCodes(destroyed)]).toEqual([[], expect.arrayContaining(["consumers-detached"])]);
  });

  scenario("a repository that was deleted: its webhook leaves the configuration with a warning", async (harness) => {
    const { folder, remote } = harness;
    await folder.deploy(configuration(product));
    await changeRepository(remote, product, "infrastructure", "delete");
    const planned = await folder.plan();
    expect(textOf(planned, "repository-not-found").replace(/\s+/g, " ")).toContain("remove its webhook from the configuration");
    const { networking } = configuration(product).resource[product.webhook] ?? {};
    await folder.write({ resource: { ...configuration(product).resource, [product.webhook]: { networking } } });
    const applied = await folder.apply();
    expect([errorCodes(applied), [...new Set(warningCodes(applied))]]).toEqual([[], ["repository-not-found"]]);
    expect(textOf(applied, "repository-not-found").replace(/\s+/g, " ")).toMatch(/Otherwise, no action is required/);
    expect((await folder.plan()).code).toBe(0);
  });
});
