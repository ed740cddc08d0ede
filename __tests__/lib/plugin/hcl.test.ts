/** Parsing of the CLI configuration's language. */
import fc from "fast-check";
import { blocksIn, parseHcl } from "../../../lib/plugin/hcl";

/** Text, and the names of its blocks and arguments. */
it.each<[string, string, string[]]>([
  ["comments that contain blocks", "# a {\n// b {\n/* c {\n} */\nd = 1\n", ["d"]],
  ["a pattern that looks like the start of a comment", 'x { include = ["a/*"] }\ny { include = ["b/*/*"] }\n', ["x", "y"]],
  ["a comment behind a value", 'x = "a" # y = 1\nz = "b" // w = 1\n', ["x", "z"]],
  ["a block in a text", 'x = "provider_installation {"\n', ["x"]],
  ["a block in a heredoc", "x = <<EOT\nprovider_installation {\n}\nEOT\n", ["x"]],
  ["names in quotes", '"x" { "a/b/c" = "d" }\n', ["x"]],
  ["Windows line ends", "x {\r\n  y = 1\r\n}\r\n", ["x"]],
  ["JSON", '{ "x": [{}], "y": {} }', ["x", "y"]],
  ["nothing", "", []],
])("reads %s", (_, text, names) => {
  expect(Object.keys(parseHcl(text) ?? { failed: true })).toEqual(names);
});

it.each(["x {", '"x', "x = [1, 2"])("does not accept %j", (text) => {
  expect(parseHcl(text)).toBeUndefined();
});

it("returns the texts of any patterns as they are", () => {
  const text = fc
    .array(fc.constantFrom("*", "/", "//", "/*", "*/", "#", "{", "}", "a", " "), { maxLength: 8 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (patterns) => {
      const parsed = parseHcl(`direct {\n  include = ${JSON.stringify(patterns)} # }\n}\nafter {}\n`) ?? {};
      expect(blocksIn(parsed, "direct")).toEqual([{ include: patterns }]);
      expect(blocksIn(parsed, "after")).toHaveLength(1);
    }),
    { numRuns: 50 },
  );
});

it.each([
  ["one block", "x { y = 1 }", [{ y: 1 }]],
  ["several blocks", "x { y = 1 }\nx { y = 2 }", [{ y: 1 }, { y: 2 }]],
  ["an object in JSON", '{"x": {"y": 1}}', [{ y: 1 }]],
  ["a repeated name in JSON", '{"x": [{"y": 1}], "x": [{"y": 2}]}', [{ y: 1 }, { y: 2 }]],
  ["a list in JSON", '{"x": [{"y": 1}, {"y": 2}]}', [{ y: 1 }, { y: 2 }]],
  ["a value that is not a block", "x = 1", []],
  ["no block", "z = 1", []],
])("lists %s", (_, text, expected) => {
  expect(blocksIn(parseHcl(text) ?? {}, "x")).toEqual(expected);
});
