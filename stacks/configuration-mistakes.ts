/** What is wrong with a configuration, one line for each mistake, with its place and what to write. */
import Ajv, { type ErrorObject } from "ajv";
import type { Configuration, SpaceReference } from "./configuration";
import schema from "./configuration.schema.json";
import { setMistakes } from "./repository-sets";

/** Construct ids of the stack that are not the integrations'. */
const RESERVED = /^(bitlift|backend|space-.*|server-.*)$/;

const KEY_FORM = 'A key starts with a letter and has letters, digits, "-" and "_"';

/** All mistakes: those of form, and only without them those between entries. */
export function mistakesIn(value: unknown): readonly string[] {
  const judge = new Ajv({ allErrors: true, verbose: true, strict: true, strictTypes: false, strictRequired: false }).compile<Configuration>(
    schema,
  );
  return judge(value)
    ? [...spaceMistakes(value), ...loginMistakes(value), ...serverMistakes(value), ...keyMistakes(value), ...setMistakes(value)]
    : (judge.errors ?? []).flatMap(mistakeOf);
}

/** One line for a person. A value that may be a secret is never repeated. */
function mistakeOf(fault: ErrorObject): readonly string[] {
  const place = placeOf(fault.instancePath);
  const { params, keyword, parentSchema, data } = fault as ErrorObject<string, Record<string, unknown>>;
  switch (keyword) {
    case "required":
      return [`${placeOf(`${fault.instancePath}/${String(params["missingProperty"])}`)} is missing.`];
    case "additionalProperties": {
      const name = String(params["additionalProperty"]);
      const known = Object.keys((parentSchema?.["properties"] as object | undefined) ?? {});
      if (/^(api_?token|app_?password|access_?token|token|password|secret)$/i.test(name))
        return [secretMistake(`${place}.${name}`, name, known)];
      return [`${placeOf(`${fault.instancePath}/${name}`)} is no setting. There are: ${known.join(", ")}.`];
    }
    case "false schema":
      return [strangerMistake(place, fault.schemaPath)];
    case "pattern":
      // `propertyNames` says of a key where it is.
      return fault.propertyName !== undefined ? [] : [patternMistake(place, fault.schemaPath, data)];
    case "enum":
      return [`${place} is ${JSON.stringify(data)}. Allowed: ${(params["allowedValues"] as readonly string[]).join(", ")}.`];
    case "type":
      return [
        `${place} must be ${String(params["type"])}, and is ${data === null ? "null" : Array.isArray(data) ? "array" : typeof data}.`,
      ];
    case "minLength":
      return [`${place} is empty.`];
    case "minProperties":
    case "maxProperties":
      return [`${place} must name exactly one backend, such as {"s3": {…}}.`];
    case "propertyNames":
      return [`${place} has the key ${JSON.stringify(params["propertyName"])}. ${KEY_FORM}.`];
    default:
      // `if` only repeats what its branch says.
      return [];
  }
}

function secretMistake(place: string, name: string, known: readonly string[]): string {
  const own = known.filter((setting) => setting === `${name}Env`);
  const settings = own.length > 0 ? own : known.filter((setting) => setting.endsWith("Env"));
  return `${place} would hold a secret. Write ${settings.join(" or ")} with the name of an environment variable; its value is read when the provider runs.`;
}

/** A setting that exists, and not here. */
function strangerMistake(place: string, schemaPath: string): string {
  if (schemaPath.includes("/oneRepository/"))
    return `${place} is of a set of repositories, and repository names one. Leave one of the two out.`;
  return schemaPath.includes("/cloudIntegration/")
    ? `${place} is a setting of Bitbucket Data Center, and this integration is for Bitbucket Cloud. Leave it out, or write "product": "datacenter".`
    : `${place} is a setting of Bitbucket Cloud, and this integration is for Bitbucket Data Center. Leave it out.`;
}

function patternMistake(place: string, schemaPath: string, data: unknown): string {
  if (schemaPath.includes("/variable/"))
    return `${place} is not taken for the name of an environment variable. If it is the secret itself, take it out and replace it; a long name with digits in it needs an underscore.`;
  if (schemaPath.includes("/repository/"))
    return `${place} is ${JSON.stringify(data)}, not <workspace>/<repository> (Bitbucket Cloud) or <PROJECT>/<repository> (Bitbucket Data Center).`;
  // What is written there by mistake may be the token.
  if (place.endsWith(".email")) return `${place} is no e-mail address, such as spacelift@acme.example.`;
  return `${place} is ${JSON.stringify(data)}. ${KEY_FORM}${/\.(server|key)$/.test(place) ? "" : '; write {"id": …} for a Space that exists'}.`;
}

