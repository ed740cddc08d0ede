/** Diagnostics as engines receive them. */
import { error } from "../../catalog";
import { diagnosticMessages } from "../../wire/diagnostic-message";

it("text from a remote system reaches the terminal without control characters", () => {
  const why = "Bitbucket says: \u001b[2Jgone\u0007\u009b1m über\tPlan\nsecond line";
  const [message] = diagnosticMessages([error("internal", { why, fix: "Try again." })], undefined);
  expect(message?.detail).toBe("Bitbucket says: \ufffd[2Jgone\ufffd\ufffd1m über\tPlan\nsecond line\n\nTry again.\n\n(internal)");
});

it("a message ends with the code and, on a line of its own, the address of its documentation", () => {
  const [message] = diagnosticMessages([error("internal", { why: "W.", fix: "F." })], (code) => `https://acme.example/codes#${code}`);
  expect(message?.detail).toBe("W.\n\nF.\n\n(internal)\nhttps://acme.example/codes#internal");
});
