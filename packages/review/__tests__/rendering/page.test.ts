/** The structure of the page, read by an HTML parser, and the contrast of its colors. page.test.ts of the acceptance tests opens it in Chromium. */
import * as fc from "fast-check";
import { parse, type DefaultTreeAdapterTypes } from "parse5";
import { visibleText } from "../../../diagnostics";
import { MARK_PAIRS, PALETTES, TEXT_PAIRS } from "../../rendering/page/colors";
import { renderReview } from "./render";
import type { Review } from "../../review";
import { HOSTILE_TEXTS, hostileText } from "./hostile-texts";
import { emptyReview, everydayReview, judged, NO_CHANGES, reviewSaying, reviewWithWebhooks } from "./sample-reviews";

type Element = DefaultTreeAdapterTypes.Element;

const isElement = (node: DefaultTreeAdapterTypes.ChildNode): node is Element => "tagName" in node;

function elementsOf(review: Review, onParseError: () => void = () => undefined): Element[] {
  const below = (node: DefaultTreeAdapterTypes.ParentNode): Element[] =>
    node.childNodes.filter(isElement).flatMap((child) => [child, ...below(child)]);
  return below(parse(renderReview(review, "html", { project: "acme" }), { onParseError }));
}

const attribute = (element: Element, name: string) => element.attrs.find((each) => each.name === name)?.value;
const textOf = (node: DefaultTreeAdapterTypes.ParentNode): string =>
  node.childNodes.map((child) => ("value" in child ? child.value : isElement(child) ? textOf(child) : "")).join("");
const REVIEWS = {
  empty: emptyReview(),
  everyday: everydayReview(),
  large: reviewWithWebhooks(300),
  hostile: reviewSaying(HOSTILE_TEXTS.join(" ")),
};

