/** The logins of the provider, form by form: from the block, from the environment, and half from each. */
import { camelCase } from "../../../domain";
import { UNKNOWN } from "../../../terraform-plugin";
import { bitbucketCloudLogin, spaceliftLogin } from "../../configuration/logins";
import { LOGIN_SYSTEMS, requiredArguments, type LoginName } from "../../configuration/login-systems";
import { diagnosticOf } from "./diagnostic-of";
import { ACCOUNT, CLOUD_API, resolve, SERVER, spaceliftToken, TOKEN, valueOf } from "./login-fixtures";

const systems = Object.values(LOGIN_SYSTEMS);
const forms = systems.flatMap((system) => system.forms.map((form) => ({ system, form, required: requiredArguments(system, form) })));
const label = ({ system, required }: (typeof forms)[number]) => `${system.name}: ${required.join(", ")}`;

const blockOf = (name: LoginName, args: readonly string[]) =>
  Object.fromEntries(args.map((argument) => [argument, valueOf(name, argument)]));
const environmentOf = (name: LoginName, args: readonly string[]) =>
  Object.fromEntries(args.map((argument) => [LOGIN_SYSTEMS[name].variables[argument] ?? "", valueOf(name, argument)]));

/** Every way to divide some things between two places. */
const splits = (names: readonly string[]): readonly (readonly [readonly string[], readonly string[]])[] =>
  Array.from({ length: 2 ** names.length }, (_, bits) => {
    const isInBlock = (_name: string, index: number) => (bits & (1 << index)) !== 0;
    return [names.filter(isInBlock), names.filter((name, index) => !isInBlock(name, index))];
  });

describe.each(forms.map((form) => [label(form), form] as const))("%s", (_label, { system, form, required }) => {
  const { name } = system;
  const expected = Object.fromEntries(form.fields.map((field) => [camelCase(field), valueOf(name, field)]));

  it.each(splits(required).map(([inBlock, inEnvironment]) => [inBlock.join() || "nothing", inBlock, inEnvironment] as const))(
    "is complete with %s in the block, and the rest in the environment",
    (_case, inBlock, inEnvironment) => {
      expect(resolve(name, blockOf(name, inBlock), environmentOf(name, inEnvironment)).credential).toEqual(expected);
    },
  );

  it("is complete in the environment, without a block", () => {
    expect(resolve(name, null, environmentOf(name, required)).credential).toEqual(expected);
  });

  it("is taken alone if the block names it, whatever the environment contains", () => {
    const everything = Object.fromEntries(Object.values(system.variables).map((variable) => [variable, "of-the-environment"]));
    const { base_url: baseUrl = "", ca_certificate: certificate = "" } = system.variables;
    const environment = { ...everything, [baseUrl]: undefined, [certificate]: undefined };
    expect(resolve(name, blockOf(name, required), environment).credential).toEqual(expected);
  });

  it("takes its secret from the variable that the block names", () => {
    const block = { ...blockOf(name, required), [form.secret]: null, [`${form.secret}_env`]: "T" };
    const login = resolve(name, block, { T: valueOf(name, form.secret), ...environmentOf(name, [form.secret]) });
    expect(login.credential).toEqual(expected);
    expect(login.source).toContain("T");
  });
});

it.each<[string, LoginName, Record<string, string>, readonly string[]]>([
  [
    "an API key before a token",
    "spacelift",
    environmentOf("spacelift", ["endpoint", "api_key_id", "api_key_secret", "api_token"]),
    ["endpoint", "apiKeyId", "apiKeySecret"],
  ],
  [
    "a token if the key has no endpoint",
    "spacelift",
    environmentOf("spacelift", ["api_key_id", "api_key_secret", "api_token"]),
    ["apiToken"],
  ],
  [
    "an access token before an API token",
    "bitbucket_cloud",
    environmentOf("bitbucket_cloud", ["access_token", "email", "api_token"]),
    ["accessToken"],
  ],
  [
    "an API token before a password",
    "bitbucket_cloud",
    environmentOf("bitbucket_cloud", ["email", "api_token", "username", "password"]),
    ["email", "apiToken"],
  ],
  [
    "a password if the API token has no email",
    "bitbucket_cloud",
    environmentOf("bitbucket_cloud", ["api_token", "username", "password"]),
    ["username", "password"],
  ],
  [
    "an access token before a password",
    "bitbucket_datacenter",
    environmentOf("bitbucket_datacenter", ["url", "access_token", "username", "password"]),
    ["accessToken"],
  ],
])("prefers %s in the environment", (_case, name, environment, fields) => {
  for (const block of [null, {}]) expect(Object.keys(resolve(name, block, environment).credential)).toEqual(fields);
});

