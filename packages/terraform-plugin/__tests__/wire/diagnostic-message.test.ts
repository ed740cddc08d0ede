/** Diagnostics as engines receive them. */
import { error } from "../../catalog";
import { diagnosticMessages } from "../../wire/diagnostic-message";

it("text from a remote system reaches the terminal without control characters", () => {
  const why = "Bitbucket says: \u001b[2Jgone\u0007\u009b1m über\tPlan\nsecond line";
  const [message] = diagnosticMessages([error("internal", { why, fix: "Try again." })]);
  expect(message?.detail).toBe("Bitbucket says: \ufffd[2Jgone\ufffd\ufffd1m über\tPlan\nsecond line\n\nTry again.\n\n(internal)");
});
