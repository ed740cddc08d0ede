/** Messages of the published providers, as the command prints them. */
import { diagnosticText } from "../../deployment/engine-messages";
import { messageText } from "../../deployment/message-in-file";

const ADDRESS = "bitbucketserver_repository_webhook.payments_plat--networking_528A38B9";
const IN_FILE = { place: { file: "bitlift.yaml", line: 16, column: 20 }, title: 'repository "PLAT/networking"', advice: undefined };
const diagnostic = (summary: string, detail = "") => ({ severity: "error", summary, detail, address: ADDRESS }) as const;

it.each([
  ["without a text", diagnostic("API Error: 404 /hooks A webhook does not exist."), "API Error: 404 /hooks A webhook does not exist."],
  ["with an empty line at the end", diagnostic("API Error: 401 /hooks Log in.\n"), "API Error: 401 /hooks Log in."],
  ["of several lines", diagnostic("API Error: 409 /hooks One.\nTwo.\n"), "API Error: 409 /hooks One.\nTwo."],
])("a message %s has each line once, and no empty one", (_case, message, text) => {
  expect(messageText("core", message, IN_FILE)).toBe(
    `bitlift.yaml:16:20: error: repository "PLAT/networking": ${text}\n  with ${ADDRESS}, part core`,
  );
  expect(messageText("core", message, undefined)).toBe(`core: Error: ${text}\n  with ${ADDRESS}`);
});

it("a text keeps its empty lines between two others", () => {
  expect(diagnosticText(diagnostic("Wrong", "One.\n\nTwo.\n"))).toBe(`Error: Wrong\n  with ${ADDRESS}\n  One.\n\n  Two.`);
});
