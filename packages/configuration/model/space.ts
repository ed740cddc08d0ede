/** Spaces. Nesting in the file is nesting in Spacelift. */
import { z } from "zod";
import { formerKey, key, labels, oneOf, previously, settings, spaceliftId, spaceReference, text } from "./settings";

const existingSpace = settings({
  id: spaceliftId
    .optional()
    .meta({ description: "ID of the Space, as in its URL in Spacelift.", examples: ["legacy-01HN0BF3GMYZQ4NYVNQ1RKQ9M7"] }),
  name: text.optional().describe("Name of the Space, in which upper and lower case count."),
  parent: spaceReference.optional().meta({ description: "The Space that contains it.", default: "root" }),
}).meta({
  id: "existingSpace",
  description: "A Space that is managed elsewhere, by its ID, or by its name and parent.",
  examples: [{ id: "legacy-01HN0BF3GMYZQ4NYVNQ1RKQ9M7" }, { name: "Legacy", parent: "root" }],
  ...oneOf(["id"], ["name"]),
});

// Not `settings`: the compiler infers a type that contains itself only without a function in between.
export const space = z.strictObject({
  name: text.optional().meta({ description: "Name of the Space in Spacelift. It can change; the key cannot.", examples: ["Payments"] }),
  inherit: z.boolean().optional().meta({
    description: "Whether stacks and modules in this Space may use what belongs to the Spaces that contain it.",
    default: false,
  }),
  description: z.string().optional().describe("Description of the Space."),
  labels: labels.optional(),
  get spaces(): z.ZodOptional<z.ZodRecord<typeof key, typeof space>> {
    return z.record(key, space).optional().describe("The Spaces in this Space, by your own keys.");
  },
  existing: existingSpace.optional(),
  previously: previously("Former keys of this Space.", formerKey),
});

z.globalRegistry.add(space, { id: "space", description: "A Space.", ...oneOf(["name"], ["existing"]) });
