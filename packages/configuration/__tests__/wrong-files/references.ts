/** Rules about references, products and credentials. */
import type { WrongFile } from "./wrong-file";

export const REFERENCES_CASES: readonly WrongFile[] = [
  {
    name: "a Space that does not exist",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    space: paymens",
      "spaces:",
      "  payments: { name: Payments }",
    ],
    output: [
      'bitlift.yaml:6:12: error: "space" of integration "payments" is "paymens", but the file has no Space with this key. Did you mean "payments"? [reference-not-found]',
      "6 |     space: paymens",
      "  |            ^^^^^^^",
    ],
  },
  {
    name: "a server that does not exist",
    files: [
      "version: 1",
      "servers:",
      '  main: { url: "https://bitbucket.acme.example" }',
      "integrations:",
      "  ledger:",
      "    datacenter: { server: mian, username: u, token: { env: T } }",
      "    name: Ledger",
    ],
    output: [
      'bitlift.yaml:6:27: error: "datacenter.server" of integration "ledger" is "mian", but the file has no server with this key. Did you mean "main"? [reference-not-found]',
      "6 |     datacenter: { server: mian, username: u, token: { env: T } }",
      "  |                           ^^^^",
    ],
  },
  {
    name: "a parent that does not exist",
    files: ["version: 1", "spaces:", "  a: { existing: { name: A, parent: b } }"],
    output: [
      'bitlift.yaml:3:37: error: "existing.parent" of Space "a" is "b", but the file has no Space with this key. Known keys: root, a. [reference-not-found]',
      "3 |   a: { existing: { name: A, parent: b } }",
      "  |                                     ^",
    ],
  },
  {
    name: "the Space key root",
    files: ["version: 1", "spaces:", "  root: { name: Root }"],
    output: [
      'bitlift.yaml:3:3: error: the Space key "root" is reserved, because root is the Space of the whole account. Choose another key; a Space at the top of the file is in root. [key-reserved]',
      "3 |   root: { name: Root }",
      "  |   ^^^^",
    ],
  },
  {
    name: "a Space key twice, nested",
    files: ["version: 1", "spaces:", "  a: { name: A }", "  b: { name: B, spaces: { a: { name: Again } } }"],
    output: [
      'bitlift.yaml:4:27: error: the Space key "a" is defined twice. It is first defined at bitlift.yaml:3:3. Keys are unique in all files: choose another key. [duplicate-key]',
      "4 |   b: { name: B, spaces: { a: { name: Again } } }",
      "  |                           ^",
    ],
  },
  {
    name: "Spaces in a circle",
    files: ["version: 1", "spaces:", "  a: { existing: { name: A, parent: b } }", "  b: { existing: { name: B, parent: a } }"],
    output: [
      'bitlift.yaml:3:37: error: the Space is its own ancestor: Space "a" > Space "b" > Space "a". Choose a parent outside this Space. [space-cycle]',
      "3 |   a: { existing: { name: A, parent: b } }",
      "  |                                     ^",
    ],
  },
  {
    name: "a parent that contradicts the nesting",
    files: ["version: 1", "spaces:", "  a: { name: A, spaces: { b: { existing: { name: B, parent: root } } } }"],
    output: [
      'bitlift.yaml:3:61: error: "existing.parent" of Space "b" is "root", but the file nests it in "a". Remove parent, or move the Space. [value-not-allowed]',
      "3 |   a: { name: A, spaces: { b: { existing: { name: B, parent: root } } } }",
      "  |                                                             ^^^^",
    ],
  },
  {
    name: "both products",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      '    datacenter: { apiHost: "https://b.acme.example", username: u, token: { env: T } }',
    ],
    output: [
      'bitlift.yaml:6:5: error: integration "payments" has both "cloud" and "datacenter". Keep the one of its product, or write two integrations. [integration-product]',
      '6 |     datacenter: { apiHost: "https://b.acme.example", username: u, token: { env: T } }',
      "  |     ^^^^^^^^^^",
    ],
  },
  {
    name: "no product",
    files: ["version: 1", "integrations:", "  a: { name: A }"],
    output: [
      'bitlift.yaml:3:3: error: integration "a" names no product. Add cloud: { email: …, token: { env: … } }, or datacenter: { server: …, username: …, token: { env: … } }. [integration-product]',
      "3 |   a: { name: A }",
      "  |   ^",
    ],
  },
  {
    name: "half a credential",
    files: ["version: 1", "integrations:", "  a: { name: A, cloud: { email: a@acme.example } }"],
    output: [
      'bitlift.yaml:3:17: error: the credential of integration "a" consists of email. Set cloud to exactly one of: email with token; username with appPassword. [credential-form]',
      "3 |   a: { name: A, cloud: { email: a@acme.example } }",
      "  |                 ^^^^^",
    ],
  },
  {
    name: "two credentials",
    files: [
      "version: 1",
      "integrations:",
      "  a: { name: A, cloud: { email: a@acme.example, token: { env: T }, username: u, appPassword: { env: P } } }",
    ],
    output: [
      'bitlift.yaml:3:17: error: the credential of integration "a" consists of email, token, username, appPassword. Set cloud to exactly one of: email with token; username with appPassword. [credential-form]',
      "3 |   a: { name: A, cloud: { email: a@acme.example, token: { env: T }, username: u, appPassword: { env: P } } }",
      "  |                 ^^^^^",
      'bitlift.yaml:3:81: warning: "appPassword" of integration "a" works only on old self-hosted versions, because Atlassian disabled app passwords in July 2026. Use email and token. [app-password-retired]',
      "3 |   a: { name: A, cloud: { email: a@acme.example, token: { env: T }, username: u, appPassword: { env: P } } }",
      "  |                                                                                 ^^^^^^^^^^^",
    ],
  },
  {
    name: "an email address that is none",
    files: ["version: 1", "integrations:", "  a: { name: A, cloud: { email: x-token-auth, token: { env: T } } }"],
    output: [
      'bitlift.yaml:3:33: error: "x-token-auth" is a user name for git, not an email address. Set it to the email address of the Atlassian account that owns the API token. Spacelift needs the API token of an account here. It cannot use the access token of a repository, project, or workspace. [value-not-allowed]',
      "3 |   a: { name: A, cloud: { email: x-token-auth, token: { env: T } } }",
      "  |                                 ^^^^^^^^^^^^",
    ],
  },
  {
    name: "a secret in two places",
    files: ["version: 1", "integrations:", "  a: { name: A, cloud: { email: a@acme.example, token: { env: T, variable: t } } }"],
    output: [
      'bitlift.yaml:3:49: error: "token" in "cloud" of integration "a" must name one source. Write { env: <name of the environment variable> } or { variable: <name> }. [credential-form]',
      "3 |   a: { name: A, cloud: { email: a@acme.example, token: { env: T, variable: t } } }",
      "  |                                                 ^^^^^",
    ],
  },
  {
    name: "the version of an environment variable",
    files: ["version: 1", "integrations:", '  a: { name: A, cloud: { email: a@acme.example, token: { env: T, version: "2" } } }'],
    output: [
      'bitlift.yaml:3:66: error: "version" in "token" of "cloud" of integration "a" is only for { variable: <name> }. Remove it: a new value of an environment variable takes effect with the next apply. [credential-form]',
      '3 |   a: { name: A, cloud: { email: a@acme.example, token: { env: T, version: "2" } } }',
      "  |                                                                  ^^^^^^^",
    ],
  },
  {
    name: "a literal token",
    files: [
      "version: 1",
      "integrations:",
      "  a:",
      "    name: A",
      "    cloud: { email: a@acme.example, token: ATATT3xFfGF0canaryCANARYcanary }",
    ],
    output: [
      'bitlift.yaml:5:44: error: "cloud.token" of integration "a" is written in the file, and files are committed. Remove it from the file and its history, rotate the secret, and write { env: <name of the environment variable> }. [secret-literal]',
    ],
  },
  {
    name: "a literal token as name of a variable",
    files: [
      "version: 1",
      "integrations:",
      "  a:",
      "    name: A",
      "    cloud:",
      "      email: a@acme.example",
      "      token: { env: ATATT3xFfGF0canaryCANARYcanary }",
    ],
    output: [
      'bitlift.yaml:7:21: error: "cloud.token.env" of integration "a" does not look like the name of a variable. If it is the secret itself, remove it from the file and its history, and rotate the secret. A name consists of letters, digits, and underscores, and does not start with a digit. A name of 20 or more characters that contains digits must also contain an underscore, because otherwise it looks like a token. [secret-literal]',
    ],
  },
  {
    name: "a literal token in a description",
    files: [
      "version: 1",
      "integrations:",
      "  payments:",
      "    cloud: { email: a@acme.example, token: { env: TOKEN } }",
      "    name: Payments",
      "    description: use ATATT3xFfGF0canaryCANARYcanary to read",
    ],
    output: [
      'bitlift.yaml:6:18: error: "description" looks like a secret. Remove it from the file and its history, and rotate the secret. Secrets come from variables: { env: <name of the environment variable> }. [secret-literal]',
    ],
  },
  {
    name: "a literal token under another key",
    files: ["version: 1", "integrations:", "  a:", "    name: A", "    cloud: { email: a@acme.example, apiToken: canaryCANARY1234567890 }"],
    output: ['bitlift.yaml:5:37: error: unknown key "apiToken" in "cloud" of integration "a". Did you mean "token"? [unknown-key]'],
  },
  {
    name: "a secret argument of a backend",
    files: ["version: 1", "state:", "  backend: { s3: { bucket: b, secret_key: canaryCANARY1234567890 } }"],
    output: [
      'bitlift.yaml:3:43: error: the backend "s3" has the argument "secret_key", which would be a secret in a committed file. Remove it, and set the environment variable of the backend, such as AWS_SECRET_ACCESS_KEY, TF_HTTP_PASSWORD, TF_TOKEN_<host>, ARM_CLIENT_SECRET or PG_CONN_STR. [secret-literal]',
    ],
  },
  {
    name: "a password in a URL",
    files: ["version: 1", "servers:", '  a: { url: "https://user:canary@bitbucket.acme.example" }'],
    output: [
      'bitlift.yaml:3:13: error: url of server "a" contains a user name or password. Remove it from the address, and configure the login separately, with the secret in a variable. [secret-literal]',
    ],
  },
  {
    name: "a server without a URL",
    files: ["version: 1", "servers:", "  a: { token: { env: T } }"],
    output: ['bitlift.yaml:3:3: error: server "a" has no "url". Add it. [value-missing]', "3 |   a: { token: { env: T } }", "  |   ^"],
  },
  {
    name: "half a login of a server",
    files: ["version: 1", "servers:", '  a: { url: "https://b.acme.example", username: u }'],
    output: [
      'bitlift.yaml:3:3: error: the credential of server "a" consists of username. Set exactly one of: token; username with password. [credential-form]',
      '3 |   a: { url: "https://b.acme.example", username: u }',
      "  |   ^",
    ],
  },
  {
    name: "a server behind an agent",
    files: ["version: 1", "servers:", '  a: { url: "private://pool" }'],
    output: [
      'bitlift.yaml:3:13: error: "private://pool" goes through a VCS agent of Spacelift. The machine that runs the engine manages the webhooks and calls the server directly. Set url to a URL of the server that this machine can reach. A private:// address is meant for apiHost of the integration. [value-not-allowed]',
      '3 |   a: { url: "private://pool" }',
      "  |             ^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "a Data Center integration without an address",
    files: [
      "version: 1",
      "servers:",
      '  main: { url: "https://bitbucket.acme.example" }',
      "integrations:",
      "  ledger:",
      "    datacenter: { username: u, token: { env: T } }",
      "    name: Ledger",
    ],
    output: [
      'bitlift.yaml:6:5: error: "datacenter" of integration "ledger" names no address. Set server to a key of servers, or set apiHost. [value-missing]',
      "6 |     datacenter: { username: u, token: { env: T } }",
      "  |     ^^^^^^^^^^",
    ],
  },
  {
    name: "an agent without an address for people",
    files: [
      "version: 1",
      "servers:",
      '  main: { url: "https://bitbucket.acme.example" }',
      "integrations:",
      "  ledger:",
      '    datacenter: { apiHost: "private://pool", username: u, token: { env: T } }',
      "    name: Ledger",
    ],
    output: [
      "bitlift.yaml:6:28: error: userFacingHost is missing, and people cannot open an apiHost of the form private://…. Set userFacingHost to the URL that people open in a browser. [value-not-allowed]",
      '6 |     datacenter: { apiHost: "private://pool", username: u, token: { env: T } }',
      "  |                            ^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "an address without encryption",
    files: [
      "version: 1",
      "servers:",
      '  main: { url: "https://bitbucket.acme.example" }',
      "integrations:",
      "  ledger:",
      '    datacenter: { apiHost: "http://b.acme.example", username: u, token: { env: T } }',
      "    name: Ledger",
    ],
    output: [
      'bitlift.yaml:6:28: warning: "http://b.acme.example" is not encrypted: Spacelift sends its access token in clear text. Use https:// if the server supports it. [host-not-encrypted]',
      '6 |     datacenter: { apiHost: "http://b.acme.example", username: u, token: { env: T } }',
      "  |                            ^^^^^^^^^^^^^^^^^^^^^^^",
    ],
  },
  {
    name: "bitbucketCloud without a token",
    files: ["version: 1", "bitbucketCloud: { email: a@acme.example }"],
    output: [
      'bitlift.yaml:2:1: error: the credential of "bitbucketCloud" consists of email. Set exactly one of: token; email with token. [credential-form]',
      "2 | bitbucketCloud: { email: a@acme.example }",
      "  | ^^^^^^^^^^^^^^",
    ],
  },
];
