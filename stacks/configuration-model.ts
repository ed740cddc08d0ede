/** The configuration model: the only declaration of the types, the validation and the JSON Schema. Does not depend on CDKTF. */
import { z } from "zod";
import { REPOSITORY_ROLES, VCS_CHECKS } from "../packages/domain";
import { email, key, labels, misplaced, otherProductOnly, repositoryName, settings, spaceKey, text, variable } from "./setting-schemas";

const spaceReference = z
  .union([spaceKey, settings({ id: text.describe("ID of an existing Space.") }).meta({ id: "existingSpace" })])
  .meta({ id: "spaceReference" });

const space = settings({
  name: text.describe("Name of the Space."),
  parent: spaceReference.optional().meta({
    description: 'The parent Space: its key under spaces, root, or {"id": …} of an existing Space.',
    default: "root",
  }),
  inheritEntities: z.boolean().optional().meta({
    description: "Whether stacks and modules in this Space may use what belongs to its parent Spaces.",
    default: false,
  }),
  description: z.string().optional().describe("Description of the Space."),
  labels: labels.optional().describe("Labels for searches and policies."),
}).meta({ id: "space" });

const server = settings({
  url: text.describe("URL of the server without /rest, including its context path if it has one."),
  accessTokenEnv: variable.optional().describe("Name of the environment variable with the access token that manages webhooks."),
  username: text.optional().describe("User name, if you use a password instead of an access token."),
  passwordEnv: variable.optional().describe("Name of the environment variable with the password of username."),
  caCertificateFile: text
    .optional()
    .describe(
      "PEM file with the certificate of the authority that signed the server's certificate. The path is relative to cdktf.json. Default: only the public authorities are trusted.",
    ),
}).meta({ id: "server" });

const webhookOptions = {
  title: z.string().optional().describe('Title of the webhook in Bitbucket. Default: "Spacelift (<integration ID>)".'),
  additionalEvents: z.array(z.string()).optional().describe("Events to subscribe to in addition to those that Spacelift requires."),
  active: z.boolean().optional().meta({ description: "Whether Bitbucket sends deliveries.", default: true }),
  adoptExisting: z.boolean().optional().meta({
    description: "Whether to adopt and update an existing webhook with the same URL. If false, such a webhook is an error.",
    default: true,
  }),
};

/** The certificate options by product. Each product rejects the option of the other one. */
const certificateOptions = {
  cloud: {
    skipCertificateVerification: z.boolean().optional().meta({
      description: "Whether Bitbucket delivers to a host whose certificate it cannot verify.",
      default: false,
    }),
    verifyCertificate: otherProductOnly("datacenter"),
  },
  datacenter: {
    verifyCertificate: z.boolean().optional().meta({
      description: "Whether Bitbucket verifies the certificate of the host to which it delivers.",
      default: true,
    }),
    skipCertificateVerification: otherProductOnly("cloud"),
  },
};

const setOnly = misplaced("applies to a set of repositories, but repository selects a single one. Remove one of the two.");

const singleRepository = {
  repository: repositoryName.describe("A single repository."),
  workspace: setOnly,
  project: setOnly,
  key: setOnly,
  query: setOnly,
  role: setOnly,
  except: setOnly,
  ...webhookOptions,
};

const setFilters = {
  key: key
    .optional()
    .describe("Your own key for a second set of the same workspace or project, such as one with another query. A key never changes."),
  query: text
    .optional()
    .describe(
      "Only repositories that match this query: an expression in the filter language of Bitbucket Cloud, or a part of the name on Bitbucket Data Center.",
    ),
  except: z
    .array(z.string())
    .optional()
    .describe("Slugs of repositories that get no webhook from this set. List here the repositories that you declare individually."),
  ...webhookOptions,
};

const ROLE = "Only repositories on which the login that manages webhooks has this role.";

const cloudRepositorySet = settings({
  workspace: text.describe("Every repository of this workspace, including those that are created later."),
  project: text.optional().describe("Only repositories of the project with this key."),
  role: z.enum(REPOSITORY_ROLES.cloud).optional().describe(ROLE),
  ...setFilters,
  ...certificateOptions.cloud,
}).meta({ id: "cloudRepositorySet" });

const datacenterRepositorySet = settings({
  project: text.describe("Every repository of the project with this key, including those that are created later."),
  workspace: otherProductOnly("cloud"),
  role: z.enum(REPOSITORY_ROLES.datacenter).optional().describe(ROLE),
  ...setFilters,
  ...certificateOptions.datacenter,
}).meta({ id: "datacenterRepositorySet" });

// The order of the alternatives matters: `checkConfiguration` reports the problems of the first one that the author may have meant.
const cloudRepositories = z.array(
  z.union([
    repositoryName,
    settings({ ...singleRepository, ...certificateOptions.cloud }).meta({ id: "cloudRepository" }),
    cloudRepositorySet,
  ]),
);
const datacenterRepositories = z.array(
  z.union([
    repositoryName,
    settings({ ...singleRepository, ...certificateOptions.datacenter }).meta({ id: "datacenterRepository" }),
    datacenterRepositorySet,
  ]),
);

