// JSON Schema of the seed of the emulated Bitbucket Data Center.
import { createListSchema } from "../../core/list-schema";
import { TOKEN_PERMISSIONS } from "./credentials";

const text = { type: "string", minLength: 1 } as const;
const slug = { type: "string", pattern: "^[a-z0-9._-]+$", description: "Lowercase letters, digits, `.`, `_` and `-`." } as const;
const level = { enum: ["admin", "write", "read"] } as const;
const ADDRESS = "^~?[A-Za-z0-9._-]+(/[a-z0-9._-]+)?$";

const hooks = createListSchema(
  {
    url: text,
    name: { type: "string" },
    active: { type: "boolean" },
    events: { type: "array", items: text, minItems: 1, uniqueItems: true },
    secret: { ...text, description: "The key `secret` of `configuration`." },
    configuration: { type: "object", description: "Further keys of `configuration`." },
    credentials: {
      type: "object",
      properties: { username: text, password: text },
      required: ["username", "password"],
      additionalProperties: false,
      description: "Sent with deliveries as Basic.",
    },
    sslVerificationRequired: { type: "boolean", description: "Defaults to true." },
  },
  ["url", "events"],
);

const repositories = createListSchema(
  {
    slug,
    name: text,
    description: { type: "string" },
    defaultBranch: { type: ["string", "null"], minLength: 1, description: 'Defaults to "main"; null for an empty repository.' },
    public: { type: "boolean", description: "Defaults to false." },
    archived: { type: "boolean", description: "Defaults to false." },
    hooks,
  },
  ["slug"],
);

/** JSON Schema of `BitbucketDatacenterSeed`. */
export const BITBUCKET_DATACENTER_SEED_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["projects"],
  properties: {
    contextPath: {
      type: "string",
      pattern: "^(/[A-Za-z0-9._-]+)+$",
      description: "The path of the server below its origin, such as /bitbucket. It cannot change while the sandbox runs.",
    },
    projects: createListSchema(
      {
        key: { type: "string", pattern: "^[A-Z][A-Z0-9_-]*$" },
        name: text,
        description: { type: "string" },
        public: { type: "boolean", description: "Defaults to false." },
        repositories,
        hooks,
      },
      ["key"],
    ),
    users: createListSchema(
      {
        name: { ...slug, description: "In lower case; the personal project is `~name`." },
        displayName: text,
        emailAddress: text,
        password: { ...text, description: "Without a password, only tokens of the user work." },
        licensed: { type: "boolean", description: "Defaults to true." },
        global: { enum: ["ADMIN", "PROJECT_CREATE"] },
        access: {
          type: "object",
          propertyNames: { pattern: ADDRESS },
          additionalProperties: level,
          description: "Keyed by project key for all its repositories, or by KEY/slug.",
        },
        repositories,
      },
      ["name"],
    ),
    tokens: createListSchema(
      {
        token: text,
        name: text,
        user: { ...text, description: "The owner of the token; alternatively `project` or `repository`." },
        project: { type: "string", pattern: "^~?[A-Za-z0-9._-]+$", description: "The key of the project that owns the token." },
        repository: {
          type: "string",
          pattern: "^~?[A-Za-z0-9._-]+/[a-z0-9._-]+$",
          description: "KEY/slug of the repository that owns the token.",
        },
        permissions: { type: "array", items: { enum: TOKEN_PERMISSIONS }, minItems: 1, uniqueItems: true },
        expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z$", description: "ISO 8601 in UTC." },
      },
      ["token", "permissions"],
    ),
  },
} as const;
