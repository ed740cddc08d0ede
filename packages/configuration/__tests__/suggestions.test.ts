/** A misspelled key gets the known one, wherever it is. */
import { readFiles } from "./temporary-files";

const CLOUD = "cloud: { email: a@acme.example, token: { env: T } }";
const integration = (settings: string) => `integrations: { a: { ${CLOUD}, name: A, ${settings} } }`;

it.each([
  ["repositry", "repositories", integration("repositry: []")],
  ["repos", "repositories", integration("repos: []")],
  ["isDefault", "default", integration("isDefault: true")],
  ["detachProtecton", "detachProtection", integration("detachProtecton: true")],
  ["integration", "integrations", "integration: {}"],
  ["spcaes", "spaces", "spcaes: {}"],
  ["servrs", "servers", "servrs: {}"],
  ["includes", "include", "includes: [a.yaml]"],
  ["bitbucket", "bitbucketCloud", "bitbucket: {}"],
  ["inheritEntities", "inherit", "spaces: { a: { name: A, inheritEntities: true } }"],
  ["discription", "description", "spaces: { a: { name: A, spaces: { b: { name: B, discription: x } } } }"],
  ["previous", "previously", "spaces: { a: { name: A, previous: [b] } }"],
  ["caCert", "caCertificate", 'servers: { a: { url: "https://b.acme.example", caCert: x.pem } }'],
  ["tokn", "token", 'servers: { a: { url: "https://b.acme.example", tokn: { env: T } } }'],
  ["apiToken", "token", "integrations: { a: { name: A, cloud: { email: a@acme.example, token: { env: T }, apiToken: { env: T } } } }"],
  ["userfacinghost", "userFacingHost", 'integrations: { a: { name: A, datacenter: { userfacinghost: "https://b.acme.example" } } }'],
  ["enviroment", "env", "integrations: { a: { name: A, cloud: { email: a@acme.example, token: { enviroment: T } } } }"],
  ["events", "additionalEvents", integration("repositories: [{ repository: acme/x, events: [] }]")],
  ["verifyCert", "verifyCertificate", integration("repositories: [{ every: acme, verifyCert: true }]")],
  ["exept", "except", integration("repositories: [{ every: acme, exept: [x] }]")],
  ["webhooks", "webhook", "defaults: { webhooks: {} }"],
  ["backends", "backend", "state: { backends: {} }"],
  ["until_", "until", 'accept: [{ finding: "a:b", note: n, until_: 2027-01-01 }]'],
])("%s is meant as %s", (wrong, meant, line) => {
  const { findings } = readFiles({ "bitlift.yaml": `version: 1\n${line}\n` });
  const message = findings.find(({ code }) => code === "unknown-key")?.message;
  expect(message).toMatch(new RegExp(`^unknown key "${wrong}" in .*\\. Did you mean "${meant}"\\?$`));
});

it("has no suggestion for a key that resembles none", () => {
  const { findings } = readFiles({ "bitlift.yaml": "version: 1\nspaces: { a: { name: A, colour: red } }\n" });
  expect(findings).toMatchObject([{ message: expect.stringMatching(/^unknown key "colour" in Space "a"\. Known keys: name, inherit, /) }]);
});
