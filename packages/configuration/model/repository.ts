/** Repositories of an integration: a text, one repository with settings of its webhook, or a set. */
import { z } from "zod";
import { REPOSITORY_ROLES } from "../../domain";
import { formerSetKey, key, namespaceName, previously, repositoryName, settings, text } from "./settings";

/** The settings of a webhook that have the same type everywhere, also under defaults. */
export const webhookSettings = {
  title: z.string().optional().describe('Title of the webhook in Bitbucket. Default: "Spacelift (<integration ID>)".'),
  active: z.boolean().optional().meta({ description: "Whether Bitbucket sends deliveries.", default: true }),
  verifyCertificate: z.boolean().optional().meta({
    description: "Whether Bitbucket verifies the certificate of the host to which it delivers.",
    default: true,
  }),
  adoptExisting: z.boolean().optional().meta({
    description: "Whether to adopt and update an existing webhook with the same URL. If false, such a webhook is an error.",
    default: true,
  }),
};

export const events = z.array(z.string()).meta({
  description: "Events to subscribe to in addition to those that Spacelift requires.",
  examples: [["pullrequest:changes_request_created"]],
});

const singleRepository = settings({
  repository: repositoryName,
  ...webhookSettings,
  additionalEvents: events.optional(),
  previously: previously("Former names of this repository, as <workspace or project>/<repository>."),
}).meta({ id: "repository", description: "One repository." });

const patterns = z.array(text);

const repositorySet = settings({
  every: namespaceName.meta({
    description:
      "Every repository of this workspace, or of the project with this key on Bitbucket Data Center, including those that are created later.",
    examples: ["acme-workspace", "PLAT"],
  }),
  key: key.optional().describe("Your own key for a second set of the same workspace or project. A key never changes."),
  project: text.optional().describe("Only repositories of the project with this key. Bitbucket Cloud only."),
  query: text
    .optional()
    .describe(
      "Only repositories that match this query: an expression in the filter language of Bitbucket Cloud, or a part of the name on Bitbucket Data Center.",
    ),
  role: z
    .enum([...REPOSITORY_ROLES.cloud, ...REPOSITORY_ROLES.datacenter])
    .optional()
    .describe("Only repositories on which the login that manages webhooks has this role."),
  match: patterns
    .min(1, "is empty and selects nothing. Remove match for every repository")
    .optional()
    .meta({
      description:
        "Only repositories whose slug matches one of these patterns. `*` stands for any text, `?` for one character. Quote a pattern that starts with `*`.",
      examples: [["svc-*"]],
    }),
  except: patterns.optional().meta({
    description: "No repositories whose slug matches one of these patterns. Name here the repositories that you list individually.",
    examples: [["*-archive"]],
  }),
  ...webhookSettings,
  additionalEvents: events.optional(),
  previously: previously("Former keys of this set. A set without a key has the workspace or project as its key.", formerSetKey),
}).meta({ id: "repositorySet", description: "Every repository of a workspace or project, or those that the filters select." });

export const repositories = z
  .array(z.union([repositoryName, singleRepository, repositorySet]))
  .meta({ id: "repositories", description: "The repositories that notify Spacelift. Each gets a webhook." });

/** The keys of each form, for messages about a key of the other form. */
export const REPOSITORY_KEYS: readonly string[] = Object.keys(singleRepository.shape);
export const SET_KEYS: readonly string[] = Object.keys(repositorySet.shape);
