/** Former keys that are still in use, that two entries claim, or that never were keys. */
import type { WrongFile } from "./wrong-file";

export const PREVIOUS_KEYS_CASES: readonly WrongFile[] = [
  {
    name: "a former key in use",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    previously: [other]",
      "  other:",
      "    cloud: { email: a@acme.example, token: { env: T } }",
      "    name: Other",
    ],
    output: [
      'bitlift.yaml:6:18: error: "other" is a former key of integration "payments", but is still in use (bitlift.yaml:7:3). Remove it here, or remove the entry with this key. [previous-key-in-use]',
      "6 |     previously: [other]",
      "  |                  ^^^^^",
    ],
  },
  {
    name: "two keys that swap",
    files: ["version: 1", "spaces:", "  a: { name: A, previously: [b] }", "  b: { name: B, previously: [a] }"],
    output: [
      'bitlift.yaml:3:30: error: "b" is a former key of Space "a", but is still in use (bitlift.yaml:4:3). Objects cannot swap keys, or pass them on, in one change. Give one of them a key that was never used, apply, and change its key again then. [previous-key-in-use]',
      "3 |   a: { name: A, previously: [b] }",
      "  |                              ^",
      'bitlift.yaml:4:30: error: "a" is a former key of Space "b", but is still in use (bitlift.yaml:3:3). Objects cannot swap keys, or pass them on, in one change. Give one of them a key that was never used, apply, and change its key again then. [previous-key-in-use]',
      "4 |   b: { name: B, previously: [a] }",
      "  |                              ^",
    ],
  },
  {
    name: "a set whose former workspace another set has in other case",
    files: [
      "version: 1",
      "integrations:",
      "  a:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: A",
      "    repositories:",
      "      - { every: acme, match: [a-*] }",
      "      - { every: acme, key: b, match: [b-*], previously: [Acme] }",
    ],
    output: [
      'bitlift.yaml:8:59: error: "Acme" is a former key of set "b", but is still in use (bitlift.yaml:7:9). Remove it here, or remove the entry with this key. [previous-key-in-use]',
      "8 |       - { every: acme, key: b, match: [b-*], previously: [Acme] }",
      "  |                                                           ^^^^",
    ],
  },
  {
    name: "a former key twice",
    files: ["version: 1", "spaces:", "  a: { name: A, previously: [x] }", "  b: { name: B, previously: [x] }"],
    output: [
      'bitlift.yaml:4:30: error: "x" is already a former key at bitlift.yaml:3:30. One object cannot become two: keep it once. [previous-key-in-use]',
      "4 |   b: { name: B, previously: [x] }",
      "  |                              ^",
    ],
  },
  {
    name: "a former repository without a workspace",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories: [{ repository: acme/x, previously: [old] }]",
    ],
    output: [
      'bitlift.yaml:6:55: error: "old" does not name a former repository. Write <workspace or project>/<repository>. [value-not-allowed]',
      "6 |     repositories: [{ repository: acme/x, previously: [old] }]",
      "  |                                                       ^^^",
    ],
  },
];
