/** The findings on the page: one section for each severity, and one that is folded for what exists on the base too. */
import { codePage } from "../../../domain";
import type { Severity } from "../../finding";
import type { JudgedFinding, Review } from "../../review";
import {
  acceptOption,
  nameLists,
  restSentences,
  SEVERITIES_DOWN,
  SEVERITY_TITLES,
  severityNumbers,
  todoText,
  whereTexts,
} from "../wording";
import { severityBadge, verdictBadge } from "./badges";
import { foreign, markup, type Content, type Markup } from "./markup";

/** Longer lists of names are folded. */
const OPEN_NAMES = 12;

/** The anchor of the object in the picture that a finding is about. */
export type AnchorOf = (finding: JudgedFinding) => string | undefined;

export function findingsSection(review: Review, anchorOf: AnchorOf): Markup {
  const news = review.findings.filter(({ verdict }) => verdict !== "known");
  const known = review.findings.filter(({ verdict }) => verdict === "known");
  const groups = SEVERITIES_DOWN.map((severity) => ({ severity, findings: news.filter((finding) => finding.severity === severity) }));
  return markup`<section aria-labelledby="findings">
<h2 id="findings" tabindex="-1">Findings</h2>
${news.length === 0 ? markup`<p class="none">Nothing that this change introduces concerns anybody.</p>` : undefined}
${groups.filter(({ findings }) => findings.length > 0).map(({ severity, findings }) => group(severity, findings, review, anchorOf))}
${known.length === 0 ? undefined : knownGroup(known, review, anchorOf)}
</section>`;
}

function group(severity: Severity, findings: readonly JudgedFinding[], review: Review, anchorOf: AnchorOf): Markup {
  const rows = findings.map((finding) => article(finding, review, anchorOf));
  return markup`<section aria-labelledby="severity-${severity}">
<h3 id="severity-${severity}">${SEVERITY_TITLES[severity]} <span class="number">${findings.length}</span></h3>
<ul class="findings" role="list">${rows}</ul>
</section>`;
}

function knownGroup(known: readonly JudgedFinding[], review: Review, anchorOf: AnchorOf): Markup {
  const base = review.base === undefined ? "the base" : markup`<code>${foreign(review.base)}</code>`;
  return markup`<details class="known"><summary>${severityNumbers(known)} ${known.length === 1 ? "exists" : "exist"} on ${base} too</summary>
<ul class="findings" role="list">${known.map((finding) => article(finding, review, anchorOf))}</ul>
</details>`;
}

function article(finding: JudgedFinding, review: Review, anchorOf: AnchorOf): Markup {
  const { severity, code, what, note, verdict, affected, details } = finding;
  const anchor = anchorOf(finding);
  const todo = todoText(finding);
  const option = acceptOption(finding);
  return markup`<li class="finding ${severity} ${verdict}">
<p class="marks">${severityBadge(severity)} ${verdictBadge(verdict)} <a class="code" href="${codePage(code)}">${code}</a></p>
<h4>${foreign(what)}</h4>
${note === undefined ? undefined : markup`<p><strong>Note:</strong> ${foreign(note)}</p>`}
${todo === undefined ? undefined : markup`<p class="todo"><strong>First:</strong> ${foreign(todo)}</p>`}
${concerns(affected)}
${details.length === 0 ? undefined : markup`<details><summary>${details.length === 1 ? "1 detail" : `${details.length} details`}</summary><ul>${details.map((detail) => markup`<li>${foreign(detail)}</li>`)}</ul></details>`}
${option === undefined ? undefined : markup`<p class="quiet">To accept: <code>${foreign(option)}</code></p>`}
<p class="where quiet">${whereTexts(finding, review).map((text) => markup`<code>${foreign(text)}</code> `)}${anchor === undefined ? undefined : markup`<a href="#${anchor}">Show in the picture</a>`}</p>
</li>
`;
}

function concerns(affected: JudgedFinding["affected"]): Content {
  const lists = nameLists(affected);
  const rest = restSentences(affected);
  if (lists.length === 0 && rest.length === 0) return undefined;
  return markup`<dl class="concerns">${lists.map(
    ({ label, names }) => markup`<div><dt>${foreign(label)}</dt><dd>${nameList(names)}</dd></div>`,
  )}${rest.length === 0 ? undefined : markup`<div><dt>Not named</dt><dd>${rest.map((sentence) => markup`${foreign(sentence)} `)}</dd></div>`}</dl>`;
}

function nameList(names: readonly string[]): Markup {
  const list = markup`<ul class="names">${names.map((name) => markup`<li>${foreign(name)}</li>`)}</ul>`;
  return names.length <= OPEN_NAMES ? list : markup`<details><summary>${names.length} names</summary>${list}</details>`;
}
