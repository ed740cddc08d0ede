/** Child processes and their groups. */
import { tmpdir } from "node:os";
import { ChildProcesses } from "../child-processes";

const PATH = { PATH: process.env["PATH"] ?? "" };

it("a run returns the exit code and the output of both streams", async () => {
  const ended = await new ChildProcesses().run("sh", ["-c", "echo out; echo err >&2; exit 3"], tmpdir(), PATH);
  expect(ended.code).toBe(3);
  expect(ended.output.split("\n").sort()).toEqual(["", "err", "out"]);
});

it("a program that does not exist causes an error", async () => {
  await expect(new ChildProcesses().run("no-such-program-anywhere", [], tmpdir(), PATH)).rejects.toThrow("ENOENT");
});

it("stop ends a whole group, including a grandchild, and starts no new programs", async () => {
  const children = new ChildProcesses();
  const start = Date.now();
  // The grandchild keeps the streams open, so the run ends only when both processes have ended.
  const running = children.run("sh", ["-c", "sleep 60 & echo started; wait"], tmpdir(), PATH);
  await new Promise((done) => setTimeout(done, 300));
  await children.stop();
  const { output, code } = await running;
  expect({ output, failed: code !== 0, soon: Date.now() - start < 10_000 }).toEqual({ output: "started\n", failed: true, soon: true });
  await expect(children.run("sh", ["-c", "true"], tmpdir(), PATH)).rejects.toThrow("interrupted");
});
