/** Problems between the entries of a configuration: references, logins, and keys. */
import {
  areExactlyOneForm,
  camelCase,
  describeForms,
  INTEGRATION_CREDENTIALS,
  PROVIDER_LOGINS,
  ROOT_SPACE_ID,
  type CredentialForm,
} from "../packages/domain";
import type { Configuration, SpaceReference } from "./configuration-model";
import { setProblems } from "./repository-sets";

/** Construct IDs that the stack uses itself, so no integration can have one of them as its key. */
const RESERVED_KEY = /^(bitlift|backend|space-.*|server-.*)$/;

export function referenceProblems(configuration: Configuration): readonly string[] {
  return [
    ...rootKeyProblems(configuration),
    ...spaceReferenceProblems(configuration),
    ...spaceCycleProblems(configuration),
    ...serverLoginProblems(configuration),
    ...credentialProblems(configuration),
    ...serverReferenceProblems(configuration),
    ...reservedKeyProblems(configuration),
    ...setProblems(configuration),
  ];
}

/** A reference to a Space with this key would be ambiguous. */
function rootKeyProblems({ spaces = {} }: Configuration): readonly string[] {
  if (!Object.hasOwn(spaces, ROOT_SPACE_ID)) return [];
  return [`spaces has the key "${ROOT_SPACE_ID}", which is the ID of the root Space of the account. Choose another key.`];
}

function spaceReferenceProblems({ spaces = {}, integrations = {} }: Configuration): readonly string[] {
  const references: readonly (readonly [string, SpaceReference | undefined])[] = [
    ...Object.entries(spaces).map(([key, space]) => [`spaces.${key}.parent`, space.parent] as const),
    ...Object.entries(integrations).map(([key, integration]) => [`integrations.${key}.space`, integration.space] as const),
  ];
  return references.flatMap(([path, reference]) => {
    if (typeof reference !== "string" || reference === ROOT_SPACE_ID || Object.hasOwn(spaces, reference)) return [];
    return [`${path} is "${reference}", but spaces has no such key. To reference an existing Space, use {"id": …}.`];
  });
}

function spaceCycleProblems({ spaces = {} }: Configuration): readonly string[] {
  return Object.keys(spaces).flatMap((key) => {
    const path = [key];
    for (let parent = spaces[key]?.parent; typeof parent === "string" && Object.hasOwn(spaces, parent); parent = spaces[parent]?.parent) {
      if (path.includes(parent)) {
        // Every member finds the cycle. Only the first one by name reports it.
        const isReporter = parent === key && key === path.toSorted()[0];
        return isReporter ? [`spaces.${key} is its own ancestor: ${[...path, parent].join(" > ")}. Change the parent of one of them.`] : [];
      }
      path.push(parent);
    }
    return [];
  });
}

function serverLoginProblems({ bitbucketDatacenter: servers = {} }: Configuration): readonly string[] {
  return Object.entries(servers).flatMap(([key, server]) =>
    loginProblems(`bitbucketDatacenter.${key}`, server, PROVIDER_LOGINS.bitbucket_datacenter),
  );
}

/** Bitbucket Data Center has only one form of credential, whose settings the model already requires. */
function credentialProblems({ integrations = {} }: Configuration): readonly string[] {
  return Object.entries(integrations).flatMap(([key, integration]) =>
    integration.product === "datacenter" ? [] : loginProblems(`integrations.${key}`, integration, INTEGRATION_CREDENTIALS.cloud),
  );
}

/** Exactly one form must be complete, and no setting of another form may be present. */
function loginProblems(path: string, settings: object, forms: readonly CredentialForm[]): readonly string[] {
  const secrets = new Set(forms.map(({ secret }) => secret));
  const settingFor = (field: string) => (secrets.has(field) ? `${camelCase(field)}Env` : camelCase(field));
  const values = new Map<string, unknown>(Object.entries(settings));
  const given = forms.flatMap(({ fields }) => fields).filter((field) => values.get(settingFor(field)) !== undefined);
  if (areExactlyOneForm(forms, given)) return [];
  const problem = given.length === 0 ? "has no login" : `sets ${given.map(settingFor).join(", ")}`;
  return [`${path} ${problem}. Set exactly one of: ${describeForms(forms, settingFor)}.`];
}

function serverReferenceProblems({ bitbucketDatacenter: servers = {}, integrations = {} }: Configuration): readonly string[] {
  return Object.entries(integrations).flatMap(([key, integration]) => {
    if (integration.product !== "datacenter") return [];
    const { server, apiHost } = integration;
    if (server === undefined) {
      return apiHost === undefined
        ? [`integrations.${key}.apiHost is missing. Set it, or set server to a key of bitbucketDatacenter.`]
        : [];
    }
    if (Object.hasOwn(servers, server)) return [];
    const keys = Object.keys(servers);
    const known = keys.length === 0 ? "It contains no servers." : `Known keys: ${keys.join(", ")}.`;
    return [`integrations.${key}.server is "${server}", but bitbucketDatacenter has no such key. ${known}`];
  });
}

function reservedKeyProblems({ integrations = {} }: Configuration): readonly string[] {
  const reserved = Object.keys(integrations).filter((key) => RESERVED_KEY.test(key));
  return reserved.map((key) => `integrations has the key "${key}", which is reserved for the app. Choose another key.`);
}
