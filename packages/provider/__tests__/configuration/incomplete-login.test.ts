/** Every message about a login that is missing or incomplete: what it says is true, and following it literally completes the login. */
import { LOGIN_SYSTEMS, requiredArguments, type LoginName } from "../../configuration/login-systems";
import { diagnosticOf } from "./diagnostic-of";
import { resolve, SERVER, valueOf } from "./login-fixtures";

type Block = Record<string, string> | null;
type Variables = Record<string, string>;

const CLOUD = LOGIN_SYSTEMS.bitbucket_cloud;
const PROXY = "https://proxy.example/2.0";

/** Everything that a block or an environment may contain without a complete login. */
const BRANCHES: readonly (readonly [string, LoginName, Block, Variables])[] = [
  ...Object.values(LOGIN_SYSTEMS).flatMap(({ name, forms, variables, address }): [string, LoginName, Block, Variables][] => {
    const halves = forms.flatMap((form) =>
      requiredArguments(LOGIN_SYSTEMS[name], form)
        .filter((argument, _index, all) => all.length > 1 && argument !== address)
        .map((argument) => argument),
    );
    return [
      ["nothing at all", name, null, {}],
      ["an empty block", name, {}, {}],
      ...halves.map((argument): [string, LoginName, Block, Variables] => [
        `only ${argument} in the block`,
        name,
        { [argument]: valueOf(name, argument) },
        {},
      ]),
      ...halves
        // An access token of a server lacks only the address.
        .map((argument): [string, LoginName, Block, Variables] => [
          `only ${argument} in the environment`,
          name,
          null,
          { [variables[argument] ?? ""]: valueOf(name, argument) },
        ]),
      ...halves.map((argument): [string, LoginName, Block, Variables] => [
        `an empty block and ${argument} in the environment`,
        name,
        {},
        { [variables[argument] ?? ""]: valueOf(name, argument) },
      ]),
      ...forms.map(({ secret }): [string, LoginName, Block, Variables] => [
        `${secret}_env with a variable that is not set`,
        name,
        { [`${secret}_env`]: "T" },
        {},
      ]),
      ...forms.map(({ secret }): [string, LoginName, Block, Variables] => [
        `${secret}_env, unset, while the provider's own variable is set`,
        name,
        { [`${secret}_env`]: "T" },
        { [variables[secret] ?? ""]: valueOf(name, secret) },
      ]),
    ];
  }),
  ["only an endpoint", "spacelift", { endpoint: "https://acme.app.spacelift.io" }, {}],
  [
    "an endpoint, and another one in the environment",
    "spacelift",
    { endpoint: "https://acme.app.spacelift.io" },
    { SPACELIFT_API_KEY_ENDPOINT: "https://other.app.spacelift.io", SPACELIFT_API_KEY_ID: "01KEY" },
  ],
  ["only a server", "bitbucket_datacenter", { url: SERVER }, {}],
  ["only a server in the environment", "bitbucket_datacenter", null, { BITBUCKET_DATACENTER_URL: SERVER }],
  [
    "a server, and another one in the environment",
    "bitbucket_datacenter",
    { url: SERVER },
    { BITBUCKET_DATACENTER_URL: "https://other.example" },
  ],
  ["an API address that is not the public one", "bitbucket_cloud", { base_url: PROXY }, {}],
  [
    "an API address, and another one in the environment",
    "bitbucket_cloud",
    { base_url: PROXY, email: "ci@acme.example" },
    { BITBUCKET_API_URL: CLOUD.defaultAddress ?? "" },
  ],
];

/** The names in a sentence of advice, with the value that goes with a name in parentheses. */
const namesIn = (text: string): readonly (readonly [string, string | undefined])[] =>
  [...text.matchAll(/\b([A-Z][A-Z0-9_]*|[a-z][a-z_]+)\b(?: \((https?:[^)]+)\))?/g)]
    .map(([, name = "", value]) => [name, value] as const)
    .filter(([name]) => !["and"].includes(name));

/** The environment of a person who sets exactly the variables that the message names. */
function followInEnvironment(name: LoginName, block: Block, environment: Variables, fix: string): Variables | undefined {
  const advice = /^Set (.+?) in the environment of this command/.exec(fix)?.[1];
  if (advice === undefined) return undefined;
  const { variables } = LOGIN_SYSTEMS[name];
  const argumentOf = (variable: string) =>
    Object.keys(variables).find((argument) => variables[argument] === variable) ??
    Object.keys(block ?? {})
      .find((argument) => block?.[argument] === variable)
      ?.replace(/_env$/, "") ??
    "";
  const set = namesIn(advice).map(([variable, value]) => [variable, value ?? valueOf(name, argumentOf(variable))]);
  return { ...environment, ...Object.fromEntries(set) } as Variables;
}

