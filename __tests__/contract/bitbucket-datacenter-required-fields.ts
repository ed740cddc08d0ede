/** What gavinbunney's Bitbucket Server provider must find in answers. */
import { ANYTHING, flag, needChecker, object, text } from "./required-fields";

const whole = { type: "integer" } as const;
const link = object({ href: text });

/** Dates as texts or with a fraction are decode errors, a missing secret is a diff for ever. */
const WEBHOOK = object({
  id: whole,
  name: text,
  url: text,
  active: flag,
  events: { type: "array", minItems: 1, items: text },
  configuration: object({}, { secret: text }),
  createdDate: whole,
  updatedDate: whole,
});
const PROJECT = object({ key: text, id: whole, name: text, public: flag, type: text }, { description: text });
const REPOSITORY = object(
  {
    slug: text,
    id: whole,
    name: text,
    scmId: text,
    state: text,
    forkable: flag,
    public: flag,
    project: PROJECT,
    links: object({
      clone: { type: "array", minItems: 2, items: object({ name: { enum: ["http", "ssh"] }, href: text }) },
      self: { type: "array", items: link },
    }),
  },
  { description: text },
);
const page = (items: unknown) =>
  object({ values: { type: "array", items }, size: whole, limit: whole, start: whole, isLastPage: flag }, { nextPageStart: whole });

const API = "(/ctx)?/rest/api/1\\.0";
const ONE = `${API}/projects/[^/]+/repos/[^/]+`;

export const datacenterNeeds = needChecker([
  // Nothing but the id is read.
  ["POST", `${ONE}/webhooks`, object({ id: whole })],
  ["GET", `${ONE}/webhooks`, page(WEBHOOK)],
  ["GET", `${ONE}/webhooks/\\d+`, WEBHOOK],
  ["PUT", `${ONE}/webhooks/\\d+`, ANYTHING],
  ["DELETE", ".*", ANYTHING],
  ["GET", `${ONE}/settings/hooks`, page(object({ details: object({ key: text }), enabled: flag }))],
  ["GET", `${API}/application-properties`, object({ version: text, buildNumber: text, buildDate: text, displayName: text })],
  ["POST", `${API}/projects`, PROJECT],
  ["(GET|PUT)", `${API}/projects/[^/]+`, PROJECT],
  ["POST", `${API}/projects/[^/]+/repos`, REPOSITORY],
  ["(GET|PUT)", ONE, REPOSITORY],
]);
