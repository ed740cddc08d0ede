/** Code Insights of Bitbucket Data Center: a report with annotations on one commit. */
import { shortened, type CodeInsights, type InsightsAnnotation, type InsightsReport } from "../pull-requests";
import type { RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
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
    // A report that is only replaced keeps its former annotations.
    await this.#rest.send({ method: "DELETE", path, subject }, { allowGone: true });
    await this.#rest.send({ method: "PUT", path, body: reportBody(report), subject });
    const bodies = annotations.slice(0, this.maxAnnotations).map(annotationBody);
    if (bodies.length > 0)
      await this.#rest.send({ method: "POST", path: [...path, "annotations"], body: { annotations: bodies }, subject });
  }
}

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