it.each<[string, LoginName, Record<string, string>, Record<string, string>]>([
  [
    "an email",
    "bitbucket_cloud",
    { email: "ci@acme.example" },
    { BITBUCKET_ACCESS_TOKEN: "a", BITBUCKET_USERNAME: "u", BITBUCKET_PASSWORD: "p" },
  ],
  [
    "a user name",
    "bitbucket_cloud",
    { username: "ci" },
    { BITBUCKET_ACCESS_TOKEN: "a", BITBUCKET_EMAIL: "e@x.y", BITBUCKET_API_TOKEN: "t" },
  ],
  ["the id of a key", "spacelift", { api_key_id: "01KEY" }, { SPACELIFT_API_TOKEN: TOKEN }],
  [
    "a user name of a server",
    "bitbucket_datacenter",
    { username: "ci" },
    { BITBUCKET_DATACENTER_URL: SERVER, BITBUCKET_DATACENTER_TOKEN: "t" },
  ],
])("never completes %s in the block with another form", (_case, name, block, environment) => {
  expect(diagnosticOf(() => resolve(name, block, environment)).code).toMatch(/-not-configured$/);
});

it("keeps the configured endpoint with a key, and uses the account of a token", () => {
  const key = spaceliftLogin(null, {
    ...environmentOf("spacelift", ["api_key_id", "api_key_secret"]),
    SPACELIFT_API_KEY_ENDPOINT: `${ACCOUNT}/`,
  });
  expect(key).toMatchObject({ address: ACCOUNT, credentials: { endpoint: ACCOUNT } });
  expect(spaceliftLogin(null, { SPACELIFT_API_TOKEN: TOKEN })).toMatchObject({ address: ACCOUNT, credentials: { apiToken: TOKEN } });
});

it("uses the API address from the block, else from the environment, else the public one", () => {
  const variables = { BITBUCKET_API_URL: "https://proxy.example/2.0/" };
  const addressWith = (block: object, environment: Record<string, string>) =>
    bitbucketCloudLogin({ access_token: "a", ...block } as Parameters<typeof bitbucketCloudLogin>[0], environment).address;
  expect([addressWith({}, variables), addressWith({ base_url: CLOUD_API }, variables), addressWith({}, {})]).toEqual([
    "https://proxy.example/2.0",
    CLOUD_API,
    CLOUD_API,
  ]);
});

it.each<[string, LoginName, object | typeof UNKNOWN]>([
  ["an unknown block", "spacelift", UNKNOWN],
  ["an unknown value", "bitbucket_datacenter", { url: UNKNOWN, access_token: "t" }],
])("is not known yet with %s", (_case, name, block) => {
  expect(diagnosticOf(() => resolve(name, block as never, {})).code).toBe("provider-configuration-unknown");
});

it.each<[string, Record<string, string>]>([
  ["text that is not an address", { SPACELIFT_API_KEY_ENDPOINT: "acme" }],
  ["an address with a password", { SPACELIFT_API_KEY_ENDPOINT: "https://u:p@acme.example" }],
  ["a secret with a line break", { SPACELIFT_API_KEY_SECRET: "key-secret\n" }],
])("rejects %s in the environment, and names the variable", (_case, changes) => {
  const [variable = ""] = Object.keys(changes);
  const environment = { ...environmentOf("spacelift", ["endpoint", "api_key_id", "api_key_secret"]), ...changes };
  const { code, why, fix, at } = diagnosticOf(() => resolve("spacelift", null, environment));
  expect([code, at]).toEqual(["provider-setting-invalid", []]);
  expect(`${why} ${fix}`).toContain(variable);
  expect(why).not.toMatch(/u:p|key-secret/);
});

it("rejects a token that does not name its account", () => {
  const environment = { SPACELIFT_API_TOKEN: spaceliftToken("acme") };
  expect(diagnosticOf(() => resolve("spacelift", null, environment)).why).toMatch(/^SPACELIFT_API_TOKEN does not name its account/);
});
