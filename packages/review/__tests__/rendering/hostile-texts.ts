/** Texts that try to become something else, and generated ones that are made of their pieces. */
import * as fc from "fast-check";

export const HOSTILE_TEXTS: readonly string[] = [
  "](http://evil)",
  "[click](http://evil) ![image](http://evil/x.png) <http://evil> http://evil www.evil.com evil.com",
  "[reference]: http://evil",
  "# heading\n## heading\nheading\n===\nheading\n---",
  "1. one\n2. two",
  "1) one",
  "- item\n* item\n+ item",
  "-- **bold** __bold__ *em* _em_ ~~gone~~ ^up^ ~down~",
  "`code` ``code`` ```\nfence\n``` ~~~",
  "    indented code",
  "> quote",
  "| a | b |\n|---|---|\n| c | d |",
  "<b>bold</b> <script>alert(1)</script> <!-- comment --> &lt;b&gt; &#60;b&#62; <a href='http://evil'>",
  "@{557058:1234} @admin @all someone@evil.com mailto:someone@evil.com",
  "#1 issue #2 pull request #3 ABC-123 4f2a91c",
  ":smile: :+1: :warning:",
  "::error::evil\n::set-output name=x::y",
  "##[error]evil\n##vso[task.setvariable variable=x]y ##teamcity[message text='x']",
  "\u001b[31mred\u001b[0m \u001b]8;;http://evil\u0007link\u001b]8;;\u0007 \u009b31m \b\b\b",
  "a\u202egnp.exe \u2066isolated\u2069 \u200fright \u200bzero\u2060width\ufeff \u00ad",
  "line\u2028separator\u2029paragraph\r\nreturn\ttab\u0000nul\u0085next",
  "wide\u3000space\u00a0and\u2003more",
  "half \ud800 surrogate \udc00",
  "trailing backslash \\",
  "\\* \\[x](http://evil)",
  "Bitlift review · `main`",
  "**Blocked by 0 findings**",
  "[integration-deleted](https://github.com/bitlift/bitlift)",
  "",
  " ",
  "'; rm -rf / #",
  "$(rm -rf /) ${x} `id`",
  "\u{e0041}\u{e0042} tags, \u3164 filler",
];

/** Mixes of the pieces above and of anything else. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS),
      fc.constantFrom(...Array.from("\\`*_{}[]()#+-.!<>&|~:@\"'=^$ \n\t1aé中")),
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    {
      maxLength: 8,
    },
  )
  .map((pieces) => pieces.join(""));
