/** Integrations of Bitbucket Cloud and Bitbucket Data Center. */
import { z } from "zod";
import { VCS_CHECKS } from "../../domain";
import { repositories } from "./repository";
import { secret } from "./secret";
import {
  backing,
  BACKING_VALUES,
  formerKey,
  key,
  labels,
  oneOf,
  previously,
  settings,
  spaceliftId,
  spaceReference,
  text,
} from "./settings";

const cloud = settings({
  email: text.optional().meta({
    description: "Email address of the Atlassian account that owns the API token.",
    examples: ["spacelift@acme.example"],
  }),
  token: secret.optional().describe("The API token with which Spacelift reads code."),
  username: text.optional().describe("User name, if the server still accepts app passwords."),
  appPassword: secret.optional().describe("The app password of username. Atlassian disabled app passwords in July 2026."),
}).meta({
  id: "cloud",
  description: "The login with which Spacelift reads code on Bitbucket Cloud. Empty for an existing integration.",
});

const datacenter = settings({
  server: key.optional().describe("Key of the server under servers. Default: the server of the provider's environment."),
  username: text.optional().describe("User name of the account that owns the token."),
  token: secret.optional().describe("The access token with which Spacelift reads code."),
  apiHost: text.optional().meta({
    description: "Address that Spacelift calls: a URL, or private://<VCS agent pool>. Default: the url of the server.",
    examples: ["private://bitbucket-pool"],
  }),
  userFacingHost: text.optional().describe("URL at which people open Bitbucket. Default: the url of the server."),
}).meta({ id: "datacenter", description: "The server, and the login with which Spacelift reads code on Bitbucket Data Center." });

const existing = settings({
  id: spaceliftId.optional().describe("ID of the integration, as in its URL in Spacelift."),
  name: text.optional().describe("Name of the integration, in which upper and lower case count."),
  default: z.literal(true).optional().describe("The default integration of the account."),
}).meta({
  id: "existingIntegration",
  description: "An integration that is managed elsewhere. The file only adds webhooks to it.",
  examples: [{ default: true }],
  ...oneOf(["id"], ["name"], ["default"]),
});

/** What an integration and the defaults of all integrations have in common. */
export const integrationSettings = {
  labels: labels.optional(),
  vcsChecks: z.enum(VCS_CHECKS).optional().meta({
    description: "How Spacelift reports results on pull requests: one status per stack, three aggregated ones, or both.",
    default: "INDIVIDUAL",
  }),
  useGitCheckout: z.boolean().optional().describe("Whether Spacelift checks out code with git. Default: Spacelift decides."),
  secretRotation: z
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

export const integration = settings({
  cloud: cloud.optional(),
  datacenter: datacenter.optional(),
  name: text.optional().meta({
    description: "Name of the integration, unique in the account for its product. Changing the name replaces the integration and its URL.",
    examples: ["Bitbucket for Payments"],
  }),
  space: spaceReference.optional().meta({ description: "The Space of the integration.", default: "root" }),
  default: z.boolean().optional().meta({
    description: "Whether all stacks and modules of the account may use the integration. A default integration belongs to root.",
    default: false,
  }),
  description: z.string().optional().describe("Description of the integration, in Markdown."),
  ...integrationSettings,
  backing: backing.describe(`Which providers manage the integration and its webhooks. Default: the backing of the file. ${BACKING_VALUES}`),
  repositories: repositories.optional(),
  existing: existing.optional(),
  previously: previously("Former keys of this integration.", formerKey),
}).meta({ id: "integration", description: "An integration of one product.", ...oneOf(["cloud"], ["datacenter"]) });
