/** Reviews made by hand: an everyday one, one with many webhooks, one whose every text is hostile. */
import { NOBODY, type Affected } from "../../finding";
import type { ChangeCounts, JudgedFinding, PicturedIntegration, PicturedSpace, Review } from "../../review";

export const NO_CHANGES: ChangeCounts = { create: 0, update: 0, replace: 0, delete: 0, forget: 0, move: 0, import: 0 };

export function judged(finding: Partial<JudgedFinding> & Pick<JudgedFinding, "code" | "severity">): JudgedFinding {
  return {
    subject: {
      key: "payments",
      kind: "integration",
      name: "Bitbucket for Payments",
      part: "main",
      address: "bitlift_bitbucket_cloud_integration.payments",
      place: { file: "teams/payments.yaml", line: 14, column: 3 },
      construct: undefined,
    },
    what: "Something happens.",
    affected: NOBODY,
    todo: undefined,
    details: [],
    acceptable: true,
    verdict: "open",
    note: undefined,
    ...finding,
  };
}

export function pictured(space: Partial<PicturedSpace> & Pick<PicturedSpace, "id">): PicturedSpace {
  return { name: space.id, fate: "unchanged", isExisting: false, spaces: [], integrations: [], ...space };
}

export function emptyReview(): Review {
  const picture = pictured({ id: "root", isExisting: true });
  return {
    parts: [{ name: "main", status: "none", counts: NO_CHANGES }],
    counts: NO_CHANGES,
    findings: [],
    otherChanges: [],
    picture,
    blocked: false,
    base: undefined,
  };
}

const CONSUMERS: Affected = {
  ...NOBODY,
  consumers: [
    { kind: "stack", id: "billing-production", name: "billing-production", space: "root > Platform > Payments" },
    { kind: "stack", id: "billing-staging", name: "billing-staging", space: "root > Platform > Payments" },
    { kind: "module", id: "vpc", name: "terraform-aws-vpc", space: "root > Platform" },
  ],
};

const PAYMENTS: PicturedIntegration = {
  key: "payments",
  name: "Bitbucket for Payments",
  product: "cloud",
  isDefault: false,
  fate: "renamed",
  repositories: [
    { name: "acme-workspace/infrastructure", fate: "updated" },
    { name: "acme-workspace/billing", fate: "updated" },
    { name: "acme-workspace/ledger", fate: "created" },
  ],
  consumers: [
    { kind: "stack", name: "billing-production", losesSource: true },
    { kind: "stack", name: "billing-staging", losesSource: true },
    { kind: "module", name: "terraform-aws-vpc", losesSource: false },
  ],
};

/** A rename, a deletion in use, an adoption, and what else an everyday change contains. */
export function everydayReview(): Review {
  return {
    ...emptyReview(),
    parts: [
      { name: "spaces", status: "changes", counts: { ...NO_CHANGES, create: 1 } },
      { name: "main", status: "changes", counts: { ...NO_CHANGES, update: 2, replace: 1, delete: 2, create: 1 } },
      { name: "ledger", status: "waits", counts: NO_CHANGES },
    ],
    counts: { ...NO_CHANGES, create: 2, update: 2, replace: 1, delete: 2 },
    blocked: true,
    base: "4f2a91c",
    otherChanges: [{ type: "aws_s3_bucket", counts: { ...NO_CHANGES, delete: 1 } }],
    findings: everydayFindings(),
    picture: everydayPicture(PAYMENTS.repositories),
  };
}

/** The same with so many webhooks on the renamed integration. */
export function reviewWithWebhooks(count: number): Review {
  const fates = ["updated", "updated", "unchanged", "updated", "created", "deleted"] as const;
  const repositories = Array.from({ length: count }, (_, index) => ({
    name: `acme-workspace/service-${String(index + 1).padStart(3, "0")}`,
    fate: fates[index % fates.length] ?? "unchanged",
  }));
  const review = everydayReview();
  const findings = review.findings.map((finding) =>
    finding.code === "integration-renamed"
      ? {
          ...finding,
          affected: { ...finding.affected, repositories: repositories.filter(({ fate }) => fate === "updated").map(({ name }) => name) },
        }
      : finding,
  );
  return { ...review, findings, picture: everydayPicture(repositories) };
}

