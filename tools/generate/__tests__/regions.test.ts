/** Code blocks of hand-written pages are regions of files that compile. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PAGES, extractRegion, updateRegions } from "../regions";

const read = (page: string) => readFileSync(join(__dirname, "../../..", page), "utf8");

describe.each(PAGES)("%s", (page) => {
  it("embeds the current text of its regions", async () => {
    expect(await updateRegions(read(page))).toBe(read(page));
  });

  it("contains no other code: every other block is a command, data, or output", () => {
    const outside = read(page).replace(/<!-- region: [\s\S]*?<!-- end of region -->/g, "");
    expect(
      [...outside.matchAll(/^```(\w*)\n/gm)]
        .map((match) => match[1] ?? "")
        .filter((language) => /^(ts|typescript|js|terraform|hcl)$/.test(language)),
    ).toEqual([]);
  });
});

it("the README shows at least one region", () => {
  expect(read("README.md")).toMatch(/<!-- region: examples\/\S+#\S+ -->/);
});

describe("a region", () => {
  const source = "// what it is for\nimport a;\n{\n  // region use\n  one();\n    two();\n  // endregion\n}\n";

  it.each([
    ["loses its common indentation", "use", "one();\n  two();"],
    ["whole is the file without its first line", "whole", "import a;\n{\n  // region use\n  one();\n    two();\n  // endregion\n}"],
    ["file is the whole file", "file", source.trimEnd()],
  ])("%s", (_case, name, expected) => {
    expect(extractRegion(source, name, "a.ts")).toBe(expected);
  });

  it.each([
    ["examples/spacelift/Dockerfile", "dockerfile"],
    ["examples/pipelines/bitbucket-pipelines.yml", "yaml"],
  ])("has the language of its file: %s", async (file, language) => {
    const page = `<!-- region: ${file}#file -->\n<!-- end of region -->\n`;
    expect(await updateRegions(page)).toContain(`\n\`\`\`${language}\n${read(file).trimEnd()}\n\`\`\`\n`);
  });

  it("of a whole example imports the package by its name", () => {
    expect(extractRegion('import { Space } from "../../lib";\n', "file", "examples/app/main.ts")).toBe('import { Space } from "bitlift";');
  });

  it("of a whole example imports a file of another example as a file of the same folder", () => {
    expect(extractRegion('import { A } from "../other/a-stack";\n', "file", "examples/app/main.ts")).toBe('import { A } from "./a-stack";');
  });

  it("that does not exist is an error, and the message explains how to add it", () => {
    expect(() => extractRegion(source, "gone", "a.ts")).toThrow(
      'a.ts has no region "gone": put it between "// region gone" and "// endregion".',
    );
  });

  it("of a JSON file is the object under a key", () => {
    const json = '{\n  "context": {\n    "app": {\n      "list": [1]\n    },\n    "other": {}\n  }\n}\n';
    expect(extractRegion(json, "app", "a.json")).toBe('{\n  "list": [1]\n}');
    expect(() => extractRegion(json, "gone", "a.json")).toThrow('a.json has no object under a key "gone"');
  });
});
