/** Writes files into a temporary folder that is removed after the tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readConfigurationSync, type Configuration, type ReadResult } from "..";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** @returns the folder */
export function writeFiles(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), "bitlift-file-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export function readFiles(files: Readonly<Record<string, string | Buffer>>): ReadResult {
  return readConfigurationSync(join(writeFiles(files), "bitlift.yaml"));
}

/** The configuration of a file that must be correct. */
export function configurationOf(text: string, others: Readonly<Record<string, string>> = {}): Configuration {
  const { configuration, findings } = readFiles({ "bitlift.yaml": text, ...others });
  expect(findings.map(({ message }) => message)).toEqual([]);
  return configuration!;
}
