// Build statuses of commits: their fields, and the checks of a request body.
import type { JsonObject } from "../../core/json-body";
import { FieldChecks } from "./field-checks";

const STATES = ["SUCCESSFUL", "FAILED", "INPROGRESS", "CANCELLED", "UNKNOWN"] as const;

export interface BuildStatus {
  /** Unique for a commit. */
  readonly key: string;
  readonly state: string;
  readonly url: string;
  readonly name: string | undefined;
  readonly description: string | undefined;
  /** Such as refs/heads/main. */
  readonly ref: string | undefined;
  readonly parent: string | undefined;
  readonly buildNumber: string | undefined;
  readonly duration: number | undefined;
  readonly testResults: unknown;
  /** Milliseconds since the epoch. */
  readonly createdDate: number;
  readonly updatedDate: number;
}

/** @throws EarlyResponse 400 */
export function parseBuildStatus(body: JsonObject): Omit<BuildStatus, "createdDate" | "updatedDate"> {
  const checks = new FieldChecks(body);
  const input = {
    key: checks.text("key", 255, { required: true }) ?? "",
    state: checks.choice("state", STATES, { required: true }) ?? "UNKNOWN",
    url: checks.text("url", 450, { required: true }) ?? "",
    name: checks.text("name", 255),
    description: checks.text("description", 255),
    ref: checks.text("ref", 1024),
    parent: checks.text("parent", 1024),
    buildNumber: checks.text("buildNumber", 255),
    duration: checks.wholeNumber("duration", 0),
    testResults: body["testResults"],
  };
  if (input.url !== "" && !/^https?:\/\//i.test(input.url)) checks.add("url", "url must be an http or https address.");
  if (input.ref !== undefined && !input.ref.startsWith("refs/")) checks.add("ref", "ref must start with refs/.");
  checks.finish();
  return input;
}
