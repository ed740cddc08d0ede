/** What drfaust92's Bitbucket provider must find in answers, as JSON Schemas by request; a missing or wrongly typed field is a diff, an error or a crash there. */
import Ajv, { type ValidateFunction } from "ajv";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const uuid = { type: "string", pattern: "^\\{[0-9a-f-]{36}\\}$" } as const;
/** RFC 3339 with a zone: anything else is a decode error. */
const time = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$" } as const;
/** Must fit 32 bits. */
const whole = { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 } as const;
const link = { type: "object", required: ["href"], properties: { href: text } } as const;

const object = (properties: Readonly<Record<string, unknown>>, optional: Readonly<Record<string, unknown>> = {}) => ({
  type: "object",
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
});
const page = (items: unknown) =>
  object({ values: { type: "array", minItems: 1, items } }, { size: whole, page: whole, pagelen: whole, next: text });

const HOOK = object({
  uuid,
  url: text,
  description: text,
  active: flag,
  skip_cert_verification: flag,
  events: { type: "array", items: text },
  history_enabled: flag,
  secret_set: flag,
});
const REPOSITORY = object({
  uuid,
  slug: text,
  name: text,
  full_name: text,
  scm: text,
  is_private: flag,
  has_issues: flag,
  has_wiki: flag,
  fork_policy: text,
  language: text,
  description: text,
  size: whole,
  created_on: time,
  updated_on: time,
  // Without the avatar the provider crashes.
  links: object({ avatar: link, clone: { type: "array", minItems: 2, items: object({ name: { enum: ["https", "ssh"] }, href: text }) } }),
  mainbranch: { type: ["object", "null"], properties: { name: text } },
  owner: object({ uuid, display_name: text }),
  project: { type: ["object", "null"], required: ["key"], properties: { key: text, name: text, uuid } },
});
const USER = object({
  uuid,
  display_name: text,
  username: text,
  nickname: text,
  account_id: text,
  created_on: time,
  links: object({ avatar: link }),
});
const EVENT = object({ category: text, label: text, event: text, description: text });

const ANYTHING = {};
const REPOSITORY_PATH = "/2\\.0/repositories/[^/]+/[^/]+";

/** The first that fits decides. Answers without a schema may be anything. */
const NEEDS: readonly (readonly [method: string, path: string, schema: Readonly<Record<string, unknown>>])[] = [
  ["POST", "/site/oauth2/access_token", object({ access_token: text }, { token_type: text, expires_in: whole })],
  ["POST", `(${REPOSITORY_PATH}|/2\\.0/workspaces/[^/]+)/hooks`, object({ uuid })],
  ["GET", `(${REPOSITORY_PATH}|/2\\.0/workspaces/[^/]+)/hooks/[^/]+`, HOOK],
  ["PUT", `(${REPOSITORY_PATH}|/2\\.0/workspaces/[^/]+)/hooks/[^/]+`, ANYTHING],
  ["(GET|PUT)", `${REPOSITORY_PATH}/pipelines_config`, object({ enabled: flag })],
  ["GET", `${REPOSITORY_PATH}/override-settings`, object({ override_settings: { type: "object" } })],
  ["(GET|POST|PUT)", REPOSITORY_PATH, REPOSITORY],
  ["DELETE", ".*", ANYTHING],
  [
    "GET",
    "/2\\.0/workspaces/[^/]+/projects/[^/]+",
    object({ uuid, key: text, name: text, is_private: flag, links: object({ avatar: link }), owner: object({ uuid }) }),
  ],
  ["GET", "/2\\.0/workspaces/[^/]+", object({ uuid, slug: text, name: text, is_private: flag })],
  ["GET", "/2\\.0/user", USER],
  ["GET", "/2\\.0/users/[^/]+", USER],
  ["GET", "/2\\.0/hook_events/[a-z]+", page(EVENT)],
  [
    "GET",
    "/2\\.0/user/emails",
    object({ values: { type: "array", items: object({ email: text, is_primary: flag, is_confirmed: flag }) } }),
  ],
];

const compiled = new Map<number, ValidateFunction>();

/** What the answer lacks, in sentences. @throws Error for a request that no rule covers */
export function needComplaints(method: string, path: string, answer: unknown): string[] {
  const index = NEEDS.findIndex(([methods, paths]) => new RegExp(`^${methods} ${paths}$`).test(`${method} ${path}`));
  const [, , schema] = NEEDS[index] ?? [];
  if (schema === undefined) throw new Error(`There is no rule for ${method} ${path}.`);
  const validate = compiled.get(index) ?? new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(schema);
  compiled.set(index, validate);
  if (validate(answer)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "the answer"} ${message ?? ""}`);
}
