/** The whole file: `bitlift.yaml`, and what the included files may contain. */
import { z } from "zod";
import { integration, integrationSettings } from "./integration";
import { events, webhookSettings } from "./repository";
import { cloudLogin } from "./secret";
import { server } from "./server";
import { backing, BACKING_VALUES, formed, key, settings, text } from "./settings";
import { space } from "./space";

const backendName = z.string().regex(/^[a-z][a-z0-9_-]*$/, "is not the name of a backend");

const state = settings({
  backend: z
    .record(backendName, z.record(z.string(), z.unknown()))
    .optional()
    .meta({
      description:
        "One backend by its Terraform name, with its arguments. `{part}` stands for the name of the part, and is required where there are several. Secrets come from the environment.",
      examples: [{ s3: { bucket: "acme-terraform", key: "bitlift/{part}.tfstate", region: "eu-central-1" } }],
      minProperties: 1,
      maxProperties: 1,
    }),
}).meta({ id: "state", description: "Where the state is stored. Default: a file in the folder of the configuration." });

const defaults = settings({
  integration: settings(integrationSettings).optional().describe("Settings of every integration that does not have its own."),
  webhook: settings({
    ...webhookSettings,
    additionalEvents: settings({ cloud: events.optional(), datacenter: events.optional() })
      .optional()
      .describe("Additional events by product, because the products name them differently."),
  })
    .optional()
    .describe("Settings of every webhook that does not have its own."),
}).meta({ id: "defaults", description: "Used where an entry does not have the key. The value of an entry replaces the whole default." });

const part = settings({
  name: key.describe("Name of the part, and of its stack in CDKTF."),
  integrations: z
    .array(key)
    .describe(
      "Keys of the integrations of the part. An empty list deletes everything in the part, which can leave the file when that is applied.",
    ),
}).meta({ id: "part", description: "A part of the file, with a state of its own. CDKTF calls it a stack." });

const parts = z.union([z.enum(["none", "integration"]), z.array(part).min(1, "is empty")]).meta({
  id: "parts",
  description:
    "How the file is split into parts with a state of their own: not at all, one for each integration, or as listed. Spaces then have a part named spaces. To delete a part with everything in it, keep it in the list, with an empty list of integrations, until that is applied.",
  default: "none",
});

const removals = settings({
  most: formed(/^(\d{1,2}(\.\d+)?|100)%$/, "is not a share. Write a percentage from 0% to 100%")
    .optional()
    .meta({ description: "The largest share of objects of one type that one change may delete.", default: "25%", examples: ["25%"] }),
}).meta({ id: "removals", description: "The limit on deletions. It applies to five or more objects." });

const acceptance = settings({
  finding: formed(/^[a-z][a-z0-9-]*:\S.*$/, "does not name a finding. Write <code>:<key>, as the review shows it").describe(
    "The finding, as <code>:<key>.",
  ),
  note: text.describe("Why it is accepted."),
  until: formed(/^\d{4}-\d{2}-\d{2}$/, "is not a date. Write it as YYYY-MM-DD")
    .optional()
    .meta({ description: "The last day on which it is accepted.", examples: ["2027-03-31"] }),
}).meta({ id: "acceptance", description: "A finding of the review that is accepted." });

const entries = {
  spaces: z
    .record(key, space)
    .optional()
    .describe("Spaces by your own keys, nested as in Spacelift. A key never changes and is unique in all files."),
  integrations: z.record(key, integration).optional().describe("Integrations by your own keys. A key never changes; the name may."),
};

export const document = settings({
  version: z.literal(1).meta({ description: "Version of the format.", examples: [1] }),
  backing: backing.meta({
    description: `Which providers manage the Spaces, and what has no backing of its own. ${BACKING_VALUES}`,
    default: "bitlift",
  }),
  state: state.optional(),
  defaults: defaults.optional(),
  include: z
    .array(text)
    .optional()
    .meta({
      description: "More files with spaces and integrations: paths relative to this file, in which `*` and `?` stand for characters.",
      examples: [["teams/*.yaml"]],
    }),
  parts: parts.optional(),
  removals: removals.optional(),
  accept: z
    .array(acceptance)
    .optional()
    .describe("Findings of `bitlift review` that people have agreed on. They no longer block a pull request."),
  bitbucketCloud: cloudLogin.optional(),
  servers: z.record(key, server).optional().describe("Servers of Bitbucket Data Center by your own keys."),
  ...entries,
});

/** An included file: its owner must not be able to change the rules of everybody. */
export const includedDocument = settings(entries);

/** The keys that only the main file may contain. */
export const MAIN_FILE_KEYS: readonly string[] = Object.keys(document.shape).filter((name) => !(name in entries));

export type Document = z.infer<typeof document>;
export type IncludedDocument = z.infer<typeof includedDocument>;
export type SpaceInput = z.infer<typeof space>;
export type IntegrationInput = z.infer<typeof integration>;
export type ServerInput = z.infer<typeof server>;
export type RepositoryInput = NonNullable<IntegrationInput["repositories"]>[number];
