/** The fields that drfaust92's Bitbucket provider requires in responses. */
import { ANYTHING, boolean, createFieldChecker, object, text } from "./required-fields";

const uuid = { type: "string", pattern: "^\\{[0-9a-f-]{36}\\}$" } as const;
/** RFC 3339 with a time zone. Anything else is a decode error. */
const time = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$" } as const;
/** Must fit into 32 bits. */
const wholeNumber = { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 } as const;
const link = { type: "object", required: ["href"], properties: { href: text } } as const;

const page = (items: unknown) =>
  object({ values: { type: "array", minItems: 1, items } }, { size: wholeNumber, page: wholeNumber, pagelen: wholeNumber, next: text });

const HOOK = object({
  uuid,
  url: text,
  description: text,
  active: boolean,
  skip_cert_verification: boolean,
  events: { type: "array", items: text },
  history_enabled: boolean,
  secret_set: boolean,
});
const REPOSITORY = object({
  uuid,
  slug: text,
  name: text,
  full_name: text,
  scm: text,
  is_private: boolean,
  has_issues: boolean,
  has_wiki: boolean,
  fork_policy: text,
  language: text,
  description: text,
  size: wholeNumber,
  created_on: time,
  updated_on: time,
  // The provider crashes without the avatar.
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

const REPOSITORY_PATH = "/2\\.0/repositories/[^/]+/[^/]+";

export const findCloudFieldProblems = createFieldChecker([
  ["POST", "/site/oauth2/access_token", object({ access_token: text }, { token_type: text, expires_in: wholeNumber })],
  ["POST", `(${REPOSITORY_PATH}|/2\\.0/workspaces/[^/]+)/hooks`, object({ uuid })],
  ["GET", `(${REPOSITORY_PATH}|/2\\.0/workspaces/[^/]+)/hooks/[^/]+`, HOOK],
  ["PUT", `(${REPOSITORY_PATH}|/2\\.0/workspaces/[^/]+)/hooks/[^/]+`, ANYTHING],
  ["(GET|PUT)", `${REPOSITORY_PATH}/pipelines_config`, object({ enabled: boolean })],
  ["GET", `${REPOSITORY_PATH}/override-settings`, object({ override_settings: { type: "object" } })],
  ["(GET|POST|PUT)", REPOSITORY_PATH, REPOSITORY],
  ["DELETE", ".*", ANYTHING],
  [
    "GET",
    "/2\\.0/workspaces/[^/]+/projects/[^/]+",
    object({ uuid, key: text, name: text, is_private: boolean, links: object({ avatar: link }), owner: object({ uuid }) }),
  ],
  ["GET", "/2\\.0/workspaces/[^/]+", object({ uuid, slug: text, name: text, is_private: boolean })],
  ["GET", "/2\\.0/user", USER],
  ["GET", "/2\\.0/users/[^/]+", USER],
  ["GET", "/2\\.0/hook_events/[a-z]+", page(EVENT)],
  [
    "GET",
    "/2\\.0/user/emails",
    object({ values: { type: "array", items: object({ email: text, is_primary: boolean, is_confirmed: boolean }) } }),
  ],
]);
