/** Code Insights of Bitbucket Cloud: a report with annotations on one commit. */
import { Problem } from "../../../diagnostics";
import { shortened, type CodeInsights, type InsightsAnnotation, type InsightsReport } from "../pull-requests";
import type { RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName, type Subject } from "../subject";

/** The most annotations in one request. */
const CHUNK = 100;
const LONGEST_SUMMARY = 450;
const LONGEST_DETAILS = 2_000;
const MOST_NUMBERS = 10;
const SEVERITIES = { high: "HIGH", medium: "MEDIUM", low: "LOW" } as const;

export class CloudCodeInsights implements CodeInsights {
  readonly maxAnnotations = 1_000;
  readonly #rest: BitbucketRest;

  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  async replace(
    repository: RepositoryRef,
    commit: string,
    report: InsightsReport,
    annotations: readonly InsightsAnnotation[],
  ): Promise<void> {
    const path = ["repositories", repository.namespace, repository.repository, "commit", commit, "reports", report.key];
    const subject = { kind: "commit", repository: repositoryName(repository), id: commit } as const;
    // A report that is only replaced keeps its former annotations.
    await this.#remove(path, subject);
    await this.#rest.send({ method: "PUT", path, body: reportBody(report), subject });
    const bodies = annotations.slice(0, this.maxAnnotations).map(annotationBody);
    for (let start = 0; start < bodies.length; start += CHUNK) {
      await this.#rest.send({ method: "POST", path: [...path, "annotations"], body: bodies.slice(start, start + CHUNK), subject });
    }
  }

  /** Code Insights reports an absent report in a form of its own, which other objects do not have. */
  async #remove(path: readonly string[], subject: Subject): Promise<void> {
    try {
      await this.#rest.send({ method: "DELETE", path, subject }, { allowGone: true });
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.status !== 404) throw failure;
    }
  }
}

function reportBody({ title, details, passed, url, numbers }: InsightsReport) {
  return {
    title: shortened(title, LONGEST_SUMMARY),
    details: shortened(details, LONGEST_DETAILS),
    report_type: "BUG",
    reporter: "Bitlift",
    result: passed ? "PASSED" : "FAILED",
    ...(url === undefined ? {} : { link: url }),
    data: numbers.slice(0, MOST_NUMBERS).map(({ title: name, value }) => ({ title: name, type: "NUMBER", value })),
  };
}

function annotationBody({ id, severity, summary, details, path, line }: InsightsAnnotation) {
  return {
    external_id: id,
    annotation_type: "BUG",
    severity: SEVERITIES[severity],
    // Bitbucket rejects an empty summary.
    summary: shortened(summary, LONGEST_SUMMARY) || "Finding",
    ...(details === "" ? {} : { details: shortened(details, LONGEST_DETAILS) }),
    ...(path === undefined ? {} : { path, ...(line === undefined ? {} : { line }) }),
  };
}
