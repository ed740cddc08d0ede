/** Cause and fix of every code of the file. */
import type { Explanations } from "../diagnostics";
import type { ExplainedCode } from "./catalog";

export const FILE_EXPLANATIONS: Explanations<ExplainedCode> = {
  "file-not-found": {
    cause: "`bitlift.yaml` is not in the folder, or the command or `cdktf.json` names another file.",
    fix: "Run `bitlift init` to write a file, or name the right one: `bitlift validate path/to/bitlift.yaml`, or `context.bitlift` in `cdktf.json`.",
  },
  "file-unreadable": {
    cause: "The path is that of a folder, or the operating system does not allow the user to read the file.",
    fix: "Name the file, or change its permissions.",
  },
  "file-too-large": {
    cause: "A file is larger than 5 MB. A file of that size has been generated, or is not the configuration.",
    fix: "Split the file with `include`, or describe many repositories with one set: `every: <workspace>`.",
  },
  "file-encoding": {
    cause: "The file is encoded as UTF-16, contains bytes that UTF-8 does not allow, or contains control characters.",
    fix: "Save the file as UTF-8 in your editor. The message names the first such place.",
  },
  "file-empty": {
    cause: "The file contains no key: it is empty, or every line is a comment.",
    fix: "Write at least `version: 1` in the main file. Remove an empty included file.",
  },
  "yaml-syntax": {
    cause:
      "The file is not valid YAML: the indentation, a quote, a bracket or a colon is wrong. Nothing else in this file is checked until that is corrected.",
    fix: "Correct the place that the message names. The cause is sometimes one line above.",
  },
  "yaml-alias": {
    cause:
      "An alias (`*name`) has no anchor (`&name`) before it, contains itself, or repeats too many values; or `<<` merges something that is not a map.",
    fix: "Define the anchor above the alias. If the text is not meant as an alias, quote it.",
  },
  "yaml-feature": {
    cause: "The file uses a tag such as `!secret`, or `%YAML 1.1`. The meaning of a value must not depend on the program that reads it.",
    fix: "Remove the tag or the line.",
  },
  "quotes-needed": {
    cause:
      "YAML reads a text without quotes as something else: `012` is a number, `null` is nothing, and a pattern such as `*-archive` is an alias.",
    fix: 'Quote the text: `"012"`, `"*-archive"`.',
  },
  "quotes-advised": {
    cause:
      "A text such as `yes`, `on` or `2026-01-31` has no quotes. Bitlift reads YAML 1.2, in which it is a text, but many programs read it as another type.",
    fix: "Quote the text.",
  },
  "include-not-found": {
    cause: "A pattern of `include` matches no file. Names that start with a dot are only matched by patterns that start with one.",
    fix: "Correct the pattern, which is relative to the folder of the file. Remove it if the files are gone.",
  },
  "included-key": {
    cause:
      "An included file contains a key other than `spaces` and `integrations`. The owner of one file must not be able to change the state, the limits or the servers of everybody.",
    fix: "Move the key to the main file.",
  },
  "unknown-key": {
    cause:
      "A key does not exist at this place. It is misspelled, indented wrongly, or belongs to another entry. The message lists the known keys or the most similar one.",
    fix: "Correct or remove the key. [The reference](guides/file-reference.md) lists every key.",
  },
  "duplicate-key": {
    cause:
      "A key is defined twice in one map, or two entries have the same key. Keys of Spaces and of integrations are unique over all files, however deep a Space is nested.",
    fix: "Remove one of the two, or choose another key. The message names the place of the first one.",
  },
  "key-not-text": {
    cause: "A key without quotes is a number, a truth value, or empty.",
    fix: 'Quote the key: `"012"`. Keys of entries start with a letter in any case.',
  },
  "key-reserved": {
    cause: "A Space has the key `root`, which stands for the Space of the whole account.",
    fix: "Choose another key. A Space at the top of the file is in root.",
  },
  "reference-not-found": {
    cause: "`space`, `parent`, `server` or a part names a key that the file does not contain.",
    fix: "Correct the key, or add the entry. For a Space that is managed elsewhere, add an entry with `existing`.",
  },
  "previous-key-in-use": {
    cause: "`previously` names a key that an entry still has, or that another entry also claims. Two entries that swap keys do this, too.",
    fix: "Remove it from `previously` of one of the two. To swap keys, first give one of the entries a key that was never used, and apply.",
  },
  "integration-product": {
    cause: "An integration has both `cloud` and `datacenter`, or neither.",
    fix: "Keep the one of its product. For an existing integration on Bitbucket Cloud, write `cloud: {}`.",
  },
  "existing-with-settings": {
    cause: "An entry with `existing` has settings that only the place that manages it can change, such as a name or a credential.",
    fix: "Remove the settings, or remove `existing` and manage the object here.",
  },
  "set-key-missing": {
    cause: "An integration has two sets of the same workspace or project. A set without a key is identified by its workspace or project.",
    fix: "Give the second set a `key` of its own.",
  },
  "event-unknown": {
    cause: "An additional event is not in the published list of the product: it is misspelled, belongs to the other product, or is new.",
    fix: "Correct the name. Leave it if Bitbucket has added the event recently.",
  },
  "parts-incomplete": {
    cause: "`parts` is a list, and an integration is in none of its parts, or in two.",
    fix: "Name each integration in exactly one part.",
  },
  "part-name": {
    cause:
      "Two parts have names that are the same or differ only in case, which some file systems do not tell apart, a part has the name `spaces`, which is that of the part that manages the Spaces, or CDKTF cannot use the name, such as `constructor`.",
    fix: "Choose another name.",
  },
  "state-not-separate": {
    cause: "The file has several parts, but the backend would store the state of all of them at one place.",
    fix: 'Add `{part}` to the argument that names the state, such as `key: "bitlift/{part}.tfstate"`.',
  },
};
