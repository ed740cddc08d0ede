// Code Insights: the reports of a commit and their annotations.
import { EarlyResponse } from "../../core/early-response";
import type { SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import type { RequestContext } from "./request-context";
import { type Annotation, parseAnnotation, parseReport, type Report, serializeAnnotation, serializeReport } from "./reports";
import { requireAuthor, requireCommit } from "./reviewed-objects";
import { createRestDateFormatter } from "./serializers";
import type { Repository } from "./store";
import { SINCE } from "./version";

const REPORTS = "/projects/:project/repos/:repository/commits/:commit/reports";
const REPORT = "/:report";
const ANNOTATIONS = `${REPORT}/annotations`;

const define = (method: Operation["method"], path: string, operation: string, handle: Operation["handle"]): Operation => ({
  method,
  api: "insights",
  path: `${REPORTS}${path}`,
  operation,
  caller: method === "GET" ? "anyone" : "login",
  since: SINCE.insights,
  handle,
});

export const reportOperations: readonly Operation[] = [
  define("GET", "", "listReports", (context) => {
    const { repository, commit } = findCommit(context);
    return paginate(context.request, repository.reports.list(commit), (report) => serialize(context, report), context.state.switches);
  }),
  define("PUT", REPORT, "putReport", putReport),
  define("GET", REPORT, "getReport", (context) => ({ status: 200, body: serialize(context, requireReport(context).report) })),
  define("DELETE", REPORT, "deleteReport", (context) => {
    const { repository, commit } = findCommit(context);
    const report = repository.reports.get(commit, context.param("report"));
    if (report !== undefined) requireReportAuthor(context, report);
    repository.reports.delete(commit, context.param("report"));
    return { status: 204 };
  }),
  define("GET", ANNOTATIONS, "listAnnotations", (context) => {
    const { key, annotations } = requireReport(context).report;
    const body = { totalCount: annotations.length, annotations: annotations.map((annotation) => serializeAnnotation(key, annotation)) };
    return { status: 200, body };
  }),
  define("POST", ANNOTATIONS, "createAnnotations", createAnnotations),
  define("PUT", `${ANNOTATIONS}/:annotation`, "putAnnotation", (context) => {
    const { report } = requireReport(context);
    requireReportAuthor(context, report);
    const annotation = parseAnnotation(context.jsonObject(), context.param("annotation"));
    const others = report.annotations.filter(({ externalId }) => externalId !== annotation.externalId);
    storeAnnotations(context, report, [...others, annotation]);
    return { status: 204 };
  }),
  define("DELETE", ANNOTATIONS, "deleteAnnotations", (context) => {
    const { report } = requireReport(context);
    requireReportAuthor(context, report);
    const ids = context.request.query.getAll("externalId");
    report.annotations = ids.length === 0 ? [] : report.annotations.filter(({ externalId = "" }) => !ids.includes(externalId));
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

/** @throws EarlyResponse 404 */
function requireReport(context: RequestContext): CommitOfRequest & { readonly report: Report } {
  const { repository, commit } = findCommit(context);
  const report = repository.reports.get(commit, context.param("report"));
  if (report === undefined) throw new EarlyResponse(errors.entityNotFound(`There is no report ${context.param("report")}.`));
  return { repository, commit, report };
}

/** @throws EarlyResponse 401, not 403, for anyone else */
function requireReportAuthor(context: RequestContext, report: Report): void {
  if (requireAuthor(context).id !== report.author) throw new EarlyResponse(errors.notPermitted());
}

/** A replaced report keeps its annotations. */
function putReport(context: RequestContext): SandboxResponse {
  const { repository, commit } = findCommit(context);
  const key = context.param("report");
  const existing = repository.reports.get(commit, key);
  if (existing !== undefined) requireReportAuthor(context, existing);
  const fields = parseReport(context.jsonObject(), context.state.switches);
  const { id: author } = requireAuthor(context);
  const report: Report = { key, author, fields, annotations: existing?.annotations ?? [], createdDate: context.state.clock.now() };
  repository.reports.set(commit, key, report);
  return { status: 200, body: serialize(context, report) };
}

/** Stores all annotations or none. Annotations that exist already are not recognized. */
function createAnnotations(context: RequestContext): SandboxResponse {
  const { report } = requireReport(context);
  requireReportAuthor(context, report);
  const { annotations } = context.jsonObject();
  if (!Array.isArray(annotations)) return errors.invalid({ context: "annotations", message: "annotations is required." });
  const added = annotations.map((annotation: unknown) => parseAnnotation(annotation));
  storeAnnotations(context, report, [...report.annotations, ...added]);
  return { status: 204 };
}

/** @throws EarlyResponse 400 */
function storeAnnotations(context: RequestContext, report: Report, annotations: readonly Annotation[]): void {
  const limit = context.state.switches["annotation-limit"];
  if (annotations.length > limit) {
    const message = `The report would have ${annotations.length} annotations. The maximum is ${limit}.`;
    throw new EarlyResponse(errors.invalid({ context: "annotations", message }));
  }
  report.annotations = annotations;
}

function serialize(context: RequestContext, report: Report) {
  return serializeReport(report, createRestDateFormatter(context.state.switches));
}
