/** Whether the provider block names a variable for one of its own logins. */
import type { Configuration } from "../../configuration/clients";
import { UNKNOWN } from "../../../terraform-plugin";
import { createClients } from "../created-clients";

const block = {
  url: "https://bitbucket.acme.example",
  access_token: null,
  access_token_env: "WEBHOOKS_TOKEN",
  username: "WEBHOOKS_USER",
  password: null,
  password_env: null,
  ca_certificate: null,
};

it.each<[string, Partial<Configuration>, boolean]>([
  ["finds a variable that an _env argument names", { bitbucketDatacenter: block }, true],
  ["does not find a variable that no argument names", { bitbucketDatacenter: { ...block, access_token_env: "OTHER" } }, false],
  [
    "ignores arguments that do not name variables",
    { bitbucketDatacenter: { ...block, access_token_env: null, username: "WEBHOOKS_TOKEN" } },
    false,
  ],
  ["finds nothing in unknown blocks", { bitbucketDatacenter: UNKNOWN, spacelift: UNKNOWN }, false],
  ["finds nothing without blocks", {}, false],
])("%s", (_case, changes, isUsed) => {
  expect(createClients(changes).usesVariable("WEBHOOKS_TOKEN")).toBe(isUsed);
});
