// Code Insights: the reports of a commit and their annotations.
import { EarlyResponse } from "../../core/early-response";
import type { SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import type { Operation } from "./operation";
import type { RequestContext } from "./request-context";
import {
  type Annotation,
  MAX_ANNOTATIONS_AT_ONCE,
  parseAnnotation,
  parseReport,
  type Report,
  serializeAnnotation,
  serializeReport,
} from "./reports";
import { respondWithPage } from "./review-pages";
import { requireCommit } from "./reviewed-objects";
import { SCOPES } from "./scopes";
import { formatTimestamp } from "./serializers";
import { randomBracedUuid, type Repository } from "./store";

const REPORTS = "/repositories/:workspace/:repository/commit/:commit/reports";
const REPORT = "/:report";
const ANNOTATIONS = `${REPORT}/annotations`;
const ANNOTATION = `${ANNOTATIONS}/:annotation`;

/** The scope for reading repositories is enough for writing, too. */
const define = (method: Operation["method"], path: string, operation: string, handle: Operation["handle"]): Operation => ({
  method,
  path: `${REPORTS}${path}`,
  operation,
  group: "repositories",
  caller: method === "GET" ? "anyone" : "login",
  scopes: SCOPES.repository,
  handle,
});

export const reportOperations: readonly Operation[] = [
  define("GET", "", "listReports", (context) => {
    const { repository, commit } = findCommit(context);
    return respondWithPage(context, repository.reports.list(commit), serializeReport);
  }),
  define("PUT", REPORT, "putReport", putReport),
  define("GET", REPORT, "getReport", (context) => ({ status: 200, body: serializeReport(requireReport(context).report) })),
  define("DELETE", REPORT, "deleteReport", (context) => {
    const { repository, commit, report } = requireReport(context);
    repository.reports.delete(commit, report.externalId);
    return { status: 204 };
  }),
  define("GET", ANNOTATIONS, "listAnnotations", (context) =>
    respondWithPage(context, requireReport(context).report.annotations, serializeAnnotation),
  ),
  define("POST", ANNOTATIONS, "createAnnotations", createAnnotations),
  define("PUT", ANNOTATION, "putAnnotation", (context) => {
    const { report } = requireReport(context);
    const input = parseAnnotation(context.jsonObject(), context.param("annotation"));
    requireSpace(context, report, [input.externalId]);
    return { status: 200, body: serializeAnnotation(storeAnnotation(context, report, input)) };
  }),
  define("GET", ANNOTATION, "getAnnotation", (context) => {
    const { annotation } = requireAnnotation(context);
    return { status: 200, body: serializeAnnotation(annotation) };
  }),
  define("DELETE", ANNOTATION, "deleteAnnotation", (context) => {
    const { report, annotation } = requireAnnotation(context);
    report.annotations.splice(report.annotations.indexOf(annotation), 1);
    return { status: 204 };
  }),
];

interface CommitOfRequest {
  readonly repository: Repository;
  readonly commit: string;
}

function findCommit(context: RequestContext): CommitOfRequest {
  const repository = context.requireRepository("read");
  return { repository, commit: requireCommit(context, repository) };
}

/** By the id that its creator chose, or by its UUID. @throws EarlyResponse 404 */
function requireReport(context: RequestContext): CommitOfRequest & { readonly report: Report } {
  const { repository, commit } = findCommit(context);
  const id = context.param("report");
  const report = repository.reports.list(commit).find(({ externalId, uuid }) => externalId === id || uuid === id);
  if (report === undefined) throw new EarlyResponse(errors.insights(404, `There is no report ${id}.`));
  return { repository, commit, report };
}

/** @throws EarlyResponse 404 */
function requireAnnotation(context: RequestContext): { readonly report: Report; readonly annotation: Annotation } {
  const { report } = requireReport(context);
  const id = context.param("annotation");
  const annotation = report.annotations.find(({ externalId, uuid }) => externalId === id || uuid === id);
  if (annotation === undefined) throw new EarlyResponse(errors.insights(404, `There is no annotation ${id}.`));
  return { report, annotation };
}

/** A replaced report keeps its annotations. */
function putReport(context: RequestContext): SandboxResponse {
  const { repository, commit } = findCommit(context);
  const id = context.param("report");
  const fields = parseReport(context.jsonObject());
  const existing = repository.reports.get(commit, id);
  const limit = context.state.switches["report-limit"];
  if (existing === undefined && limit > 0 && repository.reports.list(commit).length >= limit) {
    return errors.insights(400, `A commit can have at most ${limit} reports.`);
  }
  const now = formatTimestamp(context.state.clock.now());
  const { uuid = randomBracedUuid(), annotations = [], createdOn = now } = existing ?? {};
  const report: Report = { uuid, externalId: id, fields, annotations, createdOn, updatedOn: now };
  repository.reports.set(commit, id, report);
  return { status: 200, body: serializeReport(report) };
}

/** Stores all annotations or none. */
function createAnnotations(context: RequestContext): SandboxResponse {
  const { report } = requireReport(context);
  const body = parseJson(context);
  if (!Array.isArray(body) || body.length === 0) return errors.insights(400, "The body must be a list of 1 to 100 annotations.");
  if (body.length > MAX_ANNOTATIONS_AT_ONCE) {
    return errors.insights(400, `Bulk upload supports a maximum of /${MAX_ANNOTATIONS_AT_ONCE} annotations.`);
  }
  const inputs = body.map((item: unknown) => parseAnnotation(item));
  requireSpace(
    context,
    report,
    inputs.map(({ externalId }) => externalId),
  );
  return { status: 200, body: inputs.map((input) => serializeAnnotation(storeAnnotation(context, report, input))) };
}

function parseJson({ request }: RequestContext): unknown {
  try {
    return request.json();
  } catch {
    return undefined;
  }
}

/** @throws EarlyResponse 400 */
function requireSpace(context: RequestContext, report: Report, ids: readonly string[]): void {
  const limit = context.state.switches["annotation-limit"];
  const all = new Set([...report.annotations.map(({ externalId }) => externalId), ...ids]);
  if (all.size > limit) throw new EarlyResponse(errors.insights(400, `A report can have at most ${limit} annotations.`));
}

/** Overwrites the annotation with the same id. */
function storeAnnotation(context: RequestContext, report: Report, input: ReturnType<typeof parseAnnotation>): Annotation {
  const now = formatTimestamp(context.state.clock.now());
  const index = report.annotations.findIndex(({ externalId }) => externalId === input.externalId);
  const { uuid = randomBracedUuid(), createdOn = now } = report.annotations[index] ?? {};
  const annotation: Annotation = { uuid, ...input, createdOn, updatedOn: now };
  if (index < 0) report.annotations.push(annotation);
  else report.annotations[index] = annotation;
  return annotation;
}
