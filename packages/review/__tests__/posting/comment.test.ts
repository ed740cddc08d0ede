/** One comment in a pull request, with a port in memory. */
import { catalogProblem, MemoryPullRequest } from "./memory-pull-request";
import { postComment } from "../../posting/comment";
import { fittedText, hasMarker } from "../../posting/comment-text";

const MARKER = "Bitlift review · `main`";
const text = (content: string) => `${content}\n\n${MARKER}\n`;

it("creates one, and changes it the next time", async () => {
  const port = new MemoryPullRequest("bot");
  expect(await postComment(port, text("first"), MARKER)).toBe("created");
  expect(await postComment(port, text("second"), MARKER)).toBe("updated");
  expect(port.shared.texts()).toEqual([text("second")]);
});

it("two reviews at once leave the older comment, with the text of one of them", async () => {
  for (let round = 0; round < 20; round += 1) {
    const first = new MemoryPullRequest("bot", undefined, round);
    const second = new MemoryPullRequest("bot", first.shared, round * 7 + 3);
    await Promise.all([postComment(first, text("a"), MARKER), postComment(second, text("b"), MARKER)]);
    expect(first.shared.comments.map(({ id }) => id)).toEqual(["1"]);
    expect([text("a"), text("b")]).toContain(first.shared.texts()[0]);
  }
});

it("does not take over what somebody else wrote, not even the same text", async () => {
  const port = new MemoryPullRequest("bot");
  port.shared.add("stranger", text("All is well."));
  port.shared.add("stranger", text("new"));
  await postComment(port, text("new"), MARKER);
  await postComment(port, text("newer"), MARKER);
  expect(port.shared.comments.map(({ author, text: stored }) => [author, stored])).toEqual([
    ["stranger", text("All is well.")],
    ["stranger", text("new")],
    ["bot", text("newer")],
  ]);
});

it("removes its own duplicates, and nobody else's", async () => {
  const port = new MemoryPullRequest("bot");
  port.shared.add("bot", text("old"));
  port.shared.add("bot", text("older copy"));
  port.shared.add("stranger", text("quoted"));
  port.shared.add("bot", "Another comment of the same account.");
  await postComment(port, text("new"), MARKER);
  expect(port.shared.texts()).toEqual([text("new"), text("quoted"), "Another comment of the same account."]);
});

it("a lost response is looked up instead of a second comment", async () => {
  const port = new MemoryPullRequest("bot");
  port.loseNextResponse = true;
  await postComment(port, text("once"), MARKER);
  expect(port.shared.texts()).toEqual([text("once")]);
});

it("tries a shorter text if the long one is rejected", async () => {
  const port = new MemoryPullRequest("bot");
  port.ceiling = 10_000;
  await postComment(port, text("line\n".repeat(5_000)), MARKER);
  const [stored = ""] = port.shared.texts();
  expect(stored.length).toBeLessThanOrEqual(8_000);
  expect(hasMarker(stored, MARKER)).toBe(true);
});

it("passes other failures on", async () => {
  const port = new MemoryPullRequest("bot");
  port.failure = catalogProblem("transport");
  await expect(postComment(port, text("x"), MARKER)).rejects.toBe(port.failure);
});

it("the marker is the last line, alone", () => {
  expect(hasMarker(`a\n\n${MARKER}\r\n`, MARKER)).toBe(true);
  for (const other of [`> ${MARKER}`, `${MARKER}\nanswer`, `x ${MARKER}`, `${MARKER}2`, ""]) expect(hasMarker(other, MARKER)).toBe(false);
});

it("cuts at the end of a line, and keeps the marker", () => {
  const cut = fittedText(text("line of text\n".repeat(100)), MARKER, 400);
  expect(cut.length).toBeLessThanOrEqual(400);
  expect(cut).toMatch(/line of text\n\nThe rest is left out/);
  expect(hasMarker(cut, MARKER)).toBe(true);
});
