/** The requests that the plugins of a command have sent, and how many are left. The plugins write these numbers into a private folder. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The variable by which the plugins know the folder. */
export const REQUEST_REPORT_VARIABLE = "BITLIFT_REQUEST_REPORT";

/** What an earlier process wrote is no longer true. */
const FRESH_MILLISECONDS = 30_000;

interface SystemReport {
  readonly requests?: number;
  readonly limit?: number;
  readonly remaining?: number;
}

export class RequestReports {
  readonly folder = mkdtempSync(join(tmpdir(), "bitlift-requests-"));

  /** Like `412 of 1,000 requests left`: of the system that has the smallest share left. Undefined if no system says it. */
  left(): string | undefined {
    const known = this.#read().flatMap(({ limit = 0, remaining }) => (limit > 0 && remaining !== undefined ? [{ limit, remaining }] : []));
    known.sort((a, b) => a.remaining / a.limit - b.remaining / b.limit);
    const [scarcest] = known;
    return scarcest === undefined ? undefined : `${number(scarcest.remaining)} of ${number(scarcest.limit)} requests left`;
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #read(): readonly SystemReport[] {
    const now = Date.now();
    return namesIn(this.folder).flatMap((name) => {
      try {
        const path = join(this.folder, name);
        if (now - statSync(path).mtimeMs > FRESH_MILLISECONDS) return [];
        return Object.values(JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, SystemReport>>);
      } catch {
        // A plugin is writing it.
        return [];
      }
    });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
