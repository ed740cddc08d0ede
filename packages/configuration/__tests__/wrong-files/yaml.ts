/** Trouble with YAML itself: syntax, aliases, keys, and texts without quotes. */
import type { WrongFile } from "./wrong-file";

export const YAML_CASES: readonly WrongFile[] = [
  {
    name: "a tab as indentation",
    files: ["version: 1", "spaces:", "\tplatform: { name: Platform }"],
    output: [
      "bitlift.yaml:3:1: error: the line is indented with a tab. YAML allows only spaces: replace the tab by spaces. [yaml-syntax]",
      "3 |  platform: { name: Platform }",
      "  | ^",
    ],
  },
  {
    name: "two documents",
    files: ["version: 1", "---", "version: 1"],
    output: [
      "bitlift.yaml:2:1: error: a second document starts here, after ---. A file contains one document: remove the line, or include another file. [yaml-syntax]",
      "2 | ---",
      "  | ^^^",
    ],
  },
  {
    name: "a colon in a text without quotes",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    description: note: important",
    ],
    output: [
      "bitlift.yaml:6:18: error: a second key is on the same line. Start a new line for it, or quote the text if it contains a colon. [yaml-syntax]",
      "6 |     description: note: important",
      "  |                  ^",
    ],
  },
  {
    name: "an open bracket",
    files: ["version: 1", "include: [a.yaml", "spaces:", "  a: { name: A }"],
    output: [
      "bitlift.yaml:2:10: error: the [ of a list is not closed, or the lines inside it are not indented. Add the ]. [yaml-syntax]",
      "2 | include: [a.yaml",
      "  |          ^",
    ],
  },
  {
    name: "an open brace",
    files: ["version: 1", "spaces:", "  a: { name: A"],
    output: [
      "bitlift.yaml:3:6: error: the { of a map is not closed, or the lines inside it are not indented. Add the }. [yaml-syntax]",
      "3 |   a: { name: A",
      "  |      ^",
    ],
  },
  {
    name: "an open quote",
    files: ["version: 1", "spaces:", '  a: { name: "A }'],
    output: [
      "bitlift.yaml:3:14: error: a quote is opened but not closed. Close it. [yaml-syntax]",
      '3 |   a: { name: "A }',
      "  |              ^",
    ],
  },
  {
    name: "a bracket too many",
    files: ["version: 1", "include: [a.yaml]]"],
    output: [
      "bitlift.yaml:2:18: error: a bracket is closed that was not opened. Remove it. [yaml-syntax]",
      "2 | include: [a.yaml]]",
      "  |                  ^",
    ],
  },
  {
    name: "an apostrophe in single quotes",
    files: ["version: 1", "spaces:", "  a: { name: 'it's' }"],
    output: [
      "bitlift.yaml:3:18: error: text follows a value that has already ended. Quote the whole value; write '' for a quote inside single quotes. [yaml-syntax]",
      "3 |   a: { name: 'it's' }",
      "  |                  ^^",
    ],
  },
  {
    name: "a text that starts with @",
    files: ["version: 1", "spaces:", "  a: { name: @home }"],
    output: [
      "bitlift.yaml:3:14: error: a text cannot start with @ without quotes. Quote it. [yaml-syntax]",
      "3 |   a: { name: @home }",
      "  |              ^",
    ],
  },
  {
    name: "a text that starts with a backtick",
    files: ["version: 1", "spaces:", "  a: { name: `A` }"],
    output: [
      "bitlift.yaml:3:14: error: a text cannot start with ` without quotes. Quote it. [yaml-syntax]",
      "3 |   a: { name: `A` }",
      "  |              ^",
    ],
  },
  {
    name: "wrong indentation",
    files: ["version: 1", "spaces:", "    a: { name: A }", "  b: { name: B }"],
    output: [
      "bitlift.yaml:4:1: error: the line is not indented like the lines around it. The keys of one map start in the same column. [yaml-syntax]",
      "4 |   b: { name: B }",
      "  | ^",
    ],
  },
  {
    name: "a key without a colon",
    files: ["version: 1", "spaces"],
    output: [
      "bitlift.yaml:2:1: error: a colon is missing after the key, or the line does not belong here. [yaml-syntax]",
      "2 | spaces",
      "  | ^^^^^^",
    ],
  },
  {
    name: "an unknown escape",
    files: ["version: 1", "spaces:", '  a: { name: "\\q" }'],
    output: [
      "bitlift.yaml:3:15: error: the text in double quotes contains an unknown escape. Write \\\\ for a backslash, or use single quotes. [yaml-syntax]",
      '3 |   a: { name: "\\q" }',
      "  |               ^",
    ],
  },
  {
    name: "a list on the line of its key",
    files: ["version: 1", "include: - a.yaml"],
    output: [
      "bitlift.yaml:2:10: error: a list starts on the line of its key. Start it on a new line. [yaml-syntax]",
      "2 | include: - a.yaml",
      "  |          ^",
    ],
  },
  {
    name: "a tag",
    files: ["version: 1", "spaces:", "  a: { name: !secret A }"],
    output: [
      "bitlift.yaml:3:14: error: tags are not supported. Remove the tag. [yaml-syntax]",
      "3 |   a: { name: !secret A }",
      "  |              ^^^^^^^",
    ],
  },
  {
    name: "a binary tag",
    files: ["version: 1", "spaces:", "  a: { name: !!binary aGk= }"],
    output: [
      'bitlift.yaml:3:23: error: the tag "!!binary" is not supported. Remove it. [yaml-feature]',
      "3 |   a: { name: !!binary aGk= }",
      "  |                       ^^^^",
    ],
  },
  {
    name: "YAML 1.1",
    files: ["%YAML 1.1", "---", "version: 1"],
    output: [
      "bitlift.yaml:1:1: error: the directive %YAML 1.1 changes the meaning of texts such as yes and 012. Remove the line: the file is read as YAML 1.2. [yaml-feature]",
      "1 | %YAML 1.1",
      "  | ^^^^^^^^^",
    ],
  },
  {
    name: "an alias without an anchor",
    files: ["version: 1", "spaces:", "  a: *base"],
    output: [
      'bitlift.yaml:3:6: error: the alias *base has no anchor &base before it. The file has no anchors. If it is a text, quote it: "*base". [yaml-alias]',
      "3 |   a: *base",
      "  |      ^^^^^",
    ],
  },
  {
    name: "an alias inside its own anchor",
    files: ["version: 1", "spaces: &all", "  a: { name: A, spaces: *all }"],
    output: [
      "bitlift.yaml:3:25: error: the alias *all is inside its own anchor, so that it would contain itself. Remove it. [yaml-alias]",
      "3 |   a: { name: A, spaces: *all }",
      "  |                         ^^^^",
    ],
  },
  {
    name: "aliases that stand for billions of values",
    files: nestedAliases(),
    output: [
      "bitlift.yaml:8:42: error: the aliases of this file repeat more than 200,000 values. Repeat less. [yaml-alias]",
      "8 |   f: &f { name: f, spaces: { k0: *e, k1: *e, k2: *e, k3: *e, k4: *e, k5: *e, k6: *e, k7: *e, k8: *e, k9: *e, k10: *e, k11: *e } }",
      "  |                                          ^^",
    ],
  },
  {
    name: "a merge of a text",
    files: ["version: 1", "spaces:", "  a: { <<: base, name: A }"],
    output: [
      "bitlift.yaml:3:12: error: << merges maps, but this is not a map. Write the alias of a map after <<. [yaml-alias]",
      "3 |   a: { <<: base, name: A }",
      "  |            ^^^^",
    ],
  },
  {
    name: "a duplicate key",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    name: Other",
    ],
    output: [
      'bitlift.yaml:6:5: error: the key "name" is defined twice in the same map. It is first defined at bitlift.yaml:5:5. Remove one of the two. [duplicate-key]',
      "6 |     name: Other",
      "  |     ^^^^",
    ],
  },
  {
    name: "a pattern without quotes",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - { every: acme, match: [*-archive] }",
    ],
    output: [
      'bitlift.yaml:7:32: error: YAML reads *-archive as an alias, because it starts with *. Quote the pattern: "*-archive". [quotes-needed]',
      "7 |       - { every: acme, match: [*-archive] }",
      "  |                                ^^^^^^^^^",
    ],
  },
  {
    name: "only a star without quotes",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - { every: acme, match: [*] }",
    ],
    output: [
      'bitlift.yaml:7:32: error: YAML reads a text that starts with * as an alias. Quote it: "*". [yaml-syntax]',
      "7 |       - { every: acme, match: [*] }",
      "  |                                ^",
    ],
  },
  {
    name: "a numeric key",
    files: ["version: 1", "spaces:", "  012: { name: A }"],
    output: [
      "bitlift.yaml:3:3: error: YAML reads the key 012 as the number 12. Write a key that starts with a letter. [key-not-text]",
      "3 |   012: { name: A }",
      "  |   ^^^",
    ],
  },
  {
    name: "an empty key",
    files: ["version: 1", "spaces:", "  ~: { name: A }"],
    output: [
      "bitlift.yaml:3:3: error: a key is ~, which YAML reads as no value. Write a text as the key. [key-not-text]",
      "3 |   ~: { name: A }",
      "  |   ^",
    ],
  },
  {
    name: "a truth value as key",
    files: ["version: 1", "spaces:", "  true: { name: A }"],
    output: [
      'bitlift.yaml:3:3: error: YAML reads the key true as a truth value. Quote it: "true". [key-not-text]',
      "3 |   true: { name: A }",
      "  |   ^^^^",
    ],
  },
  {
    name: "a map as key",
    files: ["version: 1", "spaces:", "  ? { a: 1 }", "  : { name: A }"],
    output: [
      "bitlift.yaml:3:5: error: this key cannot be used. Write a text as the key. [key-not-text]",
      "3 |   ? { a: 1 }",
      "  |     ^^^^^^^^",
    ],
  },
  {
    name: "a number as name",
    files: ["version: 1", "spaces:", "  a: { name: 012 }"],
    output: [
      'bitlift.yaml:3:14: error: "name" of Space "a" must be text, but YAML reads 012 as the number 12. Quote it: "012". [quotes-needed]',
      "3 |   a: { name: 012 }",
      "  |              ^^^",
    ],
  },
  {
    name: "1e3 as name",
    files: ["version: 1", "spaces:", "  a: { name: 1e3 }"],
    output: [
      'bitlift.yaml:3:14: error: "name" of Space "a" must be text, but YAML reads 1e3 as the number 1000. Quote it: "1e3". [quotes-needed]',
      "3 |   a: { name: 1e3 }",
      "  |              ^^^",
    ],
  },
  {
    name: "null as name",
    files: ["version: 1", "spaces:", "  a: { name: null }"],
    output: [
      'bitlift.yaml:3:14: error: "name" of Space "a" must be text, but YAML reads null as no value. Quote it: "null". [quotes-needed]',
      "3 |   a: { name: null }",
      "  |              ^^^^",
    ],
  },
  {
    name: "a name without a value",
    files: ["version: 1", "spaces:", "  a:", "    name:"],
    output: [
      'bitlift.yaml:4:5: error: "name" of Space "a" has no value. Write text, or remove the key. [value-missing]',
      "4 |     name:",
      "  |     ^^^^",
    ],
  },
  {
    name: "yes as name",
    files: ["version: 1", "spaces:", "  a: { name: yes }"],
    output: [
      'bitlift.yaml:3:14: warning: many programs read yes without quotes as true or false. Quote it: "yes". [quotes-advised]',
      "3 |   a: { name: yes }",
      "  |              ^^^",
    ],
  },
  {
    name: "a date as name",
    files: ["version: 1", "spaces:", "  a: { name: 2026-01-31 }"],
    output: [
      'bitlift.yaml:3:14: warning: many programs read 2026-01-31 without quotes as a date or a number. Quote it: "2026-01-31". [quotes-advised]',
      "3 |   a: { name: 2026-01-31 }",
      "  |              ^^^^^^^^^^",
    ],
  },
  {
    name: "yes as truth value",
    files: ["version: 1", "spaces:", "  a: { name: A, inherit: yes }"],
    output: [
      'bitlift.yaml:3:26: error: "inherit" of Space "a" must be true or false, but is the text "yes". Write true. [value-not-allowed]',
      "3 |   a: { name: A, inherit: yes }",
      "  |                          ^^^",
    ],
  },
];

/** Each level repeats the one before it twelve times. */
function nestedAliases(): readonly string[] {
  const keys = ["a", "b", "c", "d", "e", "f", "g"];
  const copies = (of: string) => Array.from({ length: 12 }, (_, copy) => `k${copy}: *${of}`).join(", ");
  const lines = keys.map(
    (key, index) => `  ${key}: &${key} { name: ${key}, spaces: { ${index === 0 ? "" : copies(keys[index - 1] ?? "")} } }`,
  );
  return ["version: 1", "spaces:", ...lines];
}