/** References to Spaces that lead nowhere, or in a circle. */
function spaceMistakes({ spaces = {}, integrations = {} }: Configuration): readonly string[] {
  const unknown = (place: string, reference: SpaceReference | undefined): readonly string[] =>
    typeof reference !== "string" || reference === "root" || reference in spaces
      ? []
      : [`${place} is "${reference}", and spaces has no such key. Write {"id": …} for a Space that exists already.`];
  const circles = Object.keys(spaces).flatMap((key) => {
    const line = [key];
    for (let above = spaces[key]?.parent; typeof above === "string" && above in spaces; above = spaces[above]?.parent) {
      // Each member of a circle finds it; the first by name says so.
      if (line.includes(above))
        return above === key && key === line.toSorted()[0] ? [`spaces.${key} is its own ancestor: ${[...line, above].join(" > ")}.`] : [];
      line.push(above);
    }
    return [];
  });
  return [
    // A reference to it would lead to two Spaces.
    ...("root" in spaces ? ['spaces has the key "root", which names the Space at the top of the account. Choose another.'] : []),
    ...Object.entries(spaces).flatMap(([key, space]) => unknown(`spaces.${key}.parent`, space.parent)),
    ...Object.entries(integrations).flatMap(([key, integration]) => unknown(`integrations.${key}.space`, integration.space)),
    ...circles,
  ];
}

/** Of the logins that are possible exactly one; an integration with Bitbucket Data Center has no choice, which the schema says. */
function loginMistakes({ bitbucketDatacenter: servers = {}, integrations = {} }: Configuration): readonly string[] {
  return [
    ...Object.entries(servers).flatMap(([key, { accessTokenEnv, username, passwordEnv }]) =>
      loginMistake(`bitbucketDatacenter.${key}`, { accessTokenEnv, username, passwordEnv }, SERVER_LOGINS),
    ),
    ...Object.entries(integrations).flatMap(([key, integration]) => {
      if (integration.product === "datacenter") return [];
      const { email, apiTokenEnv, username, appPasswordEnv } = integration;
      return loginMistake(`integrations.${key}`, { email, apiTokenEnv, username, appPasswordEnv }, CLOUD_LOGINS);
    }),
  ];
}

const SERVER_LOGINS = [["accessTokenEnv"], ["username", "passwordEnv"]];
const CLOUD_LOGINS = [
  ["email", "apiTokenEnv"],
  ["username", "appPasswordEnv"],
];

function loginMistake(
  place: string,
  settings: Readonly<Record<string, string | undefined>>,
  forms: readonly (readonly string[])[],
): readonly string[] {
  const given = Object.keys(settings).filter((name) => settings[name] !== undefined);
  if (forms.some((form) => form.join() === given.join())) return [];
  const has = given.length === 0 ? "no login" : given.join(", ");
  return [`${place} has ${has}. Write ${forms.map((form) => form.join(" with ")).join(", or ")}.`];
}

/** Integrations that name no server, or none that there is. */
function serverMistakes({ bitbucketDatacenter: servers = {}, integrations = {} }: Configuration): readonly string[] {
  return Object.entries(integrations).flatMap(([key, integration]) => {
    if (integration.product !== "datacenter") return [];
    const { server, apiHost } = integration;
    if (server === undefined)
      return apiHost === undefined ? [`integrations.${key}.apiHost is missing; or name a server of bitbucketDatacenter.`] : [];
    if (server in servers) return [];
    const there = Object.keys(servers).join(", ");
    return [
      `integrations.${key}.server is "${server}", and bitbucketDatacenter has no such key. ${there === "" ? "It has none" : `There are: ${there}`}.`,
    ];
  });
}

function keyMistakes({ integrations = {} }: Configuration): readonly string[] {
  const taken = Object.keys(integrations).filter((key) => RESERVED.test(key));
  return taken.map((key) => `integrations has the key "${key}", which the app itself uses. Choose another.`);
}

function placeOf(instancePath: string): string {
  const parts = instancePath.split("/").slice(1);
  if (parts.length === 0) return "context.bitlift";
  return parts
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`));
}
