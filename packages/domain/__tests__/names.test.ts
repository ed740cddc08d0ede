/** Texts that people choose: hostile names, labels, titles, and descriptions, and the IDs that follow from names. */
import type { Cause } from "../../diagnostics";
import {
  descriptionFault,
  haveSameSlug,
  integrationNameFault,
  integrationSlug,
  labelsFault,
  lineFault,
  markerFault,
  spaceNameFault,
} from "../names";

describe("names of Spaces and integrations", () => {
  it.each<[string, string, RegExp]>([
    ["an empty name", "", /is empty/],
    ["spaces only", "   ", /is empty/],
    ["a no-break space only", "\u00A0", /is empty/],
    ["a bell", "Pay\u0007ments", /"Pay\\u0007ments" contains the character \\u0007 at position 4/],
    ["NUL", "Payments\0", /\\u0000 at position 9/],
    ["a newline", "Pay\nments", /\\u000A at position 4/],
    ["a carriage return", "Pay\rments", /\\u000D/],
    ["a tab", "Pay\tments", /\\u0009/],
    ["an escape sequence", "\u001B[31mPayments", /\\u001B at position 1/],
    ["DEL", "Pay\u007Fments", /\\u007F/],
    ["a C1 control", "Pay\u0085ments", /\\u0085/],
    ["a line separator", "Pay\u2028ments", /\\u2028/],
    ["an override of the direction", "Pay\u202Ements", /\\u202E/],
    ["an isolate", "Pay\u2066ments", /\\u2066/],
    ["a zero-width space", "Pay\u200Bments", /\\u200B/],
    ["a byte order mark", "\uFEFFPayments", /\\uFEFF|starts or ends/],
    ["half of a surrogate pair", "Pay\uD800ments", /\\uD800/],
    ["punctuation only", "!!! ---", /no letter/],
    ["an emoji only", "🚀", /no letter/],
    ["a space at the start", " Payments", /starts or ends with a space/],
    ["a space at the end", "Payments ", /starts or ends with a space/],
  ])("%s is a fault", (_case, name, fault) => {
    expect(spaceNameFault(name)?.why).toMatch(fault);
    expect(integrationNameFault(name)?.why).toMatch(fault);
    const { why = "", fix = "" } = spaceNameFault(name) ?? {};
    // eslint-disable-next-line no-control-regex -- the message must not contain what it is about
    expect(`${why}${fix}`).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u200B\u2028\u202E\u2066\uD800]/);
  });

  it.each(["Payments", "UPPER  lower", "Zahlungen für Köln", "a.b/c (d)", "7", "Payments 👩‍💻", "'; DROP TABLE spaces; --"])(
    "%j is a name",
    (name) => {
      expect([spaceNameFault(name), integrationNameFault(name)]).toEqual([undefined, undefined]);
    },
  );

  it("a Space can have a name in any script, and an integration needs a letter or digit for its ID", () => {
    expect(spaceNameFault("決済")).toBeUndefined();
    expect(integrationNameFault("決済")?.why).toMatch(/no letter from a to z/);
  });

  it.each<[string, string, string]>([
    ["a bell", "Pay\u0007ments", 'Remove the character at position 4: "Payments".'],
    ["two of them", "\u200BPay\u0007ments", 'Remove the character at position 1: "Payments".'],
    ["a newline between words", "Payments\nTeam", 'Remove the character at position 9: "Payments Team".'],
    ["a newline at the end", "Payments\n", 'Remove the character at position 9: "Payments".'],
    ["an escape sequence", "\u001B[31mPayments", 'Remove the character at position 1: "[31mPayments".'],
    ["spaces around it", "  Payments ", 'Remove the space: "Payments".'],
  ])("the fix for %s shows a name that passes", (_case, name, fix) => {
    expect(spaceNameFault(name)?.fix).toBe(fix);
    const [, corrected = ""] = /"(.*)"/.exec(fix) ?? [];
    expect([spaceNameFault(corrected), integrationNameFault(corrected)]).toEqual([undefined, undefined]);
  });

  it.each<[string, Cause | undefined, string]>([
    ["a name without a visible character", spaceNameFault("\u0007"), "Write visible characters instead."],
    ["a name of punctuation", spaceNameFault("!!!"), "Add a letter or a digit to the name."],
    ["an integration's name in another script", integrationNameFault("決済"), "Add a letter from a to z or a digit to the name."],
    ["a text that is too long to show", lineFault("The title", `${"x".repeat(100)}\u0007`), "Remove the character at position 101."],
    ["a text of several lines", descriptionFault("a\nb\u0007"), "Remove the character at position 4."],
  ])("the fix for %s says what to do", (_case, fault, fix) => {
    expect(fault?.fix).toBe(fix);
  });
});

describe("labels, titles, descriptions", () => {
  it.each<[string, Cause | undefined, RegExp | undefined]>([
    ["a title with a bell", lineFault("The title", "a\u0007"), /^The title "a\\u0007" contains/],
    ["an empty title", lineFault("The title", " "), /^The title is empty/],
    ["a title of symbols", lineFault("The title", "→ 🚀"), undefined],
    ["a label with a newline", labelsFault(["ok", "a\nb"]), /^The label "a\\u000Ab"/],
    ["an empty label", labelsFault(["ok", ""]), /^A label is empty/],
    ["no labels", labelsFault([]), undefined],
    ["a description with lines and tabs", descriptionFault("# Title\r\n\n\t- item"), undefined],
    ["an empty description", descriptionFault(""), undefined],
    ["a description with direction marks", descriptionFault("\u200Fשלום"), undefined],
    ["a description with a bell", descriptionFault("line\n\u0007"), /\\u0007 at position 6/],
    ["a description with an override", descriptionFault("a\u202Eb"), /\\u202E/],
    ["an empty marker", markerFault(""), undefined],
    ["a marker from a file", markerFault("2026-11\n"), undefined],
    ["a marker with a bell", markerFault("1\u0007"), /^The text "1\\u0007" contains/],
    ["a long description", descriptionFault(`${"x".repeat(500)}\u0007`), /x{80}…" contains the character \\u0007 at position 501/],
  ])("%s", (_case, fault, expected) => {
    if (expected === undefined) expect(fault).toBeUndefined();
    else expect(fault?.why).toMatch(expected);
  });
});

describe("the ID of an integration", () => {
  it.each([
    ["Bitbucket Cloud Default", "bitbucket-cloud-default"],
    ["Bitbucket for Payments Team", "bitbucket-for-payments-team"],
    ["already-a-slug", "already-a-slug"],
    ["UPPER  lower", "upper-lower"],
    ["(Payments)", "payments"],
    ["!!!", ""],
  ])("of %j is %j", (name, slug) => {
    expect(integrationSlug(name)).toBe(slug);
  });

  it.each([
    ["upper LOWER", "UPPER  lower", true],
    ["Payments team", "payments-team", true],
    // That punctuation becomes a hyphen is assumed.
    ["Payments.team", "Payments team", false],
    ["Payments", "Networking", false],
  ])("of %j and %j is certainly the same: %s", (first, second, expected) => {
    expect(haveSameSlug(first, second)).toBe(expected);
  });
});
