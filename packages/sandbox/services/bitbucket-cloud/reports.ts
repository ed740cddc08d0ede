// Reports of Code Insights and their annotations: fields, the checks of a request body, and JSON.
import { EarlyResponse } from "../../core/early-response";
import { isJsonObject, type JsonObject } from "../../core/json-body";
import { errors } from "./errors";
import { FieldChecks } from "./field-checks";

const REPORT_TYPES = ["SECURITY", "COVERAGE", "TEST", "BUG"] as const;
const REPORT_RESULTS = ["PASSED", "FAILED", "PENDING"] as const;
const ANNOTATION_TYPES = ["VULNERABILITY", "CODE_SMELL", "BUG"] as const;
const ANNOTATION_RESULTS = ["PASSED", "FAILED", "SKIPPED", "IGNORED"] as const;
const SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW"] as const;
const DATA_TYPES = ["BOOLEAN", "DATE", "DURATION", "LINK", "NUMBER", "PERCENTAGE", "TEXT"] as const;

const MAX_DATA = 10;
export const MAX_ANNOTATIONS_AT_ONCE = 100;
/** Characters of a title and a summary. Recorded for summaries, assumed for titles. */
const SHORT_LIMIT = 450;
/** Characters of details. Assumed. */
const DETAILS_LIMIT = 2000;

/** Fields have the names of the API. */
type Fields = Readonly<Record<string, unknown>>;

export interface Annotation {
  readonly uuid: string;
  readonly externalId: string;
  readonly fields: Fields;
  readonly createdOn: string;
  readonly updatedOn: string;
}

export interface Report {
  readonly uuid: string;
  /** The one of the path. */
  readonly externalId: string;
  readonly fields: Fields;
  /** Kept when the report is replaced. */
  readonly annotations: Annotation[];
  readonly createdOn: string;
  readonly updatedOn: string;
}

/** @throws EarlyResponse 400 */
export function parseReport(body: JsonObject): Fields {
  const checks = new FieldChecks(body);
  const fields = {
    title: checks.text("title", { required: true, limit: SHORT_LIMIT }),
    details: checks.text("details", { required: true, limit: DETAILS_LIMIT }),
    report_type: checks.choice("report_type", REPORT_TYPES, { required: true }),
    result: checks.choice("result", REPORT_RESULTS),
    reporter: checks.text("reporter", { limit: SHORT_LIMIT }),
    link: checks.text("link"),
    logo_url: checks.text("logo_url"),
    remote_link_enabled: body["remote_link_enabled"] === true,
    data: parseData(body["data"], checks),
  };
  throwFirst(checks);
  return fields;
}

function parseData(data: unknown, checks: FieldChecks): readonly unknown[] {
  if (data === undefined || data === null) return [];
  if (!Array.isArray(data)) {
    checks.add("data", "A list is expected.");
    return [];
  }
  const items: readonly unknown[] = data;
  if (items.length > MAX_DATA) checks.add("data", `At most ${MAX_DATA} data fields are allowed.`);
  if (!items.every(isDataField)) checks.add("data", `Each data field needs a title, a value and a type of: ${DATA_TYPES.join(", ")}.`);
  return items;
}

function isDataField(item: unknown): boolean {
  if (!isJsonObject(item) || typeof item["title"] !== "string" || item["value"] === undefined) return false;
  return item["type"] === undefined || DATA_TYPES.some((type) => type === item["type"]);
}

/** @param externalId the one of the path, for a single annotation @throws EarlyResponse 400 */
export function parseAnnotation(body: unknown, externalId?: string): { readonly externalId: string; readonly fields: Fields } {
  if (!isJsonObject(body)) throw new EarlyResponse(errors.insights(400, "Each annotation must be a JSON object."));
  const checks = new FieldChecks(body);
  const id = externalId ?? checks.text("external_id", { required: true, limit: SHORT_LIMIT });
  const fields = {
    annotation_type: checks.choice("annotation_type", ANNOTATION_TYPES, { required: true }),
    summary: checks.text("summary", { required: true, limit: SHORT_LIMIT }),
    details: checks.text("details", { limit: DETAILS_LIMIT }),
    path: checks.text("path"),
    line: checks.wholeNumber("line", 1),
    severity: checks.choice("severity", SEVERITIES),
    result: checks.choice("result", ANNOTATION_RESULTS),
    link: checks.text("link"),
  };
  throwFirst(checks);
  return { externalId: id ?? "", fields };
}

function throwFirst({ messages }: FieldChecks): void {
  const [first] = Object.entries(messages);
  if (first !== undefined) throw new EarlyResponse(errors.insights(400, `${first[0]}: ${first[1].join(" ")}`));
}

export function serializeReport({ uuid, externalId, fields, createdOn, updatedOn }: Report) {
  return { type: "report", uuid, external_id: externalId, ...fields, created_on: createdOn, updated_on: updatedOn };
}

export function serializeAnnotation({ uuid, externalId, fields, createdOn, updatedOn }: Annotation) {
  return { type: "report_annotation", uuid, external_id: externalId, ...fields, created_on: createdOn, updated_on: updatedOn };
}
