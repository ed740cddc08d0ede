/** Renders a review in each requested format, to a file or to standard output. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  renderMarkdown,
  renderPage,
  renderReviewGitHub,
  renderReviewJson,
  renderReviewSarif,
  renderSpacelift,
  renderTerminal,
  type Review,
} from "../../review";
import { writing } from "../output-place";
import { usesColor } from "../terminal";
import { outputsOf, type ReviewFormat, type ReviewOptions } from "./review-options";

interface OutputContext {
  readonly options: ReviewOptions;
  /** From the root of the repository to the folder of the file, such as `infrastructure/`. */
  readonly prefix: string;
}

/** @returns whether anything was written to standard output */
export async function writeOutputs(review: Review, { options, prefix }: OutputContext): Promise<boolean> {
  let isShown = false;
  for (const { format, file } of outputsOf(options)) {
    const text = rendered(review, format, { options, prefix, isFile: file !== undefined });
    if (file === undefined) {
      process.stdout.write(text);
      isShown = true;
    } else {
      await writing({ path: dirname(file), setting: "The folder of --output" }, async () => {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      });
    }
  }
  return isShown;
}

function rendered(
  review: Review,
  format: ReviewFormat,
  { options, prefix, isFile }: { readonly options: ReviewOptions; readonly prefix: string; readonly isFile: boolean },
): string {
  const folder = prefix.replace(/\/$/, "");
  const project = folder === "" ? {} : { project: folder };
  switch (format) {
    case "terminal": {
      const color = !isFile && usesColor(process.stdout, options);
      // A terminal that does not know its width says 0, and a pipe says nothing.
      const width = process.stdout.columns > 0 ? process.stdout.columns : undefined;
      return renderTerminal(review, { color, verbose: options.verbose === true, ...(width !== undefined && !isFile ? { width } : {}) });
    }
    case "markdown":
      return renderMarkdown(review, project);
    case "json":
      return renderReviewJson(review);
    case "sarif":
      return renderReviewSarif(review, { folder: prefix });
    case "html":
      return renderPage(review, project);
    case "github":
      return renderReviewGitHub(review, { folder: prefix });
    case "spacelift":
      return renderSpacelift(review);
  }
}
