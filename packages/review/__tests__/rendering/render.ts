/** Renders a review in the format of a name, for tests of several formats. */
import type { Review } from "../../review";
import { renderReviewGitHub, renderReviewSarif, type PlaceOptions } from "../../rendering/annotations";
import { renderReviewJson } from "../../rendering/json";
import { renderMarkdown, type MarkdownOptions } from "../../rendering/markdown";
import { renderPage } from "../../rendering/page/page";
import { renderTerminal, type TerminalOptions } from "../../rendering/terminal";

export const FORMATS = ["terminal", "markdown", "json", "sarif", "html", "github"] as const;
type Format = (typeof FORMATS)[number];

export function renderReview(review: Review, format: Format, options: TerminalOptions & MarkdownOptions & PlaceOptions = {}): string {
  switch (format) {
    case "terminal":
      return renderTerminal(review, options);
    case "markdown":
      return renderMarkdown(review, options);
    case "json":
      return renderReviewJson(review);
    case "sarif":
      return renderReviewSarif(review, options);
    case "html":
      return renderPage(review, options);
    case "github":
      return renderReviewGitHub(review, options);
  }
}
