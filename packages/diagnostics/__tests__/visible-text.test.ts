/** Text of strangers on terminals, in logs and on pages. */
import { textWidth, visibleJson, visibleLines, visibleText, wrapText } from "..";

it.each([
  ["plain text, 統合, é and 😀", "plain text, 統合, é and 😀"],
  ["a\u202eb", "a\\u202eb"],
  ["\u001b[31mred", "\\u001b[31mred"],
  ["one\ntwo\r\tthree", "one\\ntwo\\r\\tthree"],
  ["\u0085\u2028\u2029\u009b", "\\u0085\\u2028\\u2029\\u009b"],
  ["pay\u200bments \ufeff\u00ad\u2060\u3164", "pay\\u200bments \\ufeff\\u00ad\\u2060\\u3164"],
  ["\u{e0041}", "\\u{e0041}"],
  ["\ud800", "\\ud800"],
  ["pay\u200dments", "pay\\u200dments"],
  ["👩\u200d💻 می\u200cخواهم ❤\ufe0f", "👩\u200d💻 می\u200cخواهم ❤\ufe0f"],
  ["::error::x", "\\u003a:error\\u003a:x"],
  ["10::20 at ::1", "10::20 at ::1"],
  ["##[error]x ##vso[y] ## heading #1", "\\u0023#[error]x \\u0023#vso[y] ## heading #1"],
])("%j becomes %j", (text, expected) => {
  expect(visibleText(text)).toBe(expected);
});

it("keeps the lines of a text of several lines", () => {
  expect(visibleLines("one\u0007\n::two")).toBe("one\\u0007\n\\u003a:two");
});

it("writes JSON that reads back as the same value", () => {
  const value = { "\u202e": ["::error::x", "##[error]", "\u{e0041}\u200d\u0085\ud800", ":", "#"] };
  const json = visibleJson(value);
  expect(JSON.parse(json)).toEqual(value);
  expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|::|##/u);
});

it.each([
  ["one two three", 7, ["one two", "three"]],
  ["", 5, [""]],
  ["abcdefghij k", 4, ["abcd", "efgh", "ij k"]],
  ["統合統合", 5, ["統合", "統合"]],
  ["é".normalize("NFD").repeat(4), 4, ["é".normalize("NFD").repeat(4)]],
])("breaks %j at %d columns", (text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
  expect(lines.every((line) => textWidth(line) <= width)).toBe(true);
});
