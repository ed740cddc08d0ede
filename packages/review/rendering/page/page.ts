/** A review as one page of HTML: no script, nothing from the network, readable in light and dark, narrow, printed, by keyboard and by screen readers. */
import type { Severity } from "../../finding";
import type { JudgedFinding, PicturedIntegration, Review } from "../../review";
import { changeNumbers, partText, SEVERITIES_DOWN, summaryLine } from "../wording";
import { fateBadge, severityBadge } from "./badges";
import { findingsSection } from "./findings";
import { foreign, Markup, markup } from "./markup";
import { integrationAnchors, pictureSection } from "./picture";
import { STYLE } from "./style";

export interface PageOptions {
  /** Names the review in the title. */
  readonly project?: string;
}

/** A complete document. Ends with a line break. */
export function renderPage(review: Review, { project }: PageOptions = {}): string {
  const anchors = integrationAnchors(review.picture);
  const title = `${headingOf(review).text} · Bitlift review${project === undefined ? "" : ` of ${project}`}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<a class="skip" href="#picture">Skip to the picture</a>
${header(review, project)}
<main>
${findingsSection(review, anchorFinder(anchors))}
${pictureSection(review.picture, anchors)}
${partsSection(review)}
</main>
<footer><p class="quiet">Made by <code>bitlift review</code> from the plan. It contains no secret, loads nothing, and runs no script.</p></footer>
</body>
</html>
`.html;
}

function header(review: Review, project: string | undefined): Markup {
  const { text, tone } = headingOf(review);
  const name = project === undefined ? undefined : markup` <span class="project">${foreign(project)}</span>`;
  const base = review.base === undefined ? undefined : markup`<p class="quiet">Compared with <code>${foreign(review.base)}</code></p>`;
  return markup`<header class="${tone}">
<p class="product">Bitlift review${name}</p>
<h1>${text}</h1>
<p class="summary">${summaryLine(review)}</p>
${tiles(review)}
${base}
<nav aria-label="Page"><ul><li><a href="#findings">Findings</a></li><li><a href="#picture">Picture</a></li><li><a href="#parts">Parts and other changes</a></li></ul></nav>
</header>`;
}

/** A review that does not block is green only if nothing severe is open, and every part has a plan. */
function headingOf({ blocked, findings, parts }: Review): { readonly text: string; readonly tone: string } {
  const isOpen = (severity: Severity) => findings.some((finding) => finding.severity === severity && finding.verdict === "open");
  if (blocked) return { text: "Blocked", tone: "danger" };
  if (parts.some(({ status }) => status === "failed")) return { text: "Incomplete", tone: "danger" };
  if (isOpen("danger")) return { text: "Danger, not blocked", tone: "danger" };
  if (isOpen("warning")) return { text: "Warning, not blocked", tone: "warning" };
  return findings.every(({ verdict }) => verdict === "known")
    ? { text: "Nothing to decide", tone: "good" }
    : { text: "Not blocked", tone: "good" };
}

/** The numbers of the summary at a glance. */
function tiles({ findings, counts }: Review): Markup {
  const found = SEVERITIES_DOWN.map((severity) => ({
    count: findings.filter((finding) => finding.severity === severity && finding.verdict !== "known").length,
    mark: severityBadge(severity),
  }));
  const changed = CHANGES.map(([change, fate]) => ({ count: counts[change], mark: fateBadge(fate) }));
  const tile = ({ count, mark }: { count: number; mark: Markup }) => markup`<li><span class="count">${count}</span> ${mark}</li>`;
  const list = (name: string, all: typeof found) => {
    const shown = all.filter(({ count }) => count > 0);
    return shown.length === 0 ? undefined : markup`<ul class="tiles" role="list" aria-label="${name}">${shown.map(tile)}</ul>`;
  };
  return markup`<div class="numbers">${list("Findings by severity", found)}${list("Objects by change", changed)}</div>`;
}

const CHANGES = [
  ["delete", "deleted"],
  ["replace", "replaced"],
  ["update", "updated"],
  ["create", "created"],
  ["forget", "forgotten"],
] as const;

/** A finding belongs to the integration of its key, and one about a webhook to the integration before the slash. */
function anchorFinder(anchors: ReadonlyMap<PicturedIntegration, string>): (finding: JudgedFinding) => string | undefined {
  const byKey = new Map([...anchors].map(([{ key }, anchor]) => [key, anchor]));
  return ({ subject: { key, kind } }) =>
    kind === "webhook" || kind === "integration" ? (byKey.get(key) ?? byKey.get(key.split("/")[0] ?? "")) : undefined;
}

function partsSection({ parts, otherChanges }: Review): Markup {
  const others = otherChanges.map(({ type, counts }) => markup`<li><code>${foreign(type)}</code> ${changeNumbers(counts)}</li>`);
  return markup`<section aria-labelledby="parts">
<h2 id="parts" tabindex="-1">Parts and other changes</h2>
<h3>Parts</h3>
<ul class="plain">${parts.map((part) => markup`<li>${foreign(partText(part))}</li>`)}</ul>
<h3>Other providers</h3>
${others.length === 0 ? markup`<p class="none">Nothing of other providers changes.</p>` : markup`<ul class="plain">${others}</ul>`}
</section>`;
}