function everydayFindings(): JudgedFinding[] {
  const legacy = { ...judged({ code: "integration-deleted", severity: "danger" }).subject, key: "legacy", name: "Legacy Bitbucket" };
  return [
    judged({
      code: "integration-renamed",
      severity: "danger",
      what: 'Integration "Bitbucket for Billing" gets the name "Bitbucket for Payments" and with it another webhook URL.',
      affected: { ...CONSUMERS, repositories: PAYMENTS.repositories.slice(0, 2).map(({ name }) => name) },
      todo: "Attach the named stacks and the module to the new integration in the same change. Until then they read no code.",
      details: ["2 webhooks follow in this plan.", "The new integration is created before the old one is deleted, so no event is lost."],
      verdict: "blocks",
    }),
    judged({
      code: "integration-deleted",
      severity: "danger",
      subject: { ...legacy, address: "bitlift_bitbucket_datacenter_integration.legacy", place: undefined },
      what: 'Integration "Legacy Bitbucket" is deleted while 1 stack reads through it.',
      affected: {
        ...NOBODY,
        consumers: [{ kind: "stack", id: "dns", name: "dns", space: "root > Legacy" }],
        unnamed: 4,
        caveat: "Spacelift names no more than 1 of them.",
      },
      todo: "Detach the stack first.",
      verdict: "accepted",
      note: "The stack is retired on Friday.",
    }),
    judged({
      code: "webhook-overwritten",
      severity: "warning",
      subject: {
        ...legacy,
        kind: "webhook",
        key: "payments/acme-workspace/ledger",
        name: "acme-workspace/ledger",
        address: 'bitlift_bitbucket_cloud_webhook.payments_repositories["ledger"]',
        place: { file: "teams/payments.yaml", line: 21, column: 9 },
      },
      what: "The webhook that somebody made by hand on acme-workspace/ledger is taken over: its title and 2 of its events change.",
      affected: { ...NOBODY, repositories: ["acme-workspace/ledger"] },
      details: ["Events that go away: pullrequest:rejected, issue:created."],
    }),
    judged({
      code: "secret-rotated",
      severity: "notice",
      what: "The webhook secret of 2 repositories changes in the same apply.",
      affected: { ...NOBODY, repositories: ["acme-workspace/infrastructure", "acme-workspace/billing"] },
    }),
    judged({
      code: "protection-disabled",
      severity: "notice",
      what: 'Integration "Bitbucket for Payments" no longer has protection against detaching.',
      verdict: "known",
    }),
    judged({ code: "objects-moved", severity: "info", what: "3 objects get another address. Nothing happens to people." }),
  ];
}

function everydayPicture(repositories: PicturedIntegration["repositories"]): PicturedSpace {
  const legacy: PicturedIntegration = {
    key: "legacy",
    name: "Legacy Bitbucket",
    product: "datacenter",
    isDefault: false,
    fate: "deleted",
    repositories: [{ name: "OPS/dns", fate: "deleted" }],
    consumers: [{ kind: "stack", name: "dns", losesSource: true }],
  };
  const company: PicturedIntegration = {
    key: "company-wide",
    name: "Acme",
    product: "cloud",
    isDefault: true,
    fate: "unchanged",
    repositories: [],
    consumers: undefined,
  };
  return pictured({
    id: "root",
    isExisting: true,
    integrations: [company],
    spaces: [
      pictured({
        id: "platform-01",
        name: "Platform",
        spaces: [
          pictured({ id: "payments-01", name: "Payments", fate: "updated", integrations: [{ ...PAYMENTS, repositories }] }),
          pictured({ id: "risk", name: "Risk", fate: "created" }),
        ],
      }),
      pictured({ id: "legacy-01", name: "Legacy", isExisting: true, integrations: [legacy] }),
    ],
  });
}

/** A review in which every text is the given one. */
export function reviewSaying(text: string): Review {
  const fate = "deleted" as const;
  const repositories = [{ name: text, fate }];
  const finding = judged({
    code: "integration-deleted",
    severity: "danger",
    subject: {
      key: text,
      kind: "integration",
      name: text,
      part: text,
      address: text,
      place: { file: text, line: 1, column: 1 },
      construct: text,
    },
    what: text,
    affected: {
      consumers: [{ kind: "stack", id: text, name: text, space: text }],
      unnamed: 2,
      caveat: text,
      repositories: [text],
      spaces: [text],
    },
    todo: text,
    details: [text],
    verdict: "blocks",
    note: text,
  });
  const integration: PicturedIntegration = {
    key: text,
    name: text,
    product: "cloud",
    isDefault: true,
    fate,
    repositories,
    consumers: [{ kind: "module", name: text, losesSource: true }],
  };
  const counts = { ...NO_CHANGES, delete: 1 };
  return {
    parts: [
      { name: text, status: "changes", counts },
      { name: text, status: "waits", counts: NO_CHANGES },
    ],
    counts,
    findings: [finding, { ...finding, verdict: "accepted", severity: "warning" }, { ...finding, verdict: "known" }],
    otherChanges: [{ type: text, counts }],
    picture: pictured({ id: text, name: text, integrations: [integration], spaces: [pictured({ id: text, name: text, fate })] }),
    blocked: true,
    base: text,
  };
}
