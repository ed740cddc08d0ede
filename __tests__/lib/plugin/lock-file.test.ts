/** The dependency lock file: what is ours is put in, what is not stays as it was. */
import { lockedSources, mergeLockEntry, type LockEntry } from "../../../lib/plugin/lock-file";

const PATH = "/stack/.terraform.lock.hcl";
const ENTRY: LockEntry = { source: "terraform.local/bitlift/bitlift", version: "0.2.0", constraints: "0.2.0", hashes: ["h1:new="] };
const OURS = `provider "terraform.local/bitlift/bitlift" {
  version     = "0.2.0"
  constraints = "0.2.0"
  hashes = [
    "h1:new=",
  ]
}
`;
const OLD = OURS.replaceAll("0.2.0", "0.1.0").replace("h1:new=", "h1:old=");
const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;
const NULL_PROVIDER = `provider "registry.terraform.io/hashicorp/null" {
  version     = "3.2.1"
  constraints = "~> 3.2, != 3.2.0"
  hashes = [
    "h1:wIgJAGh5D6qy7DHJiLvXnyYk5eZl2vXzeCKRSVFb0aE=",
    "zh:58ed64389620cc7b82f01332e27723856422820cfd302e304b5f6c3436fb9840",
  ]
}
`;
const LATER = NULL_PROVIDER.replace("registry.terraform.io/hashicorp/null", "zz.example.com/a/b");

it.each<[string, string | undefined, string]>([
  ["makes a file where there is none", undefined, `${HEADER}\n${OURS}`],
  ["fills an empty file", "\n", `${HEADER}\n${OURS}`],
  ["adds to a file without entries", HEADER, `${HEADER}\n${OURS}`],
  ["adds behind other entries", `${HEADER}\n${NULL_PROVIDER}`, `${HEADER}\n${NULL_PROVIDER}\n${OURS}`],
  ["adds in the order of addresses", `${HEADER}\n${NULL_PROVIDER}\n${LATER}`, `${HEADER}\n${NULL_PROVIDER}\n${OURS}\n${LATER}`],
  ["adds before all others", `${HEADER}\n${LATER}`, `${HEADER}\n${OURS}\n${LATER}`],
  ["replaces an older entry of ours", `${HEADER}\n${NULL_PROVIDER}\n${OLD}\n${LATER}`, `${HEADER}\n${NULL_PROVIDER}\n${OURS}\n${LATER}`],
  ["leaves a current entry as it is", `${HEADER}\n${NULL_PROVIDER}\n${OURS}`, `${HEADER}\n${NULL_PROVIDER}\n${OURS}`],
  ["ends the last line of a file first", `${HEADER}\n${NULL_PROVIDER}`.trimEnd(), `${HEADER}\n${NULL_PROVIDER}\n${OURS}`],
  ["replaces an entry that ends the file without a line end", OLD.trimEnd(), OURS],
  ["keeps the heading of OpenTofu", `${HEADER.replace("terraform", "tofu")}\n${OLD}`, `${HEADER.replace("terraform", "tofu")}\n${OURS}`],
  [
    "keeps comments and odd spacing of others",
    `// kept\n\n${NULL_PROVIDER.replace("  version ", "\t# why\n\tversion ")}\n${OLD}`,
    `// kept\n\n${NULL_PROVIDER.replace("  version ", "\t# why\n\tversion ")}\n${OURS}`,
  ],
  [
    "writes the line ends of the file",
    `${HEADER}\n${NULL_PROVIDER}`.replaceAll("\n", "\r\n"),
    `${HEADER}\n${NULL_PROVIDER}\n${OURS}`.replaceAll("\n", "\r\n"),
  ],
  [
    "accepts hashes on one line",
    `provider "a.example.com/b/c" {\n  version = "1.0.0"\n  hashes = ["h1:a=", "h1:b="]\n}\n`,
    `provider "a.example.com/b/c" {\n  version = "1.0.0"\n  hashes = ["h1:a=", "h1:b="]\n}\n\n${OURS}`,
  ],
])("%s", (_, before, after) => {
  expect(mergeLockEntry(before, ENTRY, PATH)).toBe(after);
  expect(mergeLockEntry(after, ENTRY, PATH)).toBe(after);
});

it.each<[string, string, RegExp]>([
  ["a merge conflict", `${HEADER}<<<<<<< HEAD\n${OLD}`, /line 3 is not what an engine writes: "<<<<<<< HEAD"/],
  ["a conflict inside an entry", NULL_PROVIDER.replace("  hashes", "=======\n  hashes"), /line 4/],
  ["an entry without an end", OLD.replace("}\n", ""), /has no end/],
  ["a block inside an entry", OLD.replace("  hashes", "  other {\n  }\n  hashes"), /line 4/],
  ["another kind of block", `${HEADER}\nmodule "x" {\n}\n`, /line 4/],
  ["an entry on one line", `provider "terraform.local/bitlift/bitlift" { version = "0.1.0" }\n`, /line 1/],
  ["an expression for an address", 'provider "${var.x}" {\n}\n', /line 1/],
  ["a text over several lines", OLD.replace('"0.1.0"', "<<EOT"), /line 2/],
  ["a second entry of ours", `${OLD}\n${OLD}`, /2 entries for terraform\.local\/bitlift\/bitlift/],
  ["JSON", '{"provider": {}}', /line 1/],
])("refuses %s and says what to do", (_, text, message) => {
  expect(() => mergeLockEntry(text, ENTRY, PATH)).toThrow(message);
  expect(() => mergeLockEntry(text, ENTRY, PATH)).toThrow(
    /\.terraform\.lock\.hcl cannot be changed safely[\s\S]*Repair the file, or delete it/,
  );
});

it("lists the providers that are locked", () => {
  expect(lockedSources(`${HEADER}\n${NULL_PROVIDER}\n${OURS}`, PATH)).toEqual(["registry.terraform.io/hashicorp/null", ENTRY.source]);
});
