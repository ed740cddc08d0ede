/** Code Insights of Bitbucket Data Center: a report with annotations on one commit. */
import { asList, asObject } from "../../http/json";
import { shortened, type CodeInsights, type InsightsAnnotation, type InsightsReport } from "../pull-requests";
import type { RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest, RestRequest } from "../rest";
import { repositoryName } from "../subject";

const LONGEST_TITLE = 450;
const LONGEST_TEXT = 2_000;
const MOST_NUMBERS = 6;
const SEVERITIES = { high: "HIGH", medium: "MEDIUM", low: "LOW" } as const;

export class DatacenterCodeInsights implements CodeInsights {
  /** Unless the administrator of the server has changed it. Over the limit, the server refuses the whole request. */
  readonly maxAnnotations = 1_000;
  readonly #rest: BitbucketRest;

  /** @param rest of `/rest/insights` */
  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  async replace(
    repository: RepositoryRef,
    commit: string,
    report: InsightsReport,
    annotations: readonly InsightsAnnotation[],
  ): Promise<void> {
    const path = ["projects", repository.namespace, "repos", repository.repository, "commits", commit, "reports", report.key];
    const subject = { kind: "commit", repository: repositoryName(repository), id: commit } as const;
    const target = { path, subject };
    const bodies = annotations.slice(0, this.maxAnnotations).map(annotationBody);
    // A report that is only replaced keeps its former annotations.
    await this.#rest.send({ method: "DELETE", ...target }, { allowGone: true });
    // Another review may delete the report before the annotations are added.
    if (!(await this.#add(target, report, bodies, true))) await this.#add(target, report, bodies, false);
  }

  /** @returns false if the report is gone, which `allowGone` allows */
  async #add({ path, subject }: Target, report: InsightsReport, bodies: readonly AnnotationBody[], allowGone: boolean): Promise<boolean> {
    await this.#rest.send({ method: "PUT", path, body: reportBody(report), subject });
    if (bodies.length === 0) return true;
    const request = { path: [...path, "annotations"], subject };
    const added = await this.#rest.send({ method: "POST", ...request, body: { annotations: bodies } }, { allowGone });
    if (added.status >= 300) return false;
    await this.#removeDuplicates(request, bodies);
    return true;
  }

  /**
   * Several reviews of one commit may run at once, and a list of annotations is added even if they exist. Each review removes what exists more than
   * once, one annotation at a time: setting a single one, unlike adding a list, replaces the one with the same ID.
   */
  async #removeDuplicates({ path, subject }: Target, bodies: readonly AnnotationBody[]): Promise<void> {
    const { body } = await this.#rest.send({ method: "GET", path, subject }, { allowGone: true });
    const seen = new Set<unknown>();
    const repeated = new Set<unknown>();
    for (const annotation of asList(asObject(body)?.["annotations"]) ?? []) {
      const id = asObject(annotation)?.["externalId"];
      (seen.has(id) ? repeated : seen).add(id);
    }
    for (const annotation of bodies.filter(({ externalId }) => repeated.has(externalId))) {
      const { externalId, ...values } = annotation;
      await this.#rest.send({ method: "DELETE", path, query: { externalId }, subject }, { allowGone: true });
      await this.#rest.send({ method: "PUT", path: [...path, externalId], body: values, subject }, { allowGone: true });
    }
  }
}

type Target = Pick<RestRequest, "path" | "subject">;
type AnnotationBody = ReturnType<typeof annotationBody>;

function reportBody({ title, details, passed, url, numbers }: InsightsReport) {
  return {
    title: shortened(title, LONGEST_TITLE),
    details: shortened(details, LONGEST_TEXT),
    reporter: "Bitlift",
    result: passed ? "PASS" : "FAIL",
    ...(url === undefined ? {} : { link: url }),
    data: numbers.slice(0, MOST_NUMBERS).map(({ title: name, value }) => ({ title: name, type: "NUMBER", value })),
  };
}

function annotationBody({ id, severity, summary, details, path, line }: InsightsAnnotation) {
  return {
    externalId: id,
    type: "BUG",
    severity: SEVERITIES[severity],
    message: shortened(details === "" ? summary : `${summary} ${details}`, LONGEST_TEXT) || "Finding",
    // Line 0 is the whole file.
    ...(path === undefined ? {} : { path, line: line ?? 0 }),
  };
}
