/** What the engine prints with `-json`, in the words of the command. */
import { diagnosticText, readMessage } from "../../deployment/engine-messages";

const missing =
  'The root module input variable "ledger_token" is not set, and has no default value. Use a -var or -var-file command line argument to provide a value for this variable.';

const detailOf = (summary: string, detail: string) =>
  readMessage(JSON.stringify({ type: "diagnostic", diagnostic: { severity: "error", summary, detail } }))?.diagnostic?.detail;

it("names the environment variable of a missing input variable, because the command takes no -var", () => {
  expect(detailOf("No value for required variable", missing)).toBe(
    'The root module input variable "ledger_token" is not set, and has no default value. Set TF_VAR_ledger_token in the environment of this command.',
  );
});

it("leaves other messages as they are", () => {
  expect(detailOf("Missing required argument", missing)).toBe(missing);
  expect(detailOf("No value for required variable", "Other words.")).toBe("Other words.");
});

it("names the provider whose block lacks an argument, as the resource of other messages", () => {
  const message = { severity: "error", summary: "Missing required argument", detail: 'The argument "password" is required.' } as const;
  expect(diagnosticText({ ...message, snippet: { context: "provider.bitbucketserver[0]" } })).toBe(
    'Error: Missing required argument\n  with provider.bitbucketserver\n  The argument "password" is required.',
  );
  expect(diagnosticText({ ...message, snippet: { context: "variable" } })).not.toContain("with");
});
