/** The fields that gavinbunney's Bitbucket Server provider requires in responses. */
import { ANYTHING, boolean, createFieldChecker, object, text } from "./required-fields";

const wholeNumber = { type: "integer" } as const;
const link = object({ href: text });

/** Dates as strings or with a fraction are decode errors; a missing secret is a permanent diff. */
const WEBHOOK = object({
  id: wholeNumber,
  name: text,
  url: text,
  active: boolean,
  events: { type: "array", minItems: 1, items: text },
  configuration: object({}, { secret: text }),
  createdDate: wholeNumber,
  updatedDate: wholeNumber,
});
const PROJECT = object({ key: text, id: wholeNumber, name: text, public: boolean, type: text }, { description: text });
const REPOSITORY = object(
  {
    slug: text,
    id: wholeNumber,
    name: text,
    scmId: text,
    state: text,
    forkable: boolean,
    public: boolean,
    project: PROJECT,
    links: object({
      clone: { type: "array", minItems: 2, items: object({ name: { enum: ["http", "ssh"] }, href: text }) },
      self: { type: "array", items: link },
    }),
  },
  { description: text },
);
const page = (items: unknown) =>
  object(
    { values: { type: "array", items }, size: wholeNumber, limit: wholeNumber, start: wholeNumber, isLastPage: boolean },
    { nextPageStart: wholeNumber },
  );

const API = "(/ctx)?/rest/api/1\\.0";
const REPOSITORY_PATH = `${API}/projects/[^/]+/repos/[^/]+`;

export const findDatacenterFieldProblems = createFieldChecker([
  // The provider reads only the id.
  ["POST", `${REPOSITORY_PATH}/webhooks`, object({ id: wholeNumber })],
  ["GET", `${REPOSITORY_PATH}/webhooks`, page(WEBHOOK)],
  ["GET", `${REPOSITORY_PATH}/webhooks/\\d+`, WEBHOOK],
  ["PUT", `${REPOSITORY_PATH}/webhooks/\\d+`, ANYTHING],
  ["DELETE", ".*", ANYTHING],
  ["GET", `${REPOSITORY_PATH}/settings/hooks`, page(object({ details: object({ key: text }), enabled: boolean }))],
  ["GET", `${API}/application-properties`, object({ version: text, buildNumber: text, buildDate: text, displayName: text })],
  ["POST", `${API}/projects`, PROJECT],
  ["(GET|PUT)", `${API}/projects/[^/]+`, PROJECT],
  ["POST", `${API}/projects/[^/]+/repos`, REPOSITORY],
  ["(GET|PUT)", REPOSITORY_PATH, REPOSITORY],
]);
