/** The warning about a set that matches no repository. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfigurationSync, setConstructId, webhookAddress } from "../../../configuration";
import { emptySets } from "../../deployment/empty-sets";
import { messagesInFile, messageText } from "../../deployment/message-in-file";
import { change, plan } from "./planned-changes";

const FILE = `version: 1
integrations:
  payments:
    cloud: { email: a@acme.example, token: { env: TOKEN_A } }
    name: Payments
    repositories: [{ every: acme, match: ["zzz-*"] }]
`;
const FOLDER = mkdtempSync(join(tmpdir(), "bitlift-sets-"));
writeFileSync(join(FOLDER, "bitlift.yaml"), FILE);
afterAll(() => rmSync(FOLDER, { recursive: true }));
const { configuration } = readConfigurationSync(join(FOLDER, "bitlift.yaml"));
const address = webhookAddress("cloud", "payments", setConstructId({ every: "acme", key: undefined }));

it.each([
  ["no webhook", [], 1],
  ["only webhooks that go", [change({ address: `${address}["zzz-a"]`, action: "delete" as const })], 1],
  ["a webhook that stays", [change({ address: `${address}["zzz-a"]` })], 0],
])("with %s", (_case, changes, count) => {
  expect(emptySets(configuration!, "main", plan(changes))).toHaveLength(count);
});

it("is only about the sets of the part", () => {
  expect(emptySets(configuration!, "other", plan([]))).toEqual([]);
});

it("has the place of the set", () => {
  const [message] = emptySets(configuration!, "main", plan([]));
  const diagnostic = message!.diagnostic!;
  const text = messageText("main", diagnostic, messagesInFile(configuration)(diagnostic));
  expect(text).toMatch(
    /^bitlift\.yaml:6:20: warning: set "acme" of integration "payments": A set matches no repository\n {2}with .*, part main\n/,
  );
  expect(text).toContain("(set-empty)");
});
