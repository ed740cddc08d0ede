/** The dependency lock file: the entry of the provider is updated, and everything else stays unchanged. */
import { lockedSources, mergeLockEntry, type LockEntry } from "../../../lib/plugin/lock-file";

const PATH = "/stack/.terraform.lock.hcl";
const ENTRY: LockEntry = { source: "terraform.local/bitlift/bitlift", version: "0.2.0", constraints: "0.2.0", hashes: ["h1:new="] };
const ENTRY_TEXT = `provider "terraform.local/bitlift/bitlift" {
  version     = "0.2.0"
  constraints = "0.2.0"
  hashes = [
    "h1:new=",
  ]
}
`;
const OLD_ENTRY_TEXT = ENTRY_TEXT.replaceAll("0.2.0", "0.1.0").replace("h1:new=", "h1:old=");
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
  ["creates a file", undefined, `${HEADER}\n${ENTRY_TEXT}`],
  ["fills an empty file", "\n", `${HEADER}\n${ENTRY_TEXT}`],
  ["adds to a file without entries", HEADER, `${HEADER}\n${ENTRY_TEXT}`],
  ["adds after other entries", `${HEADER}\n${NULL_PROVIDER}`, `${HEADER}\n${NULL_PROVIDER}\n${ENTRY_TEXT}`],
  ["adds in the order of addresses", `${HEADER}\n${NULL_PROVIDER}\n${LATER}`, `${HEADER}\n${NULL_PROVIDER}\n${ENTRY_TEXT}\n${LATER}`],
  ["adds before all other entries", `${HEADER}\n${LATER}`, `${HEADER}\n${ENTRY_TEXT}\n${LATER}`],
  [
    "replaces an older entry of the provider",
    `${HEADER}\n${NULL_PROVIDER}\n${OLD_ENTRY_TEXT}\n${LATER}`,
    `${HEADER}\n${NULL_PROVIDER}\n${ENTRY_TEXT}\n${LATER}`,
  ],
  ["does not change a current entry", `${HEADER}\n${NULL_PROVIDER}\n${ENTRY_TEXT}`, `${HEADER}\n${NULL_PROVIDER}\n${ENTRY_TEXT}`],
  ["adds a line break to the last line of a file", `${HEADER}\n${NULL_PROVIDER}`.trimEnd(), `${HEADER}\n${NULL_PROVIDER}\n${ENTRY_TEXT}`],
  ["replaces an entry at the end of the file that has no line break", OLD_ENTRY_TEXT.trimEnd(), ENTRY_TEXT],
  [
    "keeps the header of OpenTofu",
    `${HEADER.replace("terraform", "tofu")}\n${OLD_ENTRY_TEXT}`,
    `${HEADER.replace("terraform", "tofu")}\n${ENTRY_TEXT}`,
  ],
  [
    "keeps the comments and spacing of other entries",
    `// kept\n\n${NULL_PROVIDER.replace("  version ", "\t# why\n\tversion ")}\n${OLD_ENTRY_TEXT}`,
    `// kept\n\n${NULL_PROVIDER.replace("  version ", "\t# why\n\tversion ")}\n${ENTRY_TEXT}`,
  ],
  [
    "uses the line endings of the file",
    `${HEADER}\n${NULL_PROVIDER}`.replaceAll("\n", "\r\n"),
    `${HEADER}\n${NULL_PROVIDER}\n${ENTRY_TEXT}`.replaceAll("\n", "\r\n"),
  ],
  [
    "accepts hashes on one line",
    `provider "a.example.com/b/c" {\n  version = "1.0.0"\n  hashes = ["h1:a=", "h1:b="]\n}\n`,
    `provider "a.example.com/b/c" {\n  version = "1.0.0"\n  hashes = ["h1:a=", "h1:b="]\n}\n\n${ENTRY_TEXT}`,
  ],
])("%s", (_, before, after) => {
  expect(mergeLockEntry(before, ENTRY, PATH)).toBe(after);
  expect(mergeLockEntry(after, ENTRY, PATH)).toBe(after);
});

it.each<[string, string, RegExp]>([
  ["a merge conflict", `${HEADER}<<<<<<< HEAD\n${OLD_ENTRY_TEXT}`, /line 3 does not have the format that an engine writes: "<<<<<<< HEAD"/],
  ["a merge conflict inside an entry", NULL_PROVIDER.replace("  hashes", "=======\n  hashes"), /line 4/],
  ["an entry without a closing brace", OLD_ENTRY_TEXT.replace("}\n", ""), /has no closing brace/],
  ["a block inside an entry", OLD_ENTRY_TEXT.replace("  hashes", "  other {\n  }\n  hashes"), /line 4/],
  ["another type of block", `${HEADER}\nmodule "x" {\n}\n`, /line 4/],
  ["an entry on one line", `provider "terraform.local/bitlift/bitlift" { version = "0.1.0" }\n`, /line 1/],
  ["an expression as an address", 'provider "${var.x}" {\n}\n', /line 1/],
  ["a multi-line text", OLD_ENTRY_TEXT.replace('"0.1.0"', "<<EOT"), /line 2/],
  ["a second entry of the provider", `${OLD_ENTRY_TEXT}\n${OLD_ENTRY_TEXT}`, /2 entries for terraform\.local\/bitlift\/bitlift/],
  ["JSON", '{"provider": {}}', /line 1/],
])("rejects %s with a fix", (_, text, message) => {
  expect(() => mergeLockEntry(text, ENTRY, PATH)).toThrow(message);
  expect(() => mergeLockEntry(text, ENTRY, PATH)).toThrow(
    /\.terraform\.lock\.hcl cannot be updated safely[\s\S]*Repair the file, or delete it/,
  );
});

it("lists the locked providers", () => {
  expect(lockedSources(`${HEADER}\n${NULL_PROVIDER}\n${ENTRY_TEXT}`, PATH)).toEqual(["registry.terraform.io/hashicorp/null", ENTRY.source]);
});
