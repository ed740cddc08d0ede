/** What Spacelift asks with an integration's credential: whether it is good, and what it can read. */
import { createBitbucketDatacenter } from "../../../services/bitbucket-datacenter";
import { createClock } from "../../../core/clock";
import { SEED } from "./datacenter";

const clock = createClock();
const server = createBitbucketDatacenter({ clock, seed: SEED, origin: () => "http://127.0.0.1", paired: () => [] });
const reader = (username: string | null, credential: string) => ({ email: null, username, credential });
const REFUSED = "bitbucket refused the credential";

it.each<[string, string | null, string, string | undefined]>([
  ["a user's token with the user's name", "ada", "reader", undefined],
  ["a user's token without a name", null, "reader", undefined],
  ["a password", "rex", "rex-password", undefined],
  ["a project's token under any name", "whoever", "of-project", undefined],
  ["a user's token under another name", "rex", "reader", REFUSED],
  ["an unknown token", "ada", "nope", REFUSED],
  ["a password without a name", null, "rex-password", REFUSED],
  ["an expired token", "ada", "short-lived", REFUSED],
  ["a token of a user without a licence", "guest", "unlicensed", REFUSED],
])("%s: %j with %j", (_, username, credential, complaint) => {
  expect(server.checkCredential(reader(username, credential))).toBe(complaint);
  expect(server.listReadable(reader(username, credential)).length > 0).toBe(complaint === undefined);
});

it("lists what can be read, with project keys and branches", () => {
  expect(server.listReadable(reader("whoever", "of-repository-reader"))).toEqual([
    { namespace: "PLAT", repository: "infra", branches: ["main"] },
    { namespace: "PLAT", repository: "handbook", branches: ["main"] },
    { namespace: "OPEN", repository: "tool", branches: ["main"] },
  ]);
  const own = server.listReadable(reader("ada", "reader")).filter(({ namespace }) => namespace === "~ada");
  expect(own).toEqual([{ namespace: "~ada", repository: "dotfiles", branches: ["main"] }]);
});
