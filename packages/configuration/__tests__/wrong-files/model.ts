/** Values that do not fit the model. */
import type { WrongFile } from "./wrong-file";

export const MODEL_CASES: readonly WrongFile[] = [
  {
    name: "no version",
    files: ["spaces: {}"],
    output: [
      'bitlift.yaml:1:1: error: the file has no "version". Write version: 1 at the top. [value-missing]',
      "1 | spaces: {}",
      "  | ^^^^^^^^^^",
    ],
  },
  {
    name: "version 2",
    files: ["version: 2"],
    output: ['bitlift.yaml:1:10: error: "version" is 2. Allowed: 1. [value-not-allowed]', "1 | version: 2", "  |          ^"],
  },
  {
    name: "version as text",
    files: ['version: "1"'],
    output: [
      'bitlift.yaml:1:10: error: "version" is "1". Allowed: 1 without quotes. [value-not-allowed]',
      '1 | version: "1"',
      "  |          ^^^",
    ],
  },
  {
    name: "an unknown key at the top",
    files: ["version: 1", "integration: {}"],
    output: [
      'bitlift.yaml:2:1: error: unknown key "integration" in the file. Did you mean "integrations"? [unknown-key]',
      "2 | integration: {}",
      "  | ^^^^^^^^^^^",
    ],
  },
  {
    name: "the parent of a Space as a key",
    files: ["version: 1", "spaces:", "  a: { name: A, parent: root }"],
    output: [
      'bitlift.yaml:3:17: error: "parent" is not a key of a Space: nesting in the file is nesting in Spacelift. Move the entry below spaces of the Space that contains it, and remove this key. A Space at the top of the file is in root. Only existing has a parent. [unknown-key]',
      "3 |   a: { name: A, parent: root }",
      "  |                 ^^^^^^",
    ],
  },
  {
    name: "an unknown key without a similar one",
    files: ["version: 1", "foo: {}"],
    output: [
      'bitlift.yaml:2:1: error: unknown key "foo" in the file. Known keys: version, backing, state, defaults, include, parts, removals, accept, bitbucketCloud, servers, spaces, integrations. [unknown-key]',
      "2 | foo: {}",
      "  | ^^^",
    ],
  },
  {
    name: "an unknown key in an integration",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositry: []",
    ],
    output: [
      'bitlift.yaml:6:5: error: unknown key "repositry" in integration "payments". Did you mean "repositories"? [unknown-key]',
      "6 |     repositry: []",
      "  |     ^^^^^^^^^",
    ],
  },
  {
    name: "an unknown key in a nested Space",
    files: ["version: 1", "spaces:", "  a: { name: A, spaces: { b: { name: B, inherits: true } } }"],
    output: [
      'bitlift.yaml:3:41: error: unknown key "inherits" in Space "b". Did you mean "inherit"? [unknown-key]',
      "3 |   a: { name: A, spaces: { b: { name: B, inherits: true } } }",
      "  |                                         ^^^^^^^^",
    ],
  },
  {
    name: "an unknown key in a repository",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - { repositry: acme/x }",
    ],
    output: [
      'bitlift.yaml:7:11: error: unknown key "repositry" in item 1 of "repositories" of integration "payments". Did you mean "repository"? [unknown-key]',
      "7 |       - { repositry: acme/x }",
      "  |           ^^^^^^^^^",
    ],
  },
  {
    name: "another word for a key",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - { repository: acme/x, events: [] }",
    ],
    output: [
      'bitlift.yaml:7:31: error: unknown key "events" in repository "acme/x" of integration "payments". Did you mean "additionalEvents"? [unknown-key]',
      "7 |       - { repository: acme/x, events: [] }",
      "  |                               ^^^^^^",
    ],
  },
  {
    name: "a list that is a text",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories: acme/x",
    ],
    output: [
      'bitlift.yaml:6:19: error: "repositories" of integration "payments" must be a list, but is the text "acme/x". Write a list with one item: [ … ]. [value-not-allowed]',
      "6 |     repositories: acme/x",
      "  |                   ^^^^^^",
    ],
  },
  {
    name: "a list that is a map",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      acme/x: {}",
    ],
    output: [
      'bitlift.yaml:7:7: error: "repositories" of integration "payments" must be a list, but is a map. Start each item with "- ". [value-not-allowed]',
      "7 |       acme/x: {}",
      "  |       ^^^^^^^^^^",
    ],
  },
  {
    name: "a map that is a list",
    files: ["version: 1", "spaces:", "  - name: A"],
    output: [
      'bitlift.yaml:3:3: error: "spaces" must be a map of keys, but is a list. Remove the "- " before each item. [value-not-allowed]',
      "3 |   - name: A",
      "  |   ^^^^^^^^^",
    ],
  },
  {
    name: "a section without a value",
    files: ["version: 1", "spaces:", "integrations:"],
    output: [
      'bitlift.yaml:2:1: error: "spaces" has no value. Write a map of keys, or remove the key. [value-missing]',
      "2 | spaces:",
      "  | ^^^^^^",
      'bitlift.yaml:3:1: error: "integrations" has no value. Write a map of keys, or remove the key. [value-missing]',
      "3 | integrations:",
      "  | ^^^^^^^^^^^^",
    ],
  },
  {
    name: "a value that is not allowed",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    vcsChecks: individual",
    ],
    output: [
      'bitlift.yaml:6:16: error: "vcsChecks" of integration "payments" is "individual". Allowed: INDIVIDUAL, AGGREGATED, ALL. Did you mean "INDIVIDUAL"? [value-not-allowed]',
      "6 |     vcsChecks: individual",
      "  |                ^^^^^^^^^^",
    ],
  },
  {
    name: "a key with a space",
    files: ["version: 1", "spaces:", "  my space: { name: A }"],
    output: [
      'bitlift.yaml:3:3: error: the key "my space" is not allowed. A key starts with a letter and contains only letters, digits, "-" and "_". [value-not-allowed]',
      "3 |   my space: { name: A }",
      "  |   ^^^^^^^^",
    ],
  },
  {
    name: "an empty name",
    files: ["version: 1", "spaces:", '  a: { name: "" }'],
    output: [
      'bitlift.yaml:3:14: error: "name" of Space "a" is empty. Write a value, or remove the key. [value-not-allowed]',
      '3 |   a: { name: "" }',
      "  |              ^^",
    ],
  },
  {
    name: "a repository with a URL",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - https://bitbucket.org/acme/x",
    ],
    output: [
      'bitlift.yaml:7:9: error: item 1 of "repositories" of integration "payments" is "https://bitbucket.org/acme/x", which does not name a repository. Write <workspace>/<repository>, or <PROJECT>/<repository> on Bitbucket Data Center. [value-not-allowed]',
      "7 |       - https://bitbucket.org/acme/x",
      "  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a repository without a workspace",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories: [infrastructure]",
    ],
    output: [
      'bitlift.yaml:6:20: error: item 1 of "repositories" of integration "payments" is "infrastructure", which does not name a repository. Write <workspace>/<repository>, or <PROJECT>/<repository> on Bitbucket Data Center. [value-not-allowed]',
      "6 |     repositories: [infrastructure]",
      "  |                    ^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a repository that is a number",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories: [12]",
    ],
    output: [
      'bitlift.yaml:6:20: error: item 1 of "repositories" of integration "payments" is 12, which does not name a repository. Write <workspace>/<repository>, or <PROJECT>/<repository> on Bitbucket Data Center. [value-not-allowed]',
      "6 |     repositories: [12]",
      "  |                    ^^",
    ],
  },
  {
    name: "a filter at a single repository",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - { repository: acme/x, project: PAY }",
    ],
    output: [
      'bitlift.yaml:7:31: error: "project" applies to a set of repositories, but "repository" names a single one. Remove one of the two. [unknown-key]',
      "7 |       - { repository: acme/x, project: PAY }",
      "  |                               ^^^^^^^",
    ],
  },
  {
    name: "a repository and a set in one",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - { repository: acme/x, every: acme }",
    ],
    output: [
      'bitlift.yaml:7:31: error: "every" applies to a set of repositories, but "repository" names a single one. Remove one of the two. [unknown-key]',
      "7 |       - { repository: acme/x, every: acme }",
      "  |                               ^^^^^",
    ],
  },
  {
    name: "removals without percent",
    files: ["version: 1", "removals: { most: 25 }"],
    output: [
      'bitlift.yaml:2:19: error: "removals.most" is 25, which is not a share. Write a percentage from 0% to 100%. [value-not-allowed]',
      "2 | removals: { most: 25 }",
      "  |                   ^^",
    ],
  },
  {
    name: "removals over 100%",
    files: ["version: 1", 'removals: { most: "250%" }'],
    output: [
      'bitlift.yaml:2:19: error: "removals.most" is "250%", which is not a share. Write a percentage from 0% to 100%. [value-not-allowed]',
      '2 | removals: { most: "250%" }',
      "  |                   ^^^^^^",
    ],
  },
  {
    name: "an acceptance without a note",
    files: ["version: 1", "accept:", "  - { finding: webhook-deleted }"],
    output: [
      'bitlift.yaml:3:5: error: item 1 of "accept" has no "note". Add it. [value-missing]',
      "3 |   - { finding: webhook-deleted }",
      "  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
      'bitlift.yaml:3:16: error: "finding" of item 1 of "accept" is "webhook-deleted", which does not name a finding. Write <code>:<key>, as the review shows it. [value-not-allowed]',
      "3 |   - { finding: webhook-deleted }",
      "  |                ^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a date that does not exist",
    files: ["version: 1", "accept:", '  - { finding: "webhook-deleted:a", note: agreed, until: 2026-02-31 }'],
    output: [
      'bitlift.yaml:3:58: error: "2026-02-31" is not a date of the calendar. Write it as YYYY-MM-DD. [value-not-allowed]',
      '3 |   - { finding: "webhook-deleted:a", note: agreed, until: 2026-02-31 }',
      "  |                                                          ^^^^^^^^^^",
    ],
  },
];
