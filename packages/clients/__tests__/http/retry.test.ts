/** A second attempt is not safe, even after a lookup, while the first one may still run. */
import { ExchangeFailure } from "../../http/connection";
import { mayStillRun } from "../../http/retry";
import { problem } from "../../../domain";
import type { FailureDetails } from "../../../diagnostics";

const failureWith = (code: string): ExchangeFailure => new ExchangeFailure(code, true, "failed");

describe("a write without a response may still run", () => {
  it.each<[string, FailureDetails, boolean]>([
    ["after a timeout of the client", { execution: "unknown", cause: failureWith("TIMEOUT") }, true],
    ["after a timeout of a proxy (504)", { execution: "unknown", status: 504 }, true],
    ["after a timeout of a proxy (408)", { execution: "unknown", status: 408 }, true],
    ["but not after a reset", { execution: "unknown", cause: failureWith("ECONNRESET") }, false],
    ["but not after a gateway could not forward it (502)", { execution: "unknown", status: 502 }, false],
    ["but not if it was certainly not executed", { execution: "no", cause: failureWith("TIMEOUT") }, false],
  ])("%s", (_name, details, expected) => {
    expect(mayStillRun(problem("remote-unreachable", { why: "w", fix: "f" }, details))).toBe(expected);
  });
});
