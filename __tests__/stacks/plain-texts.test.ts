/** Texts of the file on their way through the constructs into the synthesized file. */
import { Token, Tokenization } from "cdktf";
import fc from "fast-check";
import { asData, asEngineReads, asWritten } from "../../stacks/plain-texts";

/** Pieces that a token, a template or an escape sequence could consist of, and the characters that stand for braces. */
const PIECES = [
  "$",
  "%",
  "#",
  "&",
  "{",
  "}",
  "${",
  "%{",
  "$${",
  "TfToken[TOKEN.0]",
  "a",
  '"',
  "\\",
  "\n",
  "\uFDD0",
  "\uFDD1",
  "0",
  "1",
  "😀",
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(""));

/** The text that the engine makes of a template without expressions. The acceptance test compares this with the engine itself. */
const evaluate = (template: unknown) => String(template).replaceAll("$${", "${").replaceAll("%%{", "%{");

it("become what was written, once the engine has read them", () => {
  fc.assert(
    fc.property(text, (written) => {
      const data = asData(written);
      expect(data).not.toMatch(/[$%#&]\{/);
      expect(asWritten(data)).toBe(written);
      expect(evaluate(asEngineReads(data))).toBe(written);
      expect(asEngineReads(data)).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
    }),
  );
});

it.each(["${TfToken[TOKEN.0]}", "#{TfToken[TOKEN.0]}", "&{TfToken[TOKEN.0]}"])("are not tokens of CDKTF: %s", (written) => {
  expect([written, [written], { [written]: 1 }].some((value) => Token.isUnresolved(value))).toBe(true);
  const data = asData(written);
  expect([Token.isUnresolved(data), Token.isUnresolved([data]), Token.isUnresolved({ [data]: 1 })]).toEqual([false, false, false]);
  expect(Tokenization.isResolvable(data)).toBe(false);
});

it("are found in lists, objects, maps and keys", () => {
  const value = { "${a}": ["${b}", new Map([["${c}", { d: "${e}" }]])], number: 1, none: undefined, nothing: null, flag: true };
  const data = asData(value);
  expect(JSON.stringify([...Object.keys(data), data["${a}"]])).not.toContain("${");
  expect(asEngineReads(data)).toEqual({
    "$${a}": ["$${b}", new Map([["$${c}", { d: "$${e}" }]])],
    number: 1,
    none: undefined,
    nothing: null,
    flag: true,
  });
});

it("do not include the expressions of the constructs", () => {
  expect(asEngineReads(["${bitlift_space.a.id}", "%{ if true }"])).toEqual(["${bitlift_space.a.id}", "%{ if true }"]);
});
