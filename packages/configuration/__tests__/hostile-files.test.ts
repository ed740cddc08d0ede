/** Files that someone wrote to mislead: what a terminal obeys, links, names of JavaScript, nesting without end. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readConfigurationSync, renderFindings } from "..";
import { unreadable } from "../reading/file-text";
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

describe("a name that is not a file", () => {
  const messageOf = (prepare: (folder: string) => void, text = "version: 1\ninclude: [a.yaml]\n") => {
    const folder = writeFiles({ "bitlift.yaml": text });
    prepare(folder);
    const { findings, configuration } = readConfigurationSync(join(folder, "bitlift.yaml"));
    expect(configuration).toBeUndefined();
    return renderFindings(findings, "text").split("\n")[0];
  };

  it.each<[string, (path: string) => void, string]>([
    ["a folder", (path) => mkdirSync(path), "a.yaml is a folder, not a file. Name the files in it: a.yaml/*.yaml. [file-unreadable]"],
    [
      "a link to nothing",
      (path) => symlinkSync("nowhere", path),
      "a.yaml is a symbolic link to a file that does not exist. Replace the link by the file. [file-not-found]",
    ],
    [
      "a link to itself",
      (path) => symlinkSync("a.yaml", path),
      "a.yaml is a symbolic link that leads back to itself. Replace the link by the file. [file-unreadable]",
    ],
  ])("is an error at its own place: %s", (_name, make, message) => {
    expect(messageOf((folder) => make(join(folder, "a.yaml")))).toBe(`a.yaml:1:1: error: ${message}`);
  });

  it("does not match a pattern if it is a folder", () => {
    const make = (folder: string) => mkdirSync(join(folder, "teams/teams.yaml"), { recursive: true });
    expect(messageOf(make, "version: 1\ninclude: [teams/*.yaml]\n")).toContain('no file matches "teams/*.yaml"');
  });

  it("is named with what to do, if its permissions forbid reading", () => {
    const denied = Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: "EACCES" });
    expect(unreadable(denied, "teams/a.yaml", true).message).toBe(
      "teams/a.yaml cannot be read, because its permissions do not allow it. Allow your user to read it.",
    );
  });
});

it.each([
  ["a mark of the byte order", (text: string) => `\uFEFF${text}`],
  ["lines that end with CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
  ["tabs between the values", (text: string) => text.replaceAll(", ", ",\t")],
])("reads the same with %s, and finds the same places", (_name, change) => {
  const right = "version: 1\nspaces:\n  a: { name: A, description: B }\n";
  expect(readFiles({ "bitlift.yaml": change(right) }).findings).toEqual([]);
  const places = (text: string) =>
    readFiles({ "bitlift.yaml": text }).findings.map(({ code, place, endColumn }) => ({ code, place, endColumn }));
  const wrong = "version: 1\nspaces:\n  a: { nam: A, description: B }\n  b: { name: 012 }\n";
  expect(places(wrong)).toHaveLength(2);
  expect(places(change(wrong))).toEqual(places(wrong));
});

it.each([
  ["big-endian with a mark", Buffer.from("\uFEFFversion: 1\n", "utf16le").swap16()],
  ["big-endian without a mark", Buffer.from("version: 1\n", "utf16le").swap16()],
])("names UTF-16, %s", (_name, bytes) => {
  expect(textOf(bytes)).toContain("is encoded as UTF-16. Save it as UTF-8. [file-encoding]");
});

it("finds a byte of Latin-1 in an included file", () => {
  const { findings } = readFiles({
    "bitlift.yaml": "version: 1\ninclude: [t/a.yaml]\n",
    "t/a.yaml": Buffer.from("spaces:\n  a: { name: Zürich }\n", "latin1"),
  });
  expect(findings).toMatchObject([{ code: "file-encoding", place: { file: "t/a.yaml", line: 2, column: 15 } }]);
});

const REPEATED = "[*x0,*x0,*x0,*x0,*x0,*x0,*x0,*x0,*x0,*x0]";
it.each([
  ["in lists", (level: number) => `x${level + 1}: &x${level + 1} ${REPEATED.replaceAll("x0", `x${level}`)}\n`],
  ["by merges", (level: number) => `x${level + 1}: &x${level + 1} { <<: ${REPEATED.replaceAll("x0", `x${level}`)} }\n`],
])("refuses aliases that multiply %s, in an instant", (_name, line) => {
  const started = performance.now();
  const lines = Array.from({ length: 25 }, (_, level) => line(level));
  expect(textOf(`version: 1\nx0: &x0 { a: 1 }\n${lines.join("")}`)).toContain("repeat more than 200,000 values");
  expect(performance.now() - started).toBeLessThan(5_000);
});

it.each(["include: &s [*s]", "spaces: { a: &s { <<: *s, name: A } }", "spaces: &s { a: { name: A, spaces: *s } }"])(
  "refuses an anchor that contains itself: %s",
  (line) => {
    expect(textOf(`version: 1\n${line}\n`)).toContain("the alias *s is inside its own anchor");
  },
);

describe("thousands of entries", () => {
  const numbers = Array.from({ length: 5000 }, (_, index) => index);
  const lines = (line: (index: number) => string) => numbers.map((index) => `${line(index)}\n`).join("");
  const integration = "integrations:\n  a:\n    cloud: { email: a@acme.example, token: { env: T } }\n    name: A\n    repositories:\n";

  it("are read from one file", () => {
    const { configuration, findings } = readFiles({
      "bitlift.yaml": `version: 1\n${integration}${lines((index) => `      - acme/r${index}`)}`,
    });
    expect([findings, configuration?.integrations.get("a")?.repositories.length]).toEqual([[], 5000]);
  });

  it.each([
    ["keys", `version: 1\n${integration}${lines((index) => `      - { repositry: acme/r${index} }`)}`],
    [
      "references",
      `version: 1\nspaces:\n${lines((index) => `  space-${index}: { name: S${index} }`)}integrations:\n${lines((index) => `  i${index}: { cloud: { email: a@acme.example, token: { env: T } }, name: S${index}, space: spaces-${index} }`)}`,
    ],
  ])("may all have wrong %s, and each is reported", (_name, text) => {
    const started = process.cpuUsage();
    expect(readFiles({ "bitlift.yaml": text }).findings).toHaveLength(5000);
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(10);
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
