/** cdktf.json: what is read, and what is wrong with it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../../../diagnostics";
import { configurationPath, readProject } from "../../project/project";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "project-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: unknown) =>
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));

it("an app without bitlift.yaml has no file", () => {
  write("cdktf.json", { app: "node main.js" });
  expect(readProject(folder)).toMatchObject({ app: "node main.js", output: join(folder, "cdktf.out"), file: undefined });
});

it("bitlift.yaml beside cdktf.json is the file, unless context.bitlift names another", () => {
  write("bitlift.yaml", "");
  write("cdktf.json", { app: "node main.js", output: "out" });
  expect(readProject(folder)).toMatchObject({ output: join(folder, "out"), file: join(folder, "bitlift.yaml") });
  write("cdktf.json", { app: "node main.js", context: { bitlift: "config/bitbucket.yaml" } });
  expect(readProject(folder).file).toBe(join(folder, "config/bitbucket.yaml"));
  expect(configurationPath(folder)).toBe(join(folder, "config/bitbucket.yaml"));
});

it("the path of the file needs no cdktf.json", () => {
  expect(configurationPath(folder)).toBe(join(folder, "bitlift.yaml"));
});

it.each<[string, unknown, string, RegExp]>([
  ["is missing", undefined, "project-missing", /has no cdktf\.json/],
  ["is not JSON", "{", "project-invalid", /JSON/],
  ["is a list", [], "project-invalid", /cdktf\.json is not a JSON object/],
  ["has no app", {}, "project-invalid", /app is not set/],
  ["has an app that is not a text", { app: 1 }, "project-invalid", /app is 1/],
  ["has an empty path", { app: "x", context: { bitlift: "" } }, "project-invalid", /context\.bitlift is empty/],
  [
    "has a misspelled key",
    { app: "x", context: { bitliftBaking: "published" } },
    "project-invalid",
    /"bitliftBaking" is not a context key/,
  ],
  ["has the former configuration", { app: "x", context: { bitlift: {} } }, "project-invalid", /context\.bitlift is not a text/],
])("a cdktf.json that %s is reported", (_case, content, code, why) => {
  if (content !== undefined) write("cdktf.json", content);
  let thrown: unknown;
  try {
    readProject(folder);
  } catch (caught) {
    thrown = caught;
  }
  expect(thrown).toBeInstanceOf(Problem);
  expect((thrown as Problem).diagnostic).toMatchObject({ code, why: expect.stringMatching(why) });
});
