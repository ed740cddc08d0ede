/** A review as JSON, for programs. `bitlift-review.schema.json` describes it. */
import { version } from "../../../package.json";
import { visibleJson } from "../../diagnostics";
import type { JudgedFinding, PicturedIntegration, PicturedSpace, Review } from "../review";
import { FORMAT, type ReviewDocument } from "./json-format";
import { summaryLine } from "./wording";

/** Every key is always there, in the same order. Ends with a line break. */
export function renderReviewJson(review: Review): string {
  return `${visibleJson(documentOf(review))}\n`;
}

function documentOf(review: Review): ReviewDocument {
  return {
    format: FORMAT,
    version,
    summary: summaryLine(review),
    blocked: review.blocked,
    base: review.base ?? null,
    counts: review.counts,
    parts: review.parts.map(({ name, status, counts }) => ({ name, status, counts })),
    findings: review.findings.map(findingOf),
    otherChanges: review.otherChanges.map(({ type, counts }) => ({ type, counts })),
    picture: spaceOf(review.picture),
  };
}

function findingOf({
  code,
  severity,
  subject,
  what,
  affected,
  todo,
  details,
  acceptable,
  verdict,
  note,
}: JudgedFinding): ReviewDocument["findings"][number] {
  const { key, kind, name, part, address, place, construct } = subject;
  const { consumers, unnamed, caveat, repositories, spaces } = affected;
  return {
    code,
    severity,
    subject: {
      key,
      kind,
      name,
      part,
      address: address ?? null,
      place: place === undefined ? null : { file: place.file, line: place.line, column: place.column },
      construct: construct ?? null,
    },
    what,
    affected: {
      consumers: consumers.map((consumer) => ({
        kind: consumer.kind,
        id: consumer.id,
        name: consumer.name,
        space: consumer.space ?? null,
      })),
      unnamed,
      caveat: caveat ?? null,
      repositories: [...repositories],
      spaces: [...spaces],
    },
    todo: todo ?? null,
    details: [...details],
    acceptable,
    verdict,
    note: note ?? null,
  };
}

function spaceOf({ id, name, fate, isExisting, spaces, integrations }: PicturedSpace): ReviewDocument["picture"] {
  return { id, name, fate, isExisting, spaces: spaces.map(spaceOf), integrations: integrations.map(integrationOf) };
}

function integrationOf({
  key,
  name,
  product,
  isDefault,
  fate,
  repositories,
  consumers,
}: PicturedIntegration): ReviewDocument["picture"]["integrations"][number] {
  return {
    key,
    name,
    product,
    isDefault,
    fate,
    repositories: repositories.map((repository) => ({ name: repository.name, fate: repository.fate })),
    consumers: consumers?.map((consumer) => ({ kind: consumer.kind, name: consumer.name, losesSource: consumer.losesSource })) ?? null,
  };
}
