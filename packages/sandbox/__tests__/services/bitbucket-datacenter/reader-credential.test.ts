/** What Spacelift checks with an integration's credential: whether it is valid, and what it can read. */
import { createClock } from "../../../core/clock";
import { createBitbucketDatacenter } from "../../../services/bitbucket-datacenter";
import { SEED } from "./test-service";

const clock = createClock();
const server = createBitbucketDatacenter({ clock, seed: SEED, origin: () => "http://127.0.0.1", paired: () => [] });
const reader = (username: string | null, credential: string) => ({ email: null, username, credential });
const REJECTED = "bitbucket refused the credential";

it.each<[string, string | null, string, string | undefined]>([
  ["a user's token with the user's name", "ada", "reader", undefined],
  ["a user's token without a name", null, "reader", undefined],
  ["a password", "rex", "rex-password", undefined],
  ["a project's token under any name", "anyone", "of-project", undefined],
  ["a user's token under another name", "rex", "reader", REJECTED],
  ["an unknown token", "ada", "nope", REJECTED],
  ["a password without a name", null, "rex-password", REJECTED],
  ["an expired token", "ada", "short-lived", REJECTED],
  ["a token of a user without a license", "guest", "unlicensed", REJECTED],
])("%s: %j with %j", (_, username, credential, problem) => {
  expect(server.checkCredential(reader(username, credential))).toBe(problem);
  expect(server.listReadable(reader(username, credential)).length > 0).toBe(problem === undefined);
});

it("lists the readable repositories, with project keys and branches", () => {
  expect(server.listReadable(reader("anyone", "of-repository-reader"))).toEqual([
    { namespace: "PLAT", repository: "infra", branches: ["main"] },
    { namespace: "PLAT", repository: "handbook", branches: ["main"] },
    { namespace: "OPEN", repository: "tool", branches: ["main"] },
  ]);
  const personal = server.listReadable(reader("ada", "reader")).filter(({ namespace }) => namespace === "~ada");
  expect(personal).toEqual([{ namespace: "~ada", repository: "dotfiles", branches: ["main"] }]);
});
