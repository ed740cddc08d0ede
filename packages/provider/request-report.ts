/**
 * BITLIFT_REQUEST_REPORT: a folder into which each process of the plugin writes how many requests it has sent, and how many the systems still
 * allow. For programs that show progress. Only numbers and the names of systems are written.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ReceivedResponse } from "../clients";

const WRITE_MILLISECONDS = 1_000;

interface SystemReport {
  requests: number;
  /** As the system reported them last; absent if it does not. */
  limit?: number;
  remaining?: number;
}

export class RequestReport {
  readonly #file: string;
  readonly #systems: Record<string, SystemReport> = {};
  #timer: NodeJS.Timeout | undefined;
  #lastWrite = 0;

  private constructor(folder: string) {
    this.#file = join(folder, `${process.pid}.json`);
  }

  /** One per process and folder. Undefined if the variable is not set. */
  static of(environment: Readonly<Record<string, string | undefined>>): RequestReport | undefined {
    const folder = environment["BITLIFT_REQUEST_REPORT"] ?? "";
    if (folder === "") return undefined;
    const report = reports.get(folder) ?? new RequestReport(folder);
    reports.set(folder, report);
    return report;
  }

  readonly record = ({ system, headers }: ReceivedResponse): void => {
    const report = (this.#systems[system] ??= { requests: 0 });
    report.requests += 1;
    const [limit, remaining] = [firstNumber(headers["x-ratelimit-limit"]), firstNumber(headers["x-ratelimit-remaining"])];
    if (limit !== undefined && remaining !== undefined) Object.assign(report, { limit, remaining });
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#write(), Math.max(0, this.#lastWrite + WRITE_MILLISECONDS - Date.now())).unref();
  };

  #write(): void {
    this.#timer = undefined;
    this.#lastWrite = Date.now();
    try {
      writeFileSync(this.#file, JSON.stringify(this.#systems), { mode: 0o600 });
    } catch {
      // Progress is not worth a failure.
    }
  }
}

const reports = new Map<string, RequestReport>();

/** Of `1000` and of `1000, 1000;w=3600`. */
function firstNumber(text: string | undefined): number | undefined {
  const digits = /^\d+/.exec(text ?? "")?.[0];
  return digits === undefined ? undefined : Number(digits);
}
