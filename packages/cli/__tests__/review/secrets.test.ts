/** Canaries in every sensitive place of a plan, in the environment and in the log: none of them reaches an output or a request. */
import {
  judgeReview,
  parseFailOn,
  post,
  postedReview,
  readPlan,
  readPlanLog,
  renderMarkdown,
  renderPage,
  renderReviewJson,
  renderReviewSarif,
  renderSpacelift,
  renderTerminal,
  review,
  type PullRequestPort,
} from "../../../review";
import { environmentSecrets, withoutSecrets } from "../../review/secrets";

const CANARY = "canary";
const SECRETS = {
  PAYMENTS_TOKEN: `${CANARY}-of-a-token-1`,
  BITLIFT_REVIEW_TOKEN: `${CANARY}-of-the-review-2`,
  AWS_SECRET_ACCESS_KEY: `${CANARY}-of-aws-3`,
};

const environment = {
  ...SECRETS,
  BITBUCKET_WORKSPACE: "acme-workspace",
  BITBUCKET_PROJECT_KEY: "PAYMENTS",
  SPACELIFT_API_KEY_ID: "01HKEYID",
};
const secrets = environmentSecrets(environment, undefined);

const values = {
  id: "payments",
  name: `Payments ${SECRETS.PAYMENTS_TOKEN}`,
  webhook_url: `https://hooks.example/${CANARY}-sensitive`,
  webhook_secret: `${CANARY}-sensitive`,
  api_token: SECRETS.PAYMENTS_TOKEN,
  labels: [`${CANARY}-sensitive`],
};
const sensitive = { webhook_url: true, webhook_secret: true, labels: [true] };
const plan = {
  format_version: "1.2",
  resource_changes: [
    {
      address: "bitlift_bitbucket_cloud_integration.payments",
      mode: "managed",
      type: "bitlift_bitbucket_cloud_integration",
      change: {
        actions: ["delete", "create"],
        before: values,
        after: { ...values, name: "New" },
        before_sensitive: sensitive,
        after_sensitive: sensitive,
      },
    },
  ],
  prior_state: {
    values: {
      root_module: {
        resources: [{ address: "x", mode: "managed", type: "bitlift_bitbucket_cloud_integration", values, sensitive_values: sensitive }],
      },
    },
  },
  output_changes: { secret: { actions: ["create"], before: null, after: `${CANARY}-sensitive`, after_sensitive: true } },
};
const log = JSON.stringify({
  type: "diagnostic",
  diagnostic: {
    severity: "warning",
    summary: `A warning about ${SECRETS.AWS_SECRET_ACCESS_KEY}`,
    detail: `It repeats ${SECRETS.BITLIFT_REVIEW_TOKEN}.`,
  },
});

function reviewed() {
  const messages = readPlanLog(log, "main");
  const model = readPlan(JSON.stringify(plan), { part: "main", source: "plan.json", secrets, messages });
  return judgeReview(review({ plans: [model] }), {
    failOn: parseFailOn(["danger"]),
    today: "2026-11-30",
    commandLine: [],
    head: undefined,
    base: undefined,
    acceptFromHead: false,
    acceptsRemovals: false,
    known: new Set(),
    isPartial: false,
  });
}

it("the secrets of the environment are those whose names say so", () => {
  expect([...secrets].sort()).toEqual(Object.values(SECRETS).sort());
});

it.each<[string, () => string]>([
  ["terminal", () => renderTerminal(reviewed(), { verbose: true })],
  ["Markdown", () => renderMarkdown(reviewed())],
  ["JSON", () => renderReviewJson(reviewed())],
  ["SARIF", () => renderReviewSarif(reviewed())],
  ["HTML", () => renderPage(reviewed())],
  ["Spacelift", () => renderSpacelift(reviewed())],
])("%s has findings, and no canary", (_format, render) => {
  const text = render();
  expect(text).toContain("integration-renamed");
  expect(text).not.toContain(CANARY);
});

it("nothing that is posted has a canary, even if a renderer let one through", async () => {
  const sent: unknown[] = [];
  const record = (...values: readonly unknown[]) => void sent.push(...values);
  const port: PullRequestPort = {
    maxAnnotations: 10,
    listComments: () => Promise.resolve([]),
    createComment: (text) => Promise.resolve(record(text)).then(() => ({ id: "1", text, author: "a" })),
    changeComment: (_comment, text) => Promise.resolve(record(text)),
    removeComment: () => Promise.resolve(),
    setStatus: (status) => Promise.resolve(record(status)),
    replaceReport: (report, annotations) => Promise.resolve(record(report, annotations)),
  };
  const leaking = reviewed();
  const [first] = leaking.findings;
  const findings = first === undefined ? [] : [{ ...first, what: `Leaks ${SECRETS.PAYMENTS_TOKEN}.` }];
  const context = {
    url: "https://ci.example/1",
    branch: "main",
    prefix: "",
    project: undefined,
  };
  const outcomes = await post(port, postedReview(withoutSecrets({ ...leaking, findings }, secrets), context));
  expect(outcomes.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined]);
  expect(JSON.stringify(sent)).toContain("Leaks");
  expect(JSON.stringify(sent)).not.toContain(CANARY);
});
