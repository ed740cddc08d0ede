/** Every rule that the file and the constructs share: the same mistake in both, with the same code. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { readConfigurationSync } from "../../packages/configuration";
import { stackWith, validationMessageOf } from "../lib/synthesis";
import { EQUAL_MISTAKES, NO_MISTAKES } from "./equal-mistakes";

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "parity-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function codesOfFile(lines: readonly string[], files: Readonly<Record<string, string>> = {}): readonly string[] {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const path = join(folder, "bitlift.yaml");
  writeFileSync(path, ["version: 1", ...lines].join("\n"));
  const { findings } = readConfigurationSync(path);
  return findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
}

function codesOfApp(build: (stack: TerraformStack) => void): readonly string[] {
  const message = validationMessageOf(stackWith(build)) ?? "";
  return [...message.matchAll(/^ *\(([a-z-]+)\)$/gm)].map(([, code = ""]) => code);
}

describe.each(EQUAL_MISTAKES)("$code: $title", ({ code, file, files, app }) => {
  it("is found in the file", () => {
    expect(codesOfFile(file, files)).toEqual([code]);
  });

  it("is found in the constructs", () => {
    expect(codesOfApp(app)).toEqual([code]);
  });
});

it.each(NO_MISTAKES)("both accept $title", ({ file, app }) => {
  expect([codesOfFile(file), codesOfApp(app)]).toEqual([[], []]);
});
