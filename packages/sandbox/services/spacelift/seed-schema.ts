// JSON Schema of the seed of the emulated Spacelift.
import { createListSchema } from "../../core/list-schema";

const text = { type: "string", minLength: 1 } as const;
const labels = { type: "array", items: { type: "string" } } as const;
const roles = { type: "object", additionalProperties: { enum: ["admin", "writer", "reader"] } } as const;
const bitbucket = ["BITBUCKET_CLOUD", "BITBUCKET_DATACENTER"] as const;
const providers = ["AZURE_DEVOPS", ...bitbucket, "GIT", "GITHUB", "GITHUB_ENTERPRISE", "GITLAB", "SHOWCASE", "SPACELIFT"] as const;

const sourced = {
  id: text,
  name: text,
  space: text,
  provider: { enum: providers },
  namespace: text,
  repository: text,
  branch: text,
  labels,
  vcsIntegrationId: {
    ...text,
    description: "Default: the default integration, if one exists. An integration that does not exist leaves the stack or module detached.",
  },
} as const;

/** JSON Schema of `SpaceliftSeed`. */
export const SPACELIFT_SEED_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["accounts"],
  properties: {
    accounts: createListSchema(
      {
        name: { type: "string", pattern: "^[a-z0-9][a-z0-9-]*$", description: "The path prefix of the account." },
        ulid: { type: "string", pattern: "^[0-9A-HJKMNP-TV-Z]{26}$", description: "Part of webhook addresses." },
        keys: createListSchema({ id: text, name: text, secret: text, admin: { type: "boolean" }, roles }, ["id", "secret"]),
        tokens: createListSchema({ id: text, token: text, roles, subject: text }, ["roles"]),
        spaces: createListSchema(
          { id: text, name: text, parentSpace: text, inheritEntities: { type: "boolean" }, description: { type: "string" }, labels },
          ["id", "name"],
        ),
        integrations: createListSchema(
          {
            provider: { enum: bitbucket },
            name: text,
            isDefault: { type: "boolean" },
            space: text,
            email: text,
            username: text,
            credential: text,
            webhookSecret: text,
            labels,
            description: { type: "string" },
            vcsChecks: { enum: ["INDIVIDUAL", "AGGREGATED", "ALL"] },
            useGitCheckout: { type: "boolean" },
            apiHost: text,
            userFacingHost: text,
          },
          ["provider", "name"],
        ),
        stacks: createListSchema(sourced, ["id", "name", "provider", "namespace", "repository"]),
        modules: createListSchema({ ...sourced, terraformProvider: text }, ["id", "name", "provider", "namespace", "repository"]),
        agentPools: createListSchema(
          { id: text, name: { ...text, description: "The target of private://<name>." }, description: { type: "string" } },
          ["name"],
        ),
      },
      ["name", "keys"],
    ),
  },
} as const;
