/** Mistakes that only the synthesis of constructs found before the file had the same rules. */
import type { WrongFile } from "./wrong-file";

export const SYNTHESIS_CASES: readonly WrongFile[] = [
  {
    name: "a server with the path of its REST API",
    files: ["version: 1", "servers:", '  main: { url: "https://bitbucket.acme.example/rest/api/1.0" }'],
    output: [
      'bitlift.yaml:3:16: error: "https://bitbucket.acme.example/rest/api/1.0" includes the path of the REST API, which the provider appends. Use the address of the server without /rest, including its context path if it has one. [value-not-allowed]',
      '3 |   main: { url: "https://bitbucket.acme.example/rest/api/1.0" }',
      "  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "two logins to a server",
    files: [
      "version: 1",
      "servers:",
      '  main: { url: "https://bitbucket.acme.example", token: { env: T }, username: u, password: { env: P } }',
    ],
    output: [
      'bitlift.yaml:3:3: error: server "main" mixes keys of different logins: token | username, password. Keep the keys of only one login: token; username with password. [bitbucket-credentials-conflict]',
      '3 |   main: { url: "https://bitbucket.acme.example", token: { env: T }, username: u, password: { env: P } }',
      "  |   ^^^^",
    ],
  },
  {
    name: "a server that Spacelift would call without encryption",
    files: [
      "version: 1",
      "servers:",
      '  main: { url: "http://bitbucket.acme.example" }',
      "integrations:",
      "  ledger: { datacenter: { server: main, username: u, token: { env: T } }, name: Ledger }",
    ],
    output: [
      'bitlift.yaml:3:16: warning: "http://bitbucket.acme.example" is not encrypted: Spacelift sends its access token in clear text. Use https:// if the server supports it. [host-not-encrypted]',
      '3 |   main: { url: "http://bitbucket.acme.example" }',
      "  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a variable whose name the engine reserves",
    files: ["version: 1", "integrations:", "  a: { name: A, cloud: { email: a@acme.example, token: { variable: version } } }"],
    output: [
      'bitlift.yaml:3:68: error: the engine or CDKTF does not accept "version" as the name of a variable. Choose a name that is not reserved, such as bitbucket_version. [value-not-allowed]',
      "3 |   a: { name: A, cloud: { email: a@acme.example, token: { variable: version } } }",
      "  |                                                                    ^^^^^^^",
    ],
  },
  {
    name: "a variable whose name CDKTF cannot use",
    files: ["version: 1", "bitbucketCloud: { token: { variable: constructor } }"],
    output: [
      'bitlift.yaml:2:38: error: the engine or CDKTF does not accept "constructor" as the name of a variable. Choose a name that is not reserved, such as bitbucket_constructor. [value-not-allowed]',
      "2 | bitbucketCloud: { token: { variable: constructor } }",
      "  |                                      ^^^^^^^^^^^",
    ],
  },
  {
    name: "an existing integration whose name has no ID",
    files: ["version: 1", "integrations:", '  a: { cloud: {}, existing: { name: "!!!" } }'],
    output: [
      'bitlift.yaml:3:37: error: "!!!" cannot be the name of an integration. The name "!!!" contains no letter from a to z and no digit, and Spacelift derives the ID and the webhook URL from these. Write its name or ID as Spacelift shows it. [value-not-allowed]',
      '3 |   a: { cloud: {}, existing: { name: "!!!" } }',
      "  |                                     ^^^^^",
    ],
  },
  {
    name: "an existing integration with a blank ID",
    files: ["version: 1", "integrations:", '  a: { cloud: {}, existing: { id: " " } }'],
    output: [
      'bitlift.yaml:3:35: error: "existing.id" of integration "a" is " ", which is not an ID. Write what stands at the end of its URL in Spacelift. For a name, write name instead of id. [value-not-allowed]',
      '3 |   a: { cloud: {}, existing: { id: " " } }',
      "  |                                   ^^^",
    ],
  },
  {
    name: "an existing Space with a blank name",
    files: ["version: 1", "spaces:", '  a: { existing: { name: " " } }'],
    output: [
      'bitlift.yaml:3:26: error: "existing.name" of Space "a" is empty. Write the name, as Spacelift shows it. [value-not-allowed]',
      '3 |   a: { existing: { name: " " } }',
      "  |                          ^^^",
    ],
  },
  {
    name: "two Spaces with one name in one existing Space of two keys",
    files: [
      "version: 1",
      "spaces:",
      "  a: { existing: { id: legacy-01 }, spaces: { c: { name: Team } } }",
      "  b: { existing: { id: legacy-01 }, spaces: { d: { name: Team } } }",
    ],
    output: [
      'bitlift.yaml:4:58: error: Space "c" (bitlift.yaml:3:58) has the same name "Team" and the same parent. People and imports cannot tell the two apart. Rename one of the two, or choose another parent. [duplicate-space-name]',
      "4 |   b: { existing: { id: legacy-01 }, spaces: { d: { name: Team } } }",
      "  |                                                          ^^^^",
    ],
  },
  {
    name: "a circle through a nested Space",
    files: ["version: 1", "spaces:", "  b: { existing: { name: B, parent: a }, spaces: { a: { name: A } } }"],
    output: [
      'bitlift.yaml:3:37: error: the Space is its own ancestor: Space "b" > Space "a" > Space "b". Choose a parent outside this Space. [space-cycle]',
      "3 |   b: { existing: { name: B, parent: a }, spaces: { a: { name: A } } }",
      "  |                                     ^",
    ],
  },
  {
    name: "a filtered set next to a set of everything",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - { every: acme, key: services, match: [svc-*] }",
      "      - { every: ACME }",
    ],
    output: [
      'bitlift.yaml:7:9: error: the set (bitlift.yaml:8:9) adds a webhook for integration "payments" to every repository of "ACME", which includes those of this set. Remove one of the two, or set match, a query or a role on both so that they do not overlap. [duplicate-repository]',
      "7 |       - { every: acme, key: services, match: [svc-*] }",
      "  |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a set that selects nothing",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - { every: acme, match: [] }",
    ],
    output: [
      'bitlift.yaml:7:31: error: "match" of set "acme" of integration "payments" is a list, which is empty and selects nothing. Remove match for every repository. [value-not-allowed]',
      "7 |       - { every: acme, match: [] }",
      "  |                               ^^",
    ],
  },
  {
    name: "a set of a path",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    repositories:",
      "      - { every: .. }",
    ],
    output: [
      'bitlift.yaml:7:18: error: ".." does not name a workspace of Bitbucket Cloud. Use the workspace slug from its URL, such as acme-workspace. [value-not-allowed]',
      "7 |       - { every: .. }",
      "  |                  ^^",
    ],
  },
  {
    name: "a default event of the other product",
    files: ["version: 1", "defaults:", "  webhook:", "    additionalEvents:", '      cloud: [pullrequest:rejected, "pr:declined"]'],
    output: [
      "bitlift.yaml:5:37: error: pr:declined is an event of Bitbucket Data Center, but the webhook is in Bitbucket Cloud. Remove it, or use an event of Bitbucket Cloud. [value-not-allowed]",
      '5 |       cloud: [pullrequest:rejected, "pr:declined"]',
      "  |                                     ^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a certificate that does not exist",
    files: ["version: 1", "servers:", '  main: { url: "https://bitbucket.acme.example", caCertificate: certificates/acme.pem }'],
    output: [
      'bitlift.yaml:3:65: error: the file "certificates/acme.pem" does not exist or cannot be read. Correct the path, which is relative to the folder of bitlift.yaml. [value-not-allowed]',
      '3 |   main: { url: "https://bitbucket.acme.example", caCertificate: certificates/acme.pem }',
      "  |                                                                 ^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a certificate that is a folder",
    files: {
      "bitlift.yaml": ["version: 1", "servers:", '  main: { url: "https://bitbucket.acme.example", caCertificate: certificates }'],
      "certificates/acme.pem": ["x"],
    },
    output: [
      'bitlift.yaml:3:65: error: the file "certificates" does not exist or cannot be read. Correct the path, which is relative to the folder of bitlift.yaml. [value-not-allowed]',
      '3 |   main: { url: "https://bitbucket.acme.example", caCertificate: certificates }',
      "  |                                                                 ^^^^^^^^^^^^",
    ],
  },
  {
    name: "a certificate that is something else",
    files: {
      "bitlift.yaml": ["version: 1", "servers:", '  main: { url: "https://bitbucket.acme.example", caCertificate: acme.pem }'],
      "acme.pem": ["hello"],
    },
    output: [
      'bitlift.yaml:3:65: error: the file "acme.pem" contains no certificate in PEM form. Use the complete certificate of the authority in PEM form, including the lines BEGIN CERTIFICATE and END CERTIFICATE. [value-not-allowed]',
      '3 |   main: { url: "https://bitbucket.acme.example", caCertificate: acme.pem }',
      "  |                                                                 ^^^^^^^^",
    ],
  },
  {
    name: "a certificate that is a private key",
    files: {
      "bitlift.yaml": ["version: 1", "servers:", '  main: { url: "https://bitbucket.acme.example", caCertificate: acme.pem }'],
      "acme.pem": ["-----BEGIN PRIVATE KEY-----", "canary", "-----END PRIVATE KEY-----"],
    },
    output: [
      'bitlift.yaml:3:65: error: the file "acme.pem" contains a private key. Use only the certificate of the authority. A private key must not leave its server. [secret-literal]',
    ],
  },
  {
    name: "a certificate that was changed",
    files: {
      "bitlift.yaml": ["version: 1", "servers:", '  main: { url: "https://bitbucket.acme.example", caCertificate: acme.pem }'],
      "acme.pem": ["-----BEGIN CERTIFICATE-----", "AAAA", "-----END CERTIFICATE-----"],
    },
    output: [
      'bitlift.yaml:3:65: error: the file "acme.pem" contains a certificate that cannot be read: number 1 of 1. Use the complete certificate of the authority in PEM form, including the lines BEGIN CERTIFICATE and END CERTIFICATE. [value-not-allowed]',
      '3 |   main: { url: "https://bitbucket.acme.example", caCertificate: acme.pem }',
      "  |                                                                 ^^^^^^^^",
    ],
  },
];
