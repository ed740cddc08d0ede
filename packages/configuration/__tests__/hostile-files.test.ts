/** Files that someone wrote to mislead: what a terminal obeys, links, names of JavaScript, nesting without end. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfigurationSync, renderFindings } from "..";
import { readFiles, writeFiles } from "./temporary-files";

const textOf = (file: string | Buffer) => renderFindings(readFiles({ "bitlift.yaml": file }).findings, "text");

describe("a character that a terminal obeys or hides", () => {
  it.each([
    ["an escape sequence", "\u001b[2J"],
    ["a control character of 8 bits", "\u009b31m"],
    ["NUL", "\u0000"],
    ["an override of the direction", "\u202e"],
    ["an isolate", "\u2066"],
    ["a space without width", "\u200b"],
    ["a separator of lines", "\u2028"],
    ["a return without a line", "a\r"],
  ])("is shown as a visible one, in the message, the line and the name of a file: %s", (_name, text) => {
    const texts = [
      textOf(`version: 1\nspaces: { a: { nam: "${text}" } }\n`),
      textOf(`version: 1\n"k${text}": 1\n`),
      textOf(`version: 1\nintegrations: { a: { datacenter: { username: "a:${text}", apiHost: "x${text}" }, name: A } }\n`),
    ];
    for (const shown of texts) {
      expect(shown).not.toBe("");
      expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    }
    if (text.includes("\u0000")) return;
    const folder = writeFiles({ "bitlift.yaml": "version: 1\ninclude: [teams/*.yaml]\n", [`teams/${text}.yaml`]: "nam: 1\n" });
    const { findings } = readConfigurationSync(join(folder, "bitlift.yaml"));
    expect(renderFindings(findings, "text").replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  });

  it("keeps the caret in its column", () => {
    const [, line = "", carets = ""] = textOf('version: 1\nspaces: { a: { name: "\u202eA", nam: x } }\n').split("\n").slice(3);
    expect(line.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("nam");
  });
});

describe("an included file", () => {
  it("that is a link out of the folder is not read, and nothing of it is shown", () => {
    const secret = writeFiles({ "secret.txt": "canary: of the runner\n" });
    const folder = writeFiles({ "bitlift.yaml": "version: 1\ninclude: [teams/*.yaml]\n" });
    mkdirSync(join(folder, "teams"));
    symlinkSync(join(secret, "secret.txt"), join(folder, "teams/a.yaml"));
    const text = renderFindings(readConfigurationSync(join(folder, "bitlift.yaml")).findings, "text");
    expect(text).toContain('"teams/a.yaml" is a symbolic link to a file outside the folder');
    expect(text).not.toContain("canary");
  });

  it("may be a link inside the folder, as in a mounted ConfigMap", () => {
    const folder = writeFiles({ "bitlift.yaml": "version: 1\ninclude: [a.yaml]\n" });
    writeFileSync(join(folder, "real.yaml"), "spaces: { a: { name: A } }\n");
    symlinkSync("real.yaml", join(folder, "a.yaml"));
    expect(readConfigurationSync(join(folder, "bitlift.yaml")).findings).toEqual([]);
  });

  it("is never the file itself", () => {
    expect(textOf("version: 1\ninclude: [./bitlift.yaml]\n")).toContain("is this file itself, which cannot include itself");
  });
});

it.each(["constructor", "toString", "hasOwnProperty", "valueOf"])("has keys such as %s like any other", (key) => {
  const { findings, configuration } = readFiles({ "bitlift.yaml": `version: 1\nspaces: { ${key}: { name: A } }\n` });
  expect([findings, [...(configuration?.spaces.keys() ?? [])]]).toEqual([[], [key]]);
  expect(textOf(`version: 1\nspaces: { a: { name: A, ${key}: 1 } }\n`)).toContain(`unknown key "${key}"`);
});

it("never sets the prototype of anything", () => {
  expect(textOf("version: 1\n__proto__: { polluted: 1 }\n")).toContain("[key-not-text]");
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

it.each([
  ["maps in braces", `${"{ a: { spaces: ".repeat(5000)}{}${"} }".repeat(5000)}`],
  ["lines", `\n${Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth + 1)}a:`).join("\n")}`],
])("that nests without end in %s is an error in an instant", (_name, value) => {
  const started = performance.now();
  expect(textOf(`version: 1\nspaces: ${value}\n`)).toContain("error: ");
  expect(performance.now() - started).toBeLessThan(5_000);
});

it("cuts a line of a megabyte", () => {
  const text = textOf(`version: 1\nspaces: { a: { description: "${"x".repeat(1024 * 1024)}", nam: A } }\n`);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(200);
});
