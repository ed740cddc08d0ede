/** Wrong files, each with exactly the text that people see: place, message, code, line and caret. */
import { renderFindings } from "..";
import { readFiles } from "./temporary-files";
import { BACKING_CASES } from "./wrong-files/backing";
import { ENCODINGS_CASES } from "./wrong-files/encodings";
import { ENTRIES_CASES } from "./wrong-files/entries";
import { MODEL_CASES } from "./wrong-files/model";
import { PARTS_AND_FILES_CASES } from "./wrong-files/parts-and-files";
import { PREVIOUS_KEYS_CASES } from "./wrong-files/previous-keys";
import { REFERENCES_CASES } from "./wrong-files/references";
import { SYNTHESIS_CASES } from "./wrong-files/synthesis";
import type { WrongFile } from "./wrong-files/wrong-file";
import { YAML_CASES } from "./wrong-files/yaml";

function contentsOf({ files }: WrongFile): Record<string, string | Buffer> {
  const all = Array.isArray(files) || Buffer.isBuffer(files) ? { "bitlift.yaml": files } : files;
  return Object.fromEntries(
    Object.entries(all).map(([name, content]) => [name, Buffer.isBuffer(content) ? content : `${content.join("\n")}\n`]),
  );
}

describe.each([
  ["encodings", ENCODINGS_CASES],
  ["YAML", YAML_CASES],
  ["the model", MODEL_CASES],
  ["references and credentials", REFERENCES_CASES],
  ["entries", ENTRIES_CASES],
  ["former keys", PREVIOUS_KEYS_CASES],
  ["parts and files", PARTS_AND_FILES_CASES],
  ["the backing", BACKING_CASES],
  ["what only synthesis found before", SYNTHESIS_CASES],
])("a mistake in %s", (_title, cases) => {
  it.each(cases)("$name", (wrong) => {
    const { configuration, findings } = readFiles(contentsOf(wrong));
    expect(renderFindings(findings, "text").trimEnd().split("\n")).toEqual(wrong.output);
    expect(configuration === undefined).toBe(findings.some(({ severity }) => severity === "error"));
  });
});

it("has at least sixty files, and none of them prints a secret", () => {
  const all = [
    ...ENCODINGS_CASES,
    ...YAML_CASES,
    ...MODEL_CASES,
    ...REFERENCES_CASES,
    ...ENTRIES_CASES,
    ...PREVIOUS_KEYS_CASES,
    ...PARTS_AND_FILES_CASES,
    ...BACKING_CASES,
    ...SYNTHESIS_CASES,
  ];
  expect(all.length).toBeGreaterThan(60);
  expect(all.flatMap(({ output }) => output).filter((line) => /canary/i.test(line))).toEqual([]);
});
