/** When a second try is not allowed even after a look: the first one may be under way still. */
import { ExchangeFailure } from "../../http/connection";
import { mayStillRun } from "../../http/retry";
import { problem } from "../../../domain";
import type { FailureDetails } from "../../../diagnostics";

const cut = (code: string): ExchangeFailure => new ExchangeFailure(code, true, "cut");

describe("a write without an answer", () => {
  it.each<[string, FailureDetails, boolean]>([
    ["whose time was up", { execution: "unknown", cause: cut("TIMEOUT") }, true],
    ["that a server in between gave up on (504)", { execution: "unknown", status: 504 }, true],
    ["that a server in between gave up on (408)", { execution: "unknown", status: 408 }, true],
    ["whose connection was cut", { execution: "unknown", cause: cut("ECONNRESET") }, false],
    ["that a gateway could not pass on (502)", { execution: "unknown", status: 502 }, false],
    ["that certainly was not carried out", { execution: "no", cause: cut("TIMEOUT") }, false],
  ])("%s", (_name, details, expected) => {
    expect(mayStillRun(problem("remote-unreachable", { why: "w", fix: "f" }, details))).toBe(expected);
  });
});
