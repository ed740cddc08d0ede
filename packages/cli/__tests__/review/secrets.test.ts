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
  type PlanModel,
  type PullRequestPort,
} from "../../../review";
import type { Configuration } from "../../../configuration";
import { withoutSecrets } from "../../review/redaction";
import { environmentSecrets } from "../../review/secrets";

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
  const model = readPlan(JSON.stringify(plan), { part: "main", source: "plan.json", messages });
  return withoutSecrets(judged(model), secrets);
}

function judged(model: PlanModel) {
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

const named = (variable: string) =>
  ({
    bitbucketCloud: undefined,
    servers: new Map([["unused", { login: { token: { env: variable } } }]]),
    integrations: new Map(),
  }) as unknown as Configuration;

it.each([
  ["BITBUCKET_BRANCH", "delete-everything", false],
  ["CI_COMMIT_REF_NAME", "delete-everything", false],
  ["CHANGE_TITLE", "delete-everything", false],
  ["PAYMENTS_LOGIN", "delete", false],
  ["PAYMENTS_LOGIN", "canary-of-a-login", true],
])("the file of a pull request calls %s=%s a secret: %s", (variable, value, isSecret) => {
  expect(environmentSecrets({ [variable]: value }, named(variable))).toEqual(isSecret ? [value] : []);
});

it.each(
  ["DB_PASS", "GITHUB_PAT", "DEPLOY_KEY", "SSH_KEY", "ENCRYPTION_KEY", "JWT", "BASIC_AUTH", "MYSQL_PWD", "SIGNING_CERT"].concat(
    ["NPM_CONFIG__AUTH", "VAULT_TOKEN_URL", "PGPASSWORD", "DBPASS", "STRIPE_APIKEY", "SENTRY_DSN", "TF_VAR_payments_token"],
    ["BITBUCKET_STEP_OIDC_TOKEN"],
  ),
)("%s is a secret", (name) => {
  expect(environmentSecrets({ [name]: "canary-1" }, undefined)).toEqual(["canary-1"]);
});

it.each([
  ["PWD", "/opt/atlassian/pipelines"],
  ["BITBUCKET_PROJECT_KEY", "PAYMENTS"],
  ["SSH_AUTH_SOCK", "/tmp/ssh-agent"],
  ["SPACELIFT_API_KEY_ENDPOINT", "https://acme.app.spacelift.io"],
  ["SPACELIFT_CA_CERTIFICATE", "/etc/ssl/ca.pem"],
  ["TOKEN_SERVICE_URL", "https://vault.acme.example"],
  ["PATH", "/usr/bin:/bin"],
])("%s=%s is none", (name, value) => {
  expect(environmentSecrets({ [name]: value }, undefined)).toEqual([]);
});

it("passwords in addresses are secrets, and so are addresses of webhooks", () => {
  const slack = "https://hooks.slack.example/services/canary";
  const environment = { HTTPS_PROXY: "http://me:canary%2F1@proxy.example:8080", SLACK_WEBHOOK_URL: slack };
  expect(environmentSecrets(environment, undefined)).toEqual(["canary%2F1", "canary/1", slack]);
});

it.each(["delete", "danger", "integration", "blocks", "bitlift_bitbucket_cloud_integration", "integration-deleted", "Payments"])(
  "a secret that is the word %s hides no finding",
  (secret) => {
    const change = { actions: ["delete"], before: { id: "payments", name: "Payments" }, after: null };
    const resource = { ...plan.resource_changes[0], change };
    const text = JSON.stringify({ format_version: "1.2", resource_changes: [resource] });
    const result = withoutSecrets(judged(readPlan(text, { part: "main", source: "plan.json" })), [secret]);
    expect(result).toMatchObject({ blocked: true, counts: { delete: 1 } });
    expect(result.findings[0]).toMatchObject({ code: "integration-deleted", severity: "danger", verdict: "blocks" });
    expect(JSON.parse(renderReviewJson(result))).toMatchObject({ findings: [{ code: "integration-deleted" }] });
  },
);

it("a short secret is hidden as a word, and not within one", () => {
  const texts = ["It is deleted.", "It says delete, delete=1 and /delete/.", "undeleted"];
  expect(withoutSecrets(texts, ["delete"])).toEqual([texts[0], "It says (sensitive), (sensitive)=1 and /(sensitive)/.", texts[2]]);
});

it("a secret is found behind escapes, and where a text is cut off", () => {
  const secret = 'canary"with\\escapes';
  expect(withoutSecrets([`It is ${JSON.stringify(secret)}.`, `It is canary"wi…`, "It is sensitive."], [secret, "sensitive"])).toEqual([
    'It is "(sensitive)".',
    "It is (sensitive)…",
    "It is (sensitive).",
  ]);
});
