/** Renders a review in one of the formats. Takes nothing but the review and its options: no environment, no clock, no file. */
import type { Review } from "../review";
import { renderReviewGitHub, renderReviewSarif } from "./annotations";
import { renderReviewJson } from "./json";
import { renderMarkdown } from "./markdown";
import { renderPage } from "./page/page";
import { renderTerminal, type TerminalOptions } from "./terminal";

/** Every format, for the option of a command. */
export const REVIEW_FORMATS = ["terminal", "markdown", "json", "sarif", "html", "github"] as const;
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

export interface ReviewRenderOptions extends TerminalOptions {
  /** Names the review in the marker of Markdown and in the title of the page. */
  readonly project?: string;
  /** The most characters of Markdown. */
  readonly budget?: number;
  /** The folder of `bitlift.yaml`, relative to the root of the repository, for SARIF and GitHub. */
  readonly folder?: string;
}

/** Ends with a line break, unless there is nothing to say. */
export function renderReview(review: Review, format: ReviewFormat, options: ReviewRenderOptions = {}): string {
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