describe.each(Object.entries(REVIEWS))("the page of the %s review", (_name, review) => {
  const errors: unknown[] = [];
  const elements = elementsOf(review, () => errors.push(0));
  const all = (...names: string[]) => elements.filter(({ tagName }) => names.includes(tagName));

  it("is valid HTML with a language, a title, and a policy that forbids scripts and the network", () => {
    expect(errors).toEqual([]);
    expect(attribute(all("html")[0]!, "lang")).toBe("en");
    expect(textOf(all("title")[0]!)).toMatch(/^(Blocked|Nothing to decide) · Bitlift review of acme$/);
    const policy = all("meta").find((element) => attribute(element, "http-equiv") === "Content-Security-Policy");
    expect(attribute(policy!, "content")).toBe("default-src 'none'; style-src 'unsafe-inline'");
    expect(all("script", "img", "iframe", "link", "object", "form", "base", "svg")).toEqual([]);
    expect(elements.flatMap(({ attrs }) => attrs.filter(({ name }) => /^(on|src|style|srcset|action)/.test(name)))).toEqual([]);
    expect(textOf(all("style")[0]!)).not.toMatch(/url\(|@import/);
  });

  it("has landmarks, one first heading, and no heading that skips a level", () => {
    expect(["header", "nav", "main", "footer", "h1"].filter((name) => all(name).length !== 1)).toEqual([]);
    const levels = all("h1", "h2", "h3", "h4", "h5", "h6").map(({ tagName }) => Number(tagName[1]));
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  it("has identifiers once, and links only to them and to the pages of codes", () => {
    const ids = elements.flatMap((element) => attribute(element, "id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = all("a").map((element) => attribute(element, "href") ?? "");
    expect(links.slice(0, 2)).toEqual(["#findings", "#picture"]);
    expect(
      links.filter((link) => (link.startsWith("#") ? !ids.includes(link.slice(1)) : !/docs\/diagnostics\.md#[a-z-]+$/.test(link))),
    ).toEqual([]);
    const labels = elements.flatMap((element) => attribute(element, "aria-labelledby") ?? []);
    expect(labels.filter((label) => !ids.includes(label))).toEqual([]);
  });

  it("has only items in lists, and a summary first in whatever folds", () => {
    const wrong = (names: string[], children: string[]) =>
      all(...names).filter((list) => list.childNodes.filter(isElement).some(({ tagName }) => !children.includes(tagName)));
    expect(wrong(["ul"], ["li"])).toEqual([]);
    expect(all("li").filter(({ parentNode }) => (parentNode as Element).tagName !== "ul")).toEqual([]);
    expect(all("details").filter(({ childNodes }) => childNodes.find(isElement)?.tagName !== "summary")).toEqual([]);
  });

  it("has a word for every mark, and hides only symbols from screen readers", () => {
    const badges = elements.filter((element) => attribute(element, "class")?.startsWith("badge"));
    expect(badges.filter((badge) => !/[A-Za-z]{5}/.test(textOf(badge)))).toEqual([]);
    const hidden = elements.filter((element) => attribute(element, "aria-hidden") === "true");
    expect(hidden.filter((element) => textOf(element).length !== 1)).toEqual([]);
  });
});

it.each([
  ["Blocked", "danger", { ...everydayReview() }],
  ["Danger, not blocked", "danger", { ...emptyReview(), findings: [judged({ code: "integration-deleted", severity: "danger" })] }],
  ["Warning, not blocked", "warning", { ...emptyReview(), findings: [judged({ code: "webhook-overwritten", severity: "warning" })] }],
  [
    "Not blocked",
    "good",
    { ...emptyReview(), findings: [judged({ code: "integration-deleted", severity: "danger", verdict: "accepted" })] },
  ],
  [
    "Nothing to decide",
    "good",
    { ...emptyReview(), findings: [judged({ code: "integration-deleted", severity: "danger", verdict: "known" })] },
  ],
  ["Incomplete", "danger", { ...emptyReview(), parts: [{ name: "main", status: "failed", counts: NO_CHANGES }] }],
] as const)("is headed %s in the tone %s", (heading, tone, review) => {
  const elements = elementsOf(review);
  expect(textOf(elements.find(({ tagName }) => tagName === "h1")!)).toBe(heading);
  expect(
    attribute(
      elements.find(({ tagName }) => tagName === "header")!,
      "class",
    ),
  ).toBe(tone);
});

it("draws Spaces inside one another, with integrations, repositories and consumers", () => {
  const elements = elementsOf(everydayReview());
  const ofClass = (name: string) => elements.filter((element) => attribute(element, "class")?.split(" ").includes(name));
  expect(ofClass("space").map((space) => textOf(space.childNodes.find(isElement)!).replace(/\s+/g, " ").trim())).toEqual([
    "Space root managed elsewhere",
    "Space Platform",
    "Space Payments ~ updated",
    "Space Risk + created",
    "Space Legacy managed elsewhere",
  ]);
  const payments =
    ofClass("integration")
      .map(textOf)
      .find((text) => text.includes("Payments")) ?? "";
  expect(payments.replace(/\s+/g, " ")).toMatch(
    /Bitbucket Cloud.*→ renamed.*Repositories~ updated 2acme-workspace\/infrastructure.*Read by✕ lose their source 2stack billing-production/,
  );
  expect(ofClass("space")[2]!.parentNode).toMatchObject({ tagName: "ul", parentNode: { tagName: "li" } });
});

it("shows each of 300 repositories, long lists folded and what is deleted open", () => {
  const elements = elementsOf(reviewWithWebhooks(300));
  const items = elements.filter(
    ({ tagName, parentNode }) => tagName === "li" && attribute(parentNode as Element, "class")?.startsWith("rows"),
  );
  expect(items.filter((item) => textOf(item).startsWith("acme-workspace/service-"))).toHaveLength(300);
  const groups = elements.filter((element) => element.tagName === "details" && attribute(element, "class") === "group");
  expect(groups.map((group) => [textOf(group.childNodes.find(isElement)!), attribute(group, "open")])).toEqual([
    ["− deleted 50", ""],
    ["~ updated 150", undefined],
    ["+ created 50", undefined],
    ["= unchanged 50", undefined],
  ]);
});

it.each(HOSTILE_TEXTS)("shows %j as text", (text) => expectOnlyText(text));

it("shows whatever a text is made of as text", () => {
  fc.assert(fc.property(hostileText, expectOnlyText), { numRuns: 100 });
});

const skeleton = (elements: readonly Element[]) =>
  elements.map(({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(" ")}`);
const PLAIN = skeleton(elementsOf(reviewSaying("plain")));

function expectOnlyText(text: string): void {
  const elements = elementsOf(reviewSaying(text));
  expect(skeleton(elements)).toEqual(PLAIN);
  expect(textOf(elements.find(({ tagName }) => tagName === "h4")!)).toBe(visibleText(text));
}

describe.each(["light", "dark"] as const)("the colors in %s", (scheme) => {
  const palette = PALETTES[scheme];
  it.each([...TEXT_PAIRS.map((pair) => [...pair, 4.5] as const), ...MARK_PAIRS.map((pair) => [...pair, 3] as const)])(
    "%s on %s has a contrast of at least %d",
    (front, back, least) => {
      expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(least);
    },
  );
});

/** As WCAG 2.2 defines it. */
function contrast(first: string, second: string): number {
  const [darker = 0, lighter = 0] = [luminance(first), luminance(second)].sort((left, right) => left - right);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = parseInt(color.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
