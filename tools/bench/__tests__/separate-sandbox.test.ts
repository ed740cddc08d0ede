/** The sandbox in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { PRODUCTS, SandboxClient } from "../../harness";
import { repositoryNames } from "../repositories";
import { startSeparateSandbox } from "../separate-sandbox";

const ROOT = join(__dirname, "../../..");

const responds = (origin: string) =>
  fetch(origin).then(
    () => true,
    () => false,
  );

it("has the repositories of the benchmark in both products, and stops", async () => {
  const sandbox = await startSeparateSandbox(3);
  const remote = new SandboxClient(sandbox.address);
  for (const product of PRODUCTS) {
    for (const repository of [...repositoryNames(3), "infrastructure"]) {
      await expect(remote.bitbucket(product, "GET", product.repositoryPath(repository))).resolves.toMatchObject({ slug: repository });
    }
  }
  await sandbox.stop();
  await expect(responds(sandbox.address.spacelift.origin)).resolves.toBe(false);
  await sandbox.stop();
});

it("ends by itself if the benchmark is killed", async () => {
  const program = `import("./tools/bench/separate-sandbox.ts").then(async (loaded) => {
    const { startSeparateSandbox } = loaded.default ?? loaded;
    console.log((await startSeparateSandbox(1)).address.spacelift.origin);
  });`;
  const bench = spawn(process.execPath, ["--import", "tsx", "--eval", program], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const [chunk] = (await once(bench.stdout, "data")) as [Buffer];
  const origin = chunk.toString().trim();
  await expect(responds(origin)).resolves.toBe(true);
  bench.kill("SIGKILL");
  await once(bench, "exit");
  for (let waited = 0; waited < 5000 && (await responds(origin)); waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
  await expect(responds(origin)).resolves.toBe(false);
});
