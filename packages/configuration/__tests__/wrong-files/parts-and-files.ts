/** Rules about parts, the state, and included files; several mistakes at once. */
import type { WrongFile } from "./wrong-file";

export const PARTS_AND_FILES_CASES: readonly WrongFile[] = [
  {
    name: "a part whose name CDKTF cannot use",
    files: ["version: 1", "parts: [{ name: constructor, integrations: [] }]"],
    output: [
      'bitlift.yaml:2:17: error: CDKTF cannot use the name "constructor". Choose another name. [part-name]',
      "2 | parts: [{ name: constructor, integrations: [] }]",
      "  |                 ^^^^^^^^^^^",
    ],
  },
  {
    name: "an integration whose part would have such a name",
    files: ["version: 1", "parts: integration", "integrations:", "  valueOf: { cloud: {}, existing: { default: true } }"],
    output: [
      'bitlift.yaml:4:3: error: with parts: integration, the integration "valueOf" would have a part named "valueOf", which CDKTF cannot use. Choose another key, or list the parts. [part-name]',
      "4 |   valueOf: { cloud: {}, existing: { default: true } }",
      "  |   ^^^^^^^",
    ],
  },
  {
    name: "an integration in no part",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "parts:",
      "  - { name: a, integrations: [payment] }",
    ],
    output: [
      "bitlift.yaml:6:1: error: integration payments is in no part. Add it to one. [parts-incomplete]",
      "6 | parts:",
      "  | ^^^^^",
      'bitlift.yaml:7:31: error: the part names the integration "payment", but the file has no integration with this key. Did you mean "payments"? [reference-not-found]',
      "7 |   - { name: a, integrations: [payment] }",
      "  |                               ^^^^^^^",
    ],
  },
  {
    name: "an integration in two parts",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "parts:",
      "  - { name: a, integrations: [payments] }",
      "  - { name: b, integrations: [payments] }",
    ],
    output: [
      'bitlift.yaml:8:31: error: integration "payments" is in two parts. It is first listed at bitlift.yaml:7:31. Keep it in one. [parts-incomplete]',
      "8 |   - { name: b, integrations: [payments] }",
      "  |                               ^^^^^^^^",
    ],
  },
  {
    name: "two parts with one name",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "  other:",
      "    cloud: { email: a@acme.example, token: { env: T } }",
      "    name: Other",
      "parts:",
      "  - { name: a, integrations: [payments] }",
      "  - { name: A, integrations: [other] }",
    ],
    output: [
      'bitlift.yaml:11:13: error: two parts have the name "A". The first one is at bitlift.yaml:10:13. Choose another name. [part-name]',
      "11 |   - { name: A, integrations: [other] }",
      "   |             ^",
    ],
  },
  {
    name: "keys that differ only in case, each with a part of its own",
    files: [
      "version: 1",
      "parts: integration",
      "integrations:",
      "  a1:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: First",
      "  A1:",
      "    cloud: { email: a@acme.example, token: { env: T } }",
      "    name: Second",
    ],
    output: [
      'bitlift.yaml:7:3: error: with parts: integration, the integrations "a1" (bitlift.yaml:4:3) and "A1" would have parts whose names differ only in case, which some file systems ignore. Choose another key, or list the parts. [part-name]',
      "7 |   A1:",
      "  |   ^^",
    ],
  },
  {
    name: "the key Spaces, with a part for each integration",
    files: [
      "version: 1",
      "parts: integration",
      "spaces: { a: { name: A } }",
      "integrations:",
      "  Spaces:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: First",
    ],
    output: [
      'bitlift.yaml:5:3: error: with parts: integration, the integration "Spaces" would have a part named "Spaces", which is the part of the Spaces. Choose another key, or list the parts. [part-name]',
      "5 |   Spaces:",
      "  |   ^^^^^^",
    ],
  },
  {
    name: "a part with the name spaces",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "spaces:",
      "  a: { name: A }",
      "parts:",
      "  - { name: spaces, integrations: [payments] }",
    ],
    output: [
      'bitlift.yaml:9:13: error: the name "spaces" is that of the part that manages the Spaces. Choose another name. [part-name]',
      "9 |   - { name: spaces, integrations: [payments] }",
      "  |             ^^^^^^",
    ],
  },
  {
    name: "parts with one state",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "spaces:",
      "  a: { name: A }",
      "parts: integration",
      "state: { backend: { s3: { bucket: b, key: state } } }",
    ],
    output: [
      'bitlift.yaml:9:25: error: the file has several parts, but no argument of the backend "s3" contains {part}, so that they would overwrite each other\'s state. Add it, such as key: "bitlift/{part}.tfstate". [state-not-separate]',
      "9 | state: { backend: { s3: { bucket: b, key: state } } }",
      "  |                         ^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a wrong word for parts",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "parts: integrations",
    ],
    output: [
      'bitlift.yaml:6:8: error: "parts" is "integrations". Allowed: none, integration. Did you mean "integration"? [value-not-allowed]',
      "6 | parts: integrations",
      "  |        ^^^^^^^^^^^^",
    ],
  },
  {
    name: "two backends",
    files: ["version: 1", "state: { backend: { s3: {}, gcs: {} } }"],
    output: [
      'bitlift.yaml:2:10: error: "state.backend" names several backends: s3, gcs. Write one, such as backend: { s3: { … } }. [value-not-allowed]',
      "2 | state: { backend: { s3: {}, gcs: {} } }",
      "  |          ^^^^^^^",
    ],
  },
  {
    name: "a template in a backend",
    files: ["version: 1", "state: { backend: { s3: { bucket: 'b-${terraform.workspace}' } } }"],
    output: [
      'bitlift.yaml:2:35: error: "b-${terraform.workspace}" contains ${ or %{, which Terraform and OpenTofu read differently in a backend. Write the value itself. [value-not-allowed]',
      "2 | state: { backend: { s3: { bucket: 'b-${terraform.workspace}' } } }",
      "  |                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a pattern without a match",
    files: ["version: 1", 'include: ["teams/*.yaml"]'],
    output: [
      'bitlift.yaml:2:11: error: no file matches "teams/*.yaml". Correct the path, which is relative to the folder of this file, or remove it. [include-not-found]',
      '2 | include: ["teams/*.yaml"]',
      "  |           ^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "an include outside the folder",
    files: ["version: 1", "include: [../other.yaml]"],
    output: [
      'bitlift.yaml:2:11: error: the pattern "../other.yaml" of "include" leaves the folder of the file. Included files are in it, or in folders below it. [value-not-allowed]',
      "2 | include: [../other.yaml]",
      "  |           ^^^^^^^^^^^^^",
    ],
  },
  {
    name: "an include with **",
    files: ["version: 1", 'include: ["**/*.yaml"]'],
    output: [
      'bitlift.yaml:2:11: error: the pattern "**/*.yaml" of "include" contains **, which is not supported. Write one pattern for each depth, such as teams/*.yaml and teams/*/*.yaml. [value-not-allowed]',
      '2 | include: ["**/*.yaml"]',
      "  |           ^^^^^^^^^^^",
    ],
  },
  {
    name: "state in an included file",
    files: { "bitlift.yaml": ["version: 1", "include: [a.yaml]"], "a.yaml": ["state: {}"] },
    output: [
      'a.yaml:1:1: error: "state" is not allowed in an included file, because the owner of one file must not change the rules for everybody. Move it to the main file. Included files contain spaces and integrations only. [included-key]',
      "1 | state: {}",
      "  | ^^^^^",
    ],
  },
  {
    name: "a mistake in an included file",
    files: {
      "bitlift.yaml": ["version: 1", 'include: ["teams/*.yaml"]'],
      "teams/payments.yaml": [
        "integrations:",
        "  payments:",
        "    cloud: { email: a@acme.example, token: { env: T } }",
        "    name: Payments",
        "    repositry: []",
      ],
    },
    output: [
      'teams/payments.yaml:5:5: error: unknown key "repositry" in integration "payments". Did you mean "repositories"? [unknown-key]',
      "5 |     repositry: []",
      "  |     ^^^^^^^^^",
    ],
  },
  {
    name: "a key in two files",
    files: {
      "bitlift.yaml": ["version: 1", "include: [a.yaml]", "spaces:", "  a: { name: A }"],
      "a.yaml": ["spaces:", "  a: { name: Other }"],
    },
    output: [
      'a.yaml:2:3: error: the Space key "a" is defined twice. It is first defined at bitlift.yaml:4:3. Keys are unique in all files: choose another key. [duplicate-key]',
      "2 |   a: { name: Other }",
      "  |   ^",
    ],
  },
  {
    name: "an included file that is empty",
    files: { "bitlift.yaml": ["version: 1", "include: [a.yaml]"], "a.yaml": [""] },
    output: [
      "a.yaml:1:1: error: the file is empty. It needs at least one key, such as spaces or integrations; in the main file also version: 1. [file-empty]",
    ],
  },
  {
    name: "a broken included file",
    files: {
      "bitlift.yaml": [
        "version: 1",
        "include: [a.yaml, b.yaml]",
        "integrations:",
        "  x: { cloud: { email: a@acme.example, token: { env: T } }, name: X, space: b }",
      ],
      "a.yaml": ["spaces: ["],
      "b.yaml": ["spaces:", "  c: { nam: C }"],
    },
    output: [
      "a.yaml:1:9: error: the [ of a list is not closed, or the lines inside it are not indented. Add the ]. [yaml-syntax]",
      "1 | spaces: [",
      "  |         ^",
      'b.yaml:2:8: error: unknown key "nam" in Space "c". Did you mean "name"? [unknown-key]',
      "2 |   c: { nam: C }",
      "  |        ^^^",
    ],
  },
  {
    name: "two mistakes in one entry",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    vcsCheck: ALL",
      "    space: 12",
    ],
    output: [
      'bitlift.yaml:6:5: error: unknown key "vcsCheck" in integration "payments". Did you mean "vcsChecks"? [unknown-key]',
      "6 |     vcsCheck: ALL",
      "  |     ^^^^^^^^",
      'bitlift.yaml:7:12: error: "space" of integration "payments" is 12, which is not the key of a Space. Write root, or a key under spaces. [value-not-allowed]',
      "7 |     space: 12",
      "  |            ^^",
    ],
  },
  {
    name: "two mistakes, of the model and of a rule",
    files: [
      "version: 1",
      "spaces:",
      "  a: { name: A, labels: x }",
      "integrations:",
      "  b: { cloud: { email: a@acme.example, token: { env: T } }, name: B, space: c }",
    ],
    output: [
      'bitlift.yaml:3:25: error: "labels" of Space "a" must be a list, but is the text "x". Write a list with one item: [ … ]. [value-not-allowed]',
      "3 |   a: { name: A, labels: x }",
      "  |                         ^",
      'bitlift.yaml:5:77: error: "space" of integration "b" is "c", but the file has no Space with this key. Known keys: root, a. [reference-not-found]',
      "5 |   b: { cloud: { email: a@acme.example, token: { env: T } }, name: B, space: c }",
      "  |                                                                             ^",
    ],
  },
  {
    name: "characters outside of ASCII before the place",
    files: ["version: 1", "spaces:", '  a: { description: "日本語 😀", nmae: A }'],
    output: [
      'bitlift.yaml:3:30: error: unknown key "nmae" in Space "a". Did you mean "name"? [unknown-key]',
      '3 |   a: { description: "日本語 😀", nmae: A }',
      "  |                                  ^^^^",
    ],
  },
];
