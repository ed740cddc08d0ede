// Reports of Code Insights and their annotations: fields, and the checks of a request body.
import { EarlyResponse } from "../../core/early-response";
import { isJsonObject, type JsonObject } from "../../core/json-body";
import { errors } from "./errors";
import { FieldChecks } from "./field-checks";
import type { Switches } from "./switches";

const RESULTS = ["PASS", "FAIL"] as const;
const SEVERITIES = ["LOW", "MEDIUM", "HIGH"] as const;
const TYPES = ["VULNERABILITY", "CODE_SMELL", "BUG"] as const;
const MAX_DATA = 6;

/** Fields have the names of the API. */
type Fields = Readonly<Record<string, unknown>>;

export interface Annotation {
  readonly externalId: string | undefined;
  readonly fields: Fields;
}

export interface Report {
  readonly key: string;
  /** The login name of the only user who may change it. */
  readonly author: string;
  readonly fields: Fields;
  /** Several can have the same external id. */
  annotations: readonly Annotation[];
  /** Milliseconds since the epoch. */
  readonly createdDate: number;
}

/** @throws EarlyResponse 400 */
export function parseReport(body: JsonObject, switches: Readonly<Switches>): Fields {
  const checks = new FieldChecks(body);
  const data = body["data"];
  const fields = {
    title: checks.text("title", 450, { required: true }),
    details: checks.text("details", 2000),
    result: checks.choice("result", RESULTS),
    reporter: checks.text("reporter", 450),
    link: checks.text("link", 2000),
    logoUrl: checks.text("logoUrl", 2000),
    data: data ?? [],
  };
  if (data === undefined || data === null) {
    if (switches["report-data"] === "required") checks.add("data", "data is required.");
  } else if (!Array.isArray(data) || data.length > MAX_DATA) checks.add("data", `data must be a list of at most ${MAX_DATA} items.`);
  checks.finish();
  return fields;
}

/** @param externalId the one of the path, for a single annotation @throws EarlyResponse 400 */
export function parseAnnotation(body: unknown, externalId?: string): Annotation {
  if (!isJsonObject(body)) throw new EarlyResponse(errors.invalidBody());
  const checks = new FieldChecks(body);
  const fields = {
    path: checks.text("path", 50_000),
    line: checks.wholeNumber("line", 0) ?? 0,
    message: checks.text("message", 2000, { required: true }),
    severity: checks.choice("severity", SEVERITIES, { required: true }),
    type: checks.choice("type", TYPES),
    link: checks.text("link", 2000),
  };
  const id = externalId ?? checks.text("externalId", 450);
  checks.finish();
  return { externalId: id, fields };
}

export function serializeReport({ key, author, fields, createdDate }: Report, formatDate: (time: number) => number | string) {
  return { key, ...fields, createdDate: formatDate(createdDate), author: { name: author, slug: author } };
}

export function serializeAnnotation(reportKey: string, { externalId, fields }: Annotation) {
  return { reportKey, externalId, ...fields };
}
