// Build statuses of commits: their fields, the checks of a request body, and their JSON.
import { parsedUrl } from "../../core/parsed-url";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import { FieldChecks } from "./field-checks";
import { createRepositoryLinks } from "./links";
import type { FilterFields } from "./query-filter";
import type { RequestContext } from "./request-context";
import type { Repository } from "./store";

const STATES = ["SUCCESSFUL", "FAILED", "INPROGRESS", "STOPPED"] as const;
/** Characters of a name, a description and a branch. Assumed. */
const TEXT_LIMIT = 255;
/** Assumed. */
const URL_LIMIT = 2000;

export interface BuildStatus {
  readonly uuid: string;
  readonly commit: string;
  /** Unique for a commit. */
  readonly key: string;
  readonly state: (typeof STATES)[number];
  readonly url: string;
  readonly name: string;
  readonly description: string;
  /** The source branch of the pull request that it belongs to. */
  readonly refname: string | null;
  /** With six fractional digits. */
  readonly createdOn: string;
  readonly updatedOn: string;
}

export type BuildStatusInput = Omit<BuildStatus, "uuid" | "commit" | "createdOn" | "updatedOn">;

export const STATUS_FIELDS: FilterFields<BuildStatus> = {
  key: ({ key }) => key,
  name: ({ name }) => name,
  state: ({ state }) => state,
  refname: ({ refname }) => refname,
  created_on: ({ createdOn }) => createdOn,
  updated_on: ({ updatedOn }) => updatedOn,
};

/** @param key the one of the path, which a body cannot change @throws EarlyResponse 400 that lists all invalid fields */
export function parseBuildStatus(context: RequestContext, key?: string): BuildStatusInput {
  const { switches } = context.state;
  const checks = new FieldChecks(context.jsonObject());
  const input = {
    key: key ?? checks.text("key", { required: true, limit: switches["status-key-limit"] }) ?? "",
    state: checks.choice("state", STATES, { required: true }) ?? "FAILED",
    url: checks.text("url", { required: switches["status-url"] === "required", limit: URL_LIMIT }) ?? "",
    name: checks.text("name", { limit: TEXT_LIMIT }) ?? "",
    description: checks.text("description", { limit: TEXT_LIMIT }) ?? "",
    refname: checks.text("refname", { limit: TEXT_LIMIT }) ?? null,
  } as const;
  if (input.url !== "" && !isPublicUrl(input.url)) checks.add("url", "Enter a valid URL.");
  if (checks.failed) throw new EarlyResponse(errors.invalidFields(checks.messages));
  return input;
}

/** Rejects localhost. Whether private addresses are rejected is not known, so they are accepted. */
function isPublicUrl(text: string): boolean {
  const { hostname } = (/^https?:\/\//i.test(text) ? parsedUrl(text) : undefined) ?? { hostname: "" };
  return hostname !== "localhost" && hostname.includes(".");
}

export function serializeBuildStatus(apiUrl: string, repository: Repository, status: BuildStatus) {
  const { uuid, commit, key, state, url, name, description, refname, createdOn, updatedOn } = status;
  const commitUrl = `${createRepositoryLinks(apiUrl, repository).self.href}/commit/${commit}`;
  return {
    type: "build",
    uuid,
    key,
    state,
    url,
    name,
    description,
    refname,
    created_on: createdOn,
    updated_on: updatedOn,
    links: { self: { href: `${commitUrl}/statuses/build/${encodeURIComponent(key)}` }, commit: { href: commitUrl } },
  };
}
