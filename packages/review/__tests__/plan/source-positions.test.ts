/** From frames of stack traces to places in the program: their forms, what is not of the program, and source maps. */
import { SourcePositions } from "../../plan/source-positions";

/** The second line of the compiled file comes from the seventh line of the source, column 5. */
const map = (source: string, more: object = {}) => JSON.stringify({ version: 3, sources: [source], names: [], mappings: ";AAMI", ...more });
const linked = (name: string) => `a\nb\n//# sourceMappingURL=${name}\n`;

function placeOf(frames: readonly string[], files: Readonly<Record<string, string>> = {}) {
  return new SourcePositions({ root: "/app", read: (path) => files[path] }).placeOf(frames);
}

it.each([
  ["a function", "at addTeam (/app/main.ts:12:5)", "main.ts"],
  ["no function", "at /app/main.ts:12:5", "main.ts"],
  ["a constructor, without at", "new Space (/app/lib/space.ts:12:5)", "lib/space.ts"],
  ["a method with another name", "at Object.add [as run] (/app/main.ts:12:5)", "main.ts"],
  ["a module of ECMAScript", "at async file:///app/my%20app/main.js:12:5", "my app/main.js"],
  ["a query in the address", "at run (file:///app/main.ts?v=1:12:5)", "main.ts"],
  ["spaces and parentheses in the path", "at run (/app/my (new) app/main.ts:12:5)", "my (new) app/main.ts"],
  ["a folder whose name only begins like another", "at /app/node_modules2/main.ts:12:5", "node_modules2/main.ts"],
])("reads a frame with %s", (_case, frame, file) => {
  expect(placeOf([frame])).toEqual({ file, line: 12, column: 5 });
});

it.each([
  ["of an installed package", "at new Space (/app/node_modules/bitlift/dist/lib/space.js:1:1)"],
  ["of Node.js", "at Module._compile (node:internal/modules/cjs/loader:1521:14)"],
  ["without a file", "at Array.map (<anonymous>)"],
  ["of evaluated code", "at eval (eval at run (/app/other.js:1:2), <anonymous>:1:1)"],
  ["outside the root", "at run (/elsewhere/main.ts:1:1)"],
  ["on another host", "at run (file://server/main.ts:1:1)"],
])("skips a frame %s", (_case, frame) => {
  expect(placeOf([frame, "at main (/app/main.ts:3:4)"])).toEqual({ file: "main.ts", line: 3, column: 4 });
  expect(placeOf([frame])).toBeUndefined();
});

describe("a compiled file", () => {
  const frames = ["at main (/app/dist/main.js:2:3)"];
  const inline = `data:application/json;charset=utf-8;base64,${Buffer.from(map("../src/main.ts")).toString("base64")}`;

  it.each<[string, Readonly<Record<string, string>>]>([
    ["beside it", { "/app/dist/main.js": linked("main.js.map"), "/app/dist/main.js.map": map("../src/main.ts") }],
    ["in another folder", { "/app/dist/main.js": linked("../maps/main.map"), "/app/maps/main.map": map("../src/main.ts") }],
    [
      "with a source root",
      { "/app/dist/main.js": linked("main.js.map"), "/app/dist/main.js.map": map("main.ts", { sourceRoot: "../src" }) },
    ],
    ["with an address", { "/app/dist/main.js": linked("main.js.map"), "/app/dist/main.js.map": map("file:///app/src/main.ts") }],
    ["of a bundler", { "/app/dist/main.js": linked("main.js.map"), "/app/dist/main.js.map": map("webpack://app/./src/main.ts") }],
    ["inside it", { "/app/dist/main.js": linked(inline) }],
  ])("with a source map %s has the line of the source", (_case, files) => {
    expect(placeOf(frames, files)).toEqual({ file: "src/main.ts", line: 7, column: 5 });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["no source map", { "/app/dist/main.js": "a\nb\n" }],
    ["a source map that is gone", { "/app/dist/main.js": linked("main.js.map") }],
    ["a source map that is not JSON", { "/app/dist/main.js": linked("main.js.map"), "/app/dist/main.js.map": "{" }],
  ])("with %s has its own line", (_case, files) => {
    expect(placeOf(frames, files)).toEqual({ file: "dist/main.js", line: 2, column: 3 });
  });

  it("that bundles an installed package skips its lines", () => {
    const files = { "/app/dist/main.js": linked("main.js.map"), "/app/dist/main.js.map": map("../node_modules/bitlift/lib/space.ts") };
    expect(placeOf([...frames, "at main (/app/main.ts:3:4)"], files)).toMatchObject({ file: "main.ts" });
  });

  it("is read once, however many resources it makes", () => {
    const read = jest.fn((path: string) => (path.endsWith(".map") ? map("../src/main.ts") : linked("main.js.map")));
    const positions = new SourcePositions({ root: "/app", read });
    for (let time = 0; time < 3; time += 1) positions.placeOf(frames);
    expect(read).toHaveBeenCalledTimes(2);
  });
});
