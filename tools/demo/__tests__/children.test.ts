/** Child processes and their groups. */
import { tmpdir } from "node:os";
import { Children } from "../children";

const PATH = { PATH: process.env["PATH"] ?? "" };

it("a program's exit code and both of its streams come back", async () => {
  const ended = await new Children().run("sh", ["-c", "echo out; echo err >&2; exit 3"], tmpdir(), PATH);
  expect(ended.code).toBe(3);
  expect(ended.output.split("\n").sort()).toEqual(["", "err", "out"]);
});

it("a program that does not exist is an error", async () => {
  await expect(new Children().run("no-such-program-anywhere", [], tmpdir(), PATH)).rejects.toThrow("ENOENT");
});

it("stop ends a whole group, the grandchild too, and refuses new children", async () => {
  const children = new Children();
  const from = Date.now();
  // The grandchild holds the streams open as long as it lives, so the run ends only when both are gone.
  const running = children.run("sh", ["-c", "sleep 60 & echo started; wait"], tmpdir(), PATH);
  await new Promise((done) => setTimeout(done, 300));
  await children.stop();
  const { output, code } = await running;
  expect({ output, failed: code !== 0, soon: Date.now() - from < 10_000 }).toEqual({ output: "started\n", failed: true, soon: true });
  await expect(children.run("sh", ["-c", "true"], tmpdir(), PATH)).rejects.toThrow("interrupted");
});
