/** What the delete half of a replacement knows about the repository of the object that it deletes. */
import { recordOrigin, recordReplaced, repositoryIdIn, serverUrlIn } from "../../webhook/webhook-private-state";

const stored = new Map<string, unknown>([
  ["repositoryId", "{old}"],
  ["server", "https://old.example"],
]);

it("the private state of a create half contains repository and server of the object that it replaces", () => {
  const planned = new Map<string, unknown>();
  expect(recordReplaced(planned, stored)).toBe(true);
  expect([repositoryIdIn(planned), serverUrlIn(planned)]).toEqual(["{old}", "https://old.example"]);
});

it("the write of the create half replaces both, even if the new values cannot be read", () => {
  const planned = new Map<string, unknown>();
  recordReplaced(planned, stored);
  recordOrigin(planned, null, undefined);
  expect([repositoryIdIn(planned), serverUrlIn(planned)]).toEqual([undefined, undefined]);
});

it("a plain create replaces nothing", () => {
  const planned = new Map<string, unknown>();
  expect([recordReplaced(planned, new Map()), planned.size]).toEqual([false, 0]);
});
