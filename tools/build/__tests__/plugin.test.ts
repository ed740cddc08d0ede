/** What a built plugin does with dynamic imports, which become parts of their own. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPlugin } from "../plugin";

const folder = mkdtempSync(join(tmpdir(), "bitlift-parts-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function outputOf(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const outfile = join(folder, "plugin");
  await buildPlugin({ entry: join(folder, "main.ts"), outfile });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: "utf8" });
  return stdout + stderr;
}

it("a module that is imported dynamically runs when it is imported, once, and shares what the first part imports", async () => {
  const output = await outputOf({
    "shared.ts": "export class Shared {}",
    "later.ts": 'import { Shared } from "./shared"; console.log("later"); export const isShared = (it: unknown) => it instanceof Shared;',
    "main.ts": `
      import { Shared } from "./shared";
      console.log("first");
      void (async () => {
        const { isShared } = await import("./later.js");
        await import("./later.js");
        console.log(isShared(new Shared()));
      })();`,
  });
  expect(output).toBe("first\nlater\ntrue\n");
});

it("a package that is imported dynamically has all its exports", async () => {
  symlinkSync(join(__dirname, "../../../node_modules"), join(folder, "node_modules"));
  const output = await outputOf({
    "main.ts":
      'void import("undici").then((it) => console.log([it.Agent, it.ProxyAgent, it.util.parseHeaders].map((part) => typeof part).join()));',
  });
  expect(output).toBe("function,function,function\n");
});
