/** A template is refused wherever a backend can have one, with its place. */
import { readFiles } from "./temporary-files";

it.each([
  ["a value", "bucket: '${x}'"],
  ["a directive", "bucket: '%{ if true }'"],
  ["an escaped template, which Terraform takes as it is", "bucket: '$${x}'"],
  ["a nested map", "assume_role: { role_arn: '${x}' }"],
  ["a list", "hosts: [a, '${x}']"],
  ["a map in a list", "workspaces: [{ tags: ['%{x}'] }]"],
  ["a key", "'${x}': 1"],
  ["a nested key", "tags: { '%{x}': 1 }"],
])("%s", (_name, line) => {
  const { findings, configuration } = readFiles({ "bitlift.yaml": `version: 1\nstate:\n  backend:\n    s3: { ${line} }\n` });
  expect(configuration).toBeUndefined();
  expect(findings).toMatchObject([
    { code: "value-not-allowed", severity: "error", place: { line: 4 }, message: expect.stringContaining("read differently in a backend") },
  ]);
});

it("is refused as the name of a backend", () => {
  const { findings } = readFiles({ "bitlift.yaml": "version: 1\nstate: { backend: { '${x}': { a: b } } }\n" });
  expect(findings).toMatchObject([{ severity: "error", place: { line: 2 } }]);
});
