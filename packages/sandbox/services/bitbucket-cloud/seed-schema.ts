// JSON Schema of the seed of the emulated Bitbucket Cloud.
import { createListSchema } from "../../core/list-schema";

const text = { type: "string", minLength: 1 } as const;
const slug = { type: "string", pattern: "^[a-z0-9._-]+$", description: "Lowercase letters, digits, `.`, `_` and `-`." } as const;
const uuid = {
  type: "string",
  pattern: "^\\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\}$",
  description: "A UUID in braces, in lower case. Derived from the slug by default.",
} as const;
const hooks = createListSchema(
  {
    url: text,
    uuid,
    description: { type: "string" },
    active: { type: "boolean" },
    events: { type: "array", items: text, minItems: 1, uniqueItems: true },
    secret: { type: "string", minLength: 1, maxLength: 128 },
    skipCertVerification: { type: "boolean" },
  },
  ["url", "events"],
);

/** JSON Schema of `BitbucketCloudSeed`. */
export const BITBUCKET_CLOUD_SEED_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["workspaces"],
  properties: {
    workspaces: createListSchema(
      {
        slug,
        uuid,
        name: text,
        projects: createListSchema({ key: { type: "string", pattern: "^[A-Z][A-Z0-9_]*$" }, name: text }, ["key", "name"]),
        repositories: createListSchema(
          {
            slug,
            uuid,
            name: text,
            project: { ...text, description: "Key of a project of the workspace." },
            mainBranch: { type: ["string", "null"], minLength: 1, description: 'Defaults to "main"; null for an empty repository.' },
            private: { type: "boolean", description: "Defaults to true." },
            hooks,
          },
          ["slug"],
        ),
        hooks,
      },
      ["slug"],
    ),
    credentials: createListSchema(
      {
        kind: { enum: ["access-token", "api-token", "app-password", "oauth-consumer"] },
        email: { ...text, description: "Required for an API token." },
        username: { ...text, description: "The user of an app password, or the key of an OAuth consumer." },
        displayName: text,
        token: { ...text, description: "The token, the password, or the consumer's secret." },
        scopes: {
          type: "array",
          items: text,
          uniqueItems: true,
          description:
            "API tokens have scopes such as `read:webhook:bitbucket`; all other credentials have classic scopes such as `webhook`.",
        },
        expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z$", description: "ISO 8601 in UTC." },
        access: {
          type: "object",
          propertyNames: { pattern: "^[a-z0-9._-]+/([a-z0-9._-]+|\\*)$" },
          additionalProperties: { enum: ["admin", "write", "read"] },
          description: "Keyed by workspace/repository, or by workspace/* for all repositories of a workspace.",
        },
      },
      ["kind", "token", "scopes", "access"],
    ),
  },
} as const;