const integrationOptions = {
  name: text.describe("Name of the integration, unique in the account for its product. Changing the name replaces the integration."),
  space: spaceReference.optional().meta({
    description: 'The Space of the integration: its key under spaces, root, or {"id": …} of an existing Space.',
    default: "root",
  }),
  isDefault: z.boolean().optional().meta({
    description: "Whether all stacks and modules of the account may use the integration. A default integration belongs to root.",
    default: false,
  }),
  labels: labels.optional().describe("Labels for searches and policies."),
  description: z.string().optional().describe("Description of the integration, in Markdown."),
  vcsChecks: z.enum(VCS_CHECKS).optional().meta({
    description: "How Spacelift reports results on pull requests: one status per stack, three aggregated ones, or both.",
    default: "INDIVIDUAL",
  }),
  useGitCheckout: z.boolean().optional().describe("Whether Spacelift checks out code with git. Default: Spacelift decides."),
  webhookSecretRotation: z
    .string()
    .optional()
    .describe("Any text. Changing it to another text regenerates the webhook secret and updates the webhooks."),
  detachProtection: z.boolean().optional().meta({
    description: "Whether to protect the integration from deletion while stacks or modules use it.",
    default: true,
  }),
  replacementOrder: z
    .enum(["create-first", "destroy-first"])
    .optional()
    .describe(
      "Whether a replacement creates the new integration before it destroys the old one. Default: create-first, or destroy-first for a default integration.",
    ),
};

const cloudIntegration = settings({
  product: z.literal("cloud").optional().meta({ description: "The Bitbucket product.", default: "cloud" }),
  ...integrationOptions,
  email: email.optional().describe("Email address of the account that owns the API token."),
  apiTokenEnv: variable.optional().describe("Name of the environment variable with the API token that Spacelift uses to read code."),
  username: text.optional().describe("User name, if you use an app password instead of an API token."),
  appPasswordEnv: variable
    .optional()
    .describe("Name of the environment variable with the app password of username. Atlassian disabled app passwords in July 2026."),
  server: otherProductOnly("datacenter"),
  apiHost: otherProductOnly("datacenter"),
  userFacingHost: otherProductOnly("datacenter"),
  accessTokenEnv: otherProductOnly("datacenter"),
  repositories: cloudRepositories.optional().describe("<workspace>/<repository>, or an object with options."),
}).meta({ id: "cloudIntegration" });

const datacenterIntegration = settings({
  product: z.literal("datacenter").meta({ description: "The Bitbucket product." }),
  ...integrationOptions,
  server: key
    .optional()
    .describe("Key of the server under bitbucketDatacenter. Default: the server of the environment, BITBUCKET_DATACENTER_URL."),
  apiHost: text.optional().describe("Address that Spacelift calls: a URL, or private://<VCS agent pool>. Default: the url of the server."),
  userFacingHost: text
    .optional()
    .describe("URL that people open in a browser. Default: the url of the server, or apiHost if no server is set."),
  username: text.describe("User name of the account that owns the access token."),
  accessTokenEnv: variable.describe("Name of the environment variable with the access token that Spacelift uses to read code."),
  email: otherProductOnly("cloud"),
  apiTokenEnv: otherProductOnly("cloud"),
  appPasswordEnv: otherProductOnly("cloud"),
  repositories: datacenterRepositories.optional().describe("<PROJECT>/<repository>, or an object with options."),
}).meta({ id: "datacenterIntegration" });

const integration = z.discriminatedUnion("product", [cloudIntegration, datacenterIntegration], {
  error: ({ input }) => (hasProduct(input) ? `is ${JSON.stringify(input.product)}. Allowed: cloud, datacenter.` : undefined),
});

function hasProduct(input: unknown): input is { readonly product: unknown } {
  return typeof input === "object" && input !== null && "product" in input;
}

const backend = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .refine((backends) => Object.keys(backends).length === 1, 'must contain exactly one backend, such as {"s3": {…}}.')
  .meta({
    description: "Where the state is stored: one backend by its Terraform name, with its arguments. Default: a file next to cdktf.json.",
    minProperties: 1,
    maxProperties: 1,
  });

export const configuration = settings({
  backend: backend.optional(),
  spaces: z
    .record(key, space)
    .optional()
    .describe("Spaces by your own keys. A key never changes, because the Terraform address is derived from it."),
  bitbucketDatacenter: z
    .record(key, server)
    .optional()
    .describe(
      "Bitbucket Data Center servers by your own keys, which integrations refer to. A key never changes. Retire a server in two deploys: first remove its integrations, then the server, because the first deploy still needs its login.",
    ),
  integrations: z
    .record(key, integration)
    .optional()
    .describe(
      "Bitbucket integrations by your own keys. The key identifies the integration, so a new key is a new integration. To rename an integration, change its name and keep the key.",
    ),
});

/** The content of `context.bitlift` in cdktf.json. */
export type Configuration = z.infer<typeof configuration>;
export type ServerConfiguration = z.infer<typeof server>;
export type SpaceReference = z.infer<typeof spaceReference>;
export type CloudIntegrationConfiguration = z.infer<typeof cloudIntegration>;
export type DatacenterIntegrationConfiguration = z.infer<typeof datacenterIntegration>;
export type IntegrationConfiguration = CloudIntegrationConfiguration | DatacenterIntegrationConfiguration;
/** Every repository of a workspace or project, or those that the filters select. */
export type RepositorySetConfiguration = z.infer<typeof cloudRepositorySet> | z.infer<typeof datacenterRepositorySet>;
export type BackendConfiguration = z.infer<typeof backend>;
