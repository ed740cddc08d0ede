/** The one declaration of a review as JSON: its types, its checks, and the published schema. */
import { z } from "zod";
import { homepage, version } from "../../../package.json";
import { REVIEW_CATALOG } from "../catalog";
import { SEVERITIES } from "../finding";

/** Grows when a program that reads the old format would be wrong about the new one. */
export const FORMAT = 1;

const text = z.string();
const count = z.int().min(0);
const fate = z
  .enum(["unchanged", "created", "updated", "replaced", "renamed", "deleted", "forgotten"])
  .meta({ id: "fate", description: "What happens to an object." });

const counts = z
  .strictObject({ create: count, update: count, replace: count, delete: count, forget: count, move: count, import: count })
  .meta({ id: "counts", description: "Objects by what happens to them. `forget`: removed from the state, and left as they are." });

const place = z
  .strictObject({ file: text, line: z.int().min(1), column: z.int().min(1) })
  .meta({ id: "place", description: "Where the file or the program declares it. The path is relative to the folder of bitlift.yaml." });

const consumer = z
  .strictObject({
    kind: z.enum(["stack", "module"]),
    id: text,
    name: text,
    space: text.nullable().describe("The path of its Space, from root; null if it is not known."),
  })
  .meta({ id: "consumer", description: "A stack or module that a finding concerns." });

const subject = z
  .strictObject({
    key: text.describe("The key in bitlift.yaml, or the address without a file. An acceptance names it: `<code>:<key>`."),
    kind: z.enum(["integration", "Space", "webhook", "part", "other"]),
    name: text,
    part: text,
    address: text.nullable().describe("The address in the plan."),
    place: place.nullable(),
    construct: text.nullable().describe("The path of the construct, in an app without a file."),
  })
  .meta({ id: "subject", description: "What a finding is about." });

const affected = z
  .strictObject({
    consumers: z.array(consumer),
    unnamed: count.describe("How many more consumers there are that have no name here."),
    caveat: text.nullable().describe("Why the list may be incomplete; null if it is complete."),
    repositories: z.array(text).describe("Repositories whose webhooks change."),
    spaces: z.array(text).describe("Paths of Spaces."),
  })
  .meta({ id: "affected", description: "Whom a finding concerns." });

const codes = Object.values(REVIEW_CATALOG.sections).flatMap((section) => Object.keys(section));

const finding = z
  .strictObject({
    code: text.meta({ description: "A stable code. Later versions may have more.", examples: codes }),
    severity: z.enum(SEVERITIES),
    subject,
    what: text.describe("What happens, as one sentence."),
    affected,
    todo: text.nullable().describe("What to do first; null if nothing needs to be done."),
    details: z.array(text),
    acceptable: z.boolean().describe("Whether an acceptance may unblock it."),
    verdict: z.enum(["blocks", "accepted", "known", "open"]).describe("`known`: exists on the base too. `open`: shown only."),
    note: text.nullable().describe("The note of the acceptance."),
  })
  .meta({ id: "finding", description: "One consequence of the plan." });

const integration = z
  .strictObject({
    key: text,
    name: text,
    product: z.enum(["cloud", "datacenter"]),
    isDefault: z.boolean(),
    fate,
    repositories: z.array(z.strictObject({ name: text, fate })),
    consumers: z
      .array(z.strictObject({ kind: z.enum(["stack", "module"]), name: text, losesSource: z.boolean() }))
      .nullable()
      .describe("Null if the consumers are not known."),
  })
  .meta({ id: "integration" });

const space = z
  .strictObject({
    id: text,
    name: text,
    fate,
    isExisting: z.boolean().describe("Managed elsewhere."),
    get spaces() {
      return z.array(space);
    },
    integrations: z.array(integration),
  })
  .meta({ id: "space", description: "A Space with everything in it." });

export const reviewDocument = z.strictObject({
  format: z
    .literal(FORMAT)
    .describe("Grows when a program that reads the old format would be wrong about the new one. New keys do not change it."),
  version: text.describe("The version of Bitlift."),
  summary: text.describe("One line for people."),
  blocked: z.boolean().describe("Whether a finding blocks."),
  base: text.nullable().describe("The commit or plan that the review compares with."),
  counts,
  parts: z.array(z.strictObject({ name: text, status: z.enum(["changes", "none", "waits", "failed"]), counts })),
  findings: z.array(finding).describe("Most severe first."),
  otherChanges: z.array(z.strictObject({ type: text, counts })).describe("Resources of other providers, by type."),
  picture: space.describe("The Space `root` and everything in it."),
});

export type ReviewDocument = z.output<typeof reviewDocument>;

/** The published schema. It allows keys that it does not know, so that it also fits what later versions add. */
export function reviewSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(reviewDocument, {
    target: "draft-07",
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
    },
  });
  const home = homepage.replace(/#.*$/, "").replace("https://github.com/", "https://raw.githubusercontent.com/");
  return {
    $schema,
    $id: `${home}/v${version}/bitlift-review.schema.json`,
    title: "bitlift review --format json",
    description: "What a plan does to people.",
    ...schema,
  };
}