/** The block of a person who adds exactly the arguments that the message names. */
function followInBlock(name: LoginName, block: Block, fix: string): { block: Block; variables: Variables } | undefined {
  const advice = /[Ss]et ([a-z_, and]+?) in the \w+ block of the provider/.exec(fix)?.[1];
  if (advice === undefined) return undefined;
  const entries = namesIn(advice).map(
    ([argument]) => [argument, argument.endsWith("_env") ? `MY_${argument.toUpperCase()}` : valueOf(name, argument)] as const,
  );
  const variables = entries
    .filter(([argument]) => argument.endsWith("_env"))
    .map(([argument, variable]) => [variable, valueOf(name, argument.replace(/_env$/, ""))]);
  return { block: { ...block, ...Object.fromEntries(entries) }, variables: Object.fromEntries(variables) as Variables };
}

describe.each(BRANCHES)("%s (%s)", (_case, name, block, environment) => {
  const { code, why, fix } = diagnosticOf(() => resolve(name, block, environment));

  it("is reported as a login that is not configured", () => {
    expect(code).toMatch(/-not-configured$|^credential-variable-not-set$/);
  });

  it("has advice that completes the login if it is followed literally", () => {
    const variables = followInEnvironment(name, block, environment, fix);
    const arguments_ = followInBlock(name, block, fix);
    expect([variables, arguments_].filter((advice) => advice !== undefined)).not.toEqual([]);
    if (variables !== undefined) expect(() => resolve(name, block, variables)).not.toThrow();
    if (arguments_ !== undefined) expect(() => resolve(name, arguments_.block, { ...environment, ...arguments_.variables })).not.toThrow();
  });

  it("names every way: an argument and a variable, or the variable that the block names", () => {
    if (block !== null && Object.values(block).includes("T")) {
      expect(`${why} ${fix}`).toMatch(/\bT\b/);
      expect(fix).not.toMatch(
        new RegExp(
          `\\b(${Object.entries(LOGIN_SYSTEMS[name].variables)
            .filter(([argument]) => `${argument}_env` in block)
            .map(([, variable]) => variable)
            .join("|")})\\b`,
        ),
      );
    }
  });

  it("says of a value only that it is missing if it is, and never contains one that is secret", () => {
    const gaps = why.split("Missing: ")[1] ?? "";
    for (const [variable, value] of Object.entries(environment)) {
      if (value !== "")
        expect(gaps.split("; ").filter((gap) => new RegExp(`\\b${variable}\\b`).test(gap) && !gap.includes("_env names"))).toEqual([]);
    }
    for (const secret of ["key-secret", "access-token", "api-token", "pass word"]) expect(`${why}${fix}`).not.toContain(secret);
  });
});

it.each<[string, LoginName, Block, Variables, string, RegExp]>([
  [
    "no block",
    "bitbucket_cloud",
    null,
    {},
    "bitbucket-cloud-not-configured",
    /^The provider has no bitbucket_cloud block, and the environment contains no credential for Bitbucket Cloud\. Missing: BITBUCKET_ACCESS_TOKEN \(unset or empty\)\.$/,
  ],
  [
    "an empty block",
    "spacelift",
    {},
    {},
    "spacelift-not-configured",
    /^The spacelift block names no credential, and the environment contains no credential for Spacelift\./,
  ],
  [
    "half a form",
    "bitbucket_cloud",
    { email: "ci@acme.example" },
    {},
    "bitbucket-cloud-not-configured",
    /incomplete\. Found: bitbucket_cloud\.email\. Missing: api_token \(not in the bitbucket_cloud block, and BITBUCKET_API_TOKEN is unset or empty\)\.$/,
  ],
  [
    "half a form in the environment",
    "spacelift",
    null,
    { SPACELIFT_API_KEY_ID: "01KEY", SPACELIFT_API_KEY_ENDPOINT: "https://acme.app.spacelift.io" },
    "spacelift-not-configured",
    /Found: SPACELIFT_API_KEY_ENDPOINT and SPACELIFT_API_KEY_ID\. Missing: SPACELIFT_API_KEY_SECRET \(unset or empty\)\.$/,
  ],
  [
    "a variable of its own that is not set",
    "bitbucket_datacenter",
    { url: SERVER, access_token_env: "T" },
    {},
    "credential-variable-not-set",
    /^bitbucket_datacenter\.access_token_env \(for bitbucket\.acme\.example\) names an environment variable that is unset or empty where the provider runs: T\.$/,
  ],
])("describes %s", (_case, name, block, environment, code, why) => {
  const diagnostic = diagnosticOf(() => resolve(name, block, environment));
  expect(diagnostic.code).toBe(code);
  expect(diagnostic.why).toMatch(why);
});
