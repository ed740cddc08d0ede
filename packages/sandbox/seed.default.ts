// The default seed: one Spacelift account, one Bitbucket workspace and one Bitbucket server of the same small company.
import type { WholeSeed } from "./seed";

const WORKSPACE = "acme-workspace";

/** The Spacelift account has no integration, because users try out creating one. Its stacks and its module have no source until then. */
export const DEFAULT_SEED: WholeSeed = {
  spacelift: {
    accounts: [
      {
        name: "acme",
        keys: [
          { id: "01ADMIN0000000000000000000", name: "Root admin", secret: "admin-secret-of-the-sandbox", admin: true },
          { id: "01READER000000000000000000", name: "Reader", secret: "reader-secret-of-the-sandbox", roles: { root: "reader" } },
          {
            id: "01PLATFORM0000000000000000",
            name: "Platform admin",
            secret: "platform-secret-of-the-sandbox",
            roles: { platform: "admin" },
          },
        ],
        spaces: [
          { id: "platform", name: "Platform", inheritEntities: true, description: "Shared infrastructure." },
          { id: "platform-production", name: "Platform production", parentSpace: "platform", inheritEntities: true },
          { id: "research", name: "Research", inheritEntities: false, description: "Shares nothing with its parent." },
        ],
        stacks: [
          {
            id: "infrastructure",
            name: "Infrastructure",
            space: "platform",
            provider: "BITBUCKET_CLOUD",
            namespace: WORKSPACE,
            repository: "infrastructure",
          },
          {
            id: "networking",
            name: "Networking",
            space: "platform-production",
            provider: "BITBUCKET_CLOUD",
            namespace: WORKSPACE,
            repository: "networking",
          },
          {
            id: "network-datacenter",
            name: "Network of the data center",
            space: "platform",
            provider: "BITBUCKET_DATACENTER",
            namespace: "PLAT",
            repository: "networking",
          },
          {
            id: "ledger",
            name: "Ledger",
            space: "platform-production",
            provider: "BITBUCKET_DATACENTER",
            namespace: "PAY",
            repository: "ledger",
          },
          {
            id: "website",
            name: "Website",
            space: "research",
            provider: "GITHUB",
            namespace: "acme",
            repository: "website",
          },
        ],
        modules: [
          {
            id: "network",
            name: "network",
            space: "platform",
            provider: "BITBUCKET_CLOUD",
            namespace: WORKSPACE,
            repository: "terraform-aws-network",
            terraformProvider: "aws",
          },
        ],
      },
    ],
  },
  "bitbucket-cloud": {
    workspaces: [
      {
        slug: WORKSPACE,
        name: "Acme",
        projects: [
          { key: "PLAT", name: "Platform" },
          { key: "PAY", name: "Payments" },
        ],
        repositories: [
          { slug: "infrastructure", project: "PLAT" },
          { slug: "networking", project: "PLAT" },
          {
            slug: "billing",
            project: "PAY",
            hooks: [
              {
                url: "https://ci.acme.example/hooks/bitbucket",
                description: "Build server",
                events: ["repo:push", "pullrequest:created"],
                secret: "secret-of-the-build-server",
              },
            ],
          },
          { slug: "terraform-aws-network", name: "terraform-aws-network", project: "PLAT" },
          { slug: "handbook", name: "Handbook", project: "PLAT", private: false },
        ],
      },
    ],
    credentials: [
      {
        kind: "access-token",
        displayName: "Webhook manager",
        token: "sandbox-access-token",
        scopes: ["repository", "repository:admin", "pullrequest", "webhook"],
        access: { [`${WORKSPACE}/*`]: "admin" },
      },
      {
        kind: "api-token",
        email: "spacelift@acme.example",
        displayName: "Spacelift",
        token: "sandbox-token-for-spacelift",
        scopes: ["read:repository:bitbucket", "read:pullrequest:bitbucket", "read:workspace:bitbucket", "read:user:bitbucket"],
        access: { [`${WORKSPACE}/*`]: "read" },
      },
      {
        kind: "api-token",
        email: "admin@acme.example",
        displayName: "Ada Admin",
        token: "sandbox-token-of-an-admin",
        scopes: [
          "read:webhook:bitbucket",
          "write:webhook:bitbucket",
          "delete:webhook:bitbucket",
          "read:repository:bitbucket",
          "read:pullrequest:bitbucket",
          "read:project:bitbucket",
          "read:workspace:bitbucket",
          "read:user:bitbucket",
        ],
        access: { [`${WORKSPACE}/*`]: "admin" },
      },
      {
        kind: "access-token",
        displayName: "Reader without the webhook scope",
        token: "sandbox-read-only-token",
        scopes: ["repository"],
        access: { [`${WORKSPACE}/*`]: "read" },
      },
      {
        kind: "access-token",
        displayName: "Reviewer",
        token: "sandbox-review-token",
        scopes: ["repository", "pullrequest"],
        access: { [`${WORKSPACE}/*`]: "read" },
      },
      {
        kind: "app-password",
        username: "acme-bot",
        displayName: "Acme bot",
        token: "sandbox-app-password",
        scopes: ["repository", "repository:admin", "pullrequest", "webhook", "account"],
        access: { [`${WORKSPACE}/*`]: "admin" },
      },
      {
        kind: "oauth-consumer",
        username: "sandbox-consumer-key",
        displayName: "Acme consumer",
        token: "sandbox-consumer-secret",
        scopes: ["repository", "pullrequest", "webhook", "account"],
        access: { [`${WORKSPACE}/*`]: "admin" },
      },
    ],
  },
  "bitbucket-datacenter": {
    contextPath: "/bitbucket",
    projects: [
      {
        key: "PLAT",
        name: "Platform",
        repositories: [{ slug: "infrastructure" }, { slug: "networking" }, { slug: "terraform-aws-network" }],
      },
      {
        key: "PAY",
        name: "Payments",
        repositories: [
          {
            slug: "billing",
            hooks: [
              {
                url: "https://ci.acme.example/hooks/bitbucket",
                name: "Build server",
                events: ["repo:refs_changed", "pr:opened"],
                secret: "secret-of-the-build-server",
              },
            ],
          },
          { slug: "ledger" },
        ],
      },
    ],
    users: [
      { name: "admin", displayName: "Ada Admin", password: "sandbox-password-of-the-admin", global: "ADMIN" },
      { name: "spacelift-reader", displayName: "Spacelift", access: { PLAT: "read", PAY: "read" } },
      { name: "reviewer", displayName: "Reviewer", access: { PLAT: "read", PAY: "read" } },
      {
        name: "dev",
        displayName: "Dana Developer",
        password: "sandbox-password-of-a-developer",
        access: { PLAT: "write", PAY: "write" },
        repositories: [{ slug: "experiments" }],
      },
    ],
    tokens: [
      { token: "sandbox-datacenter-admin-token", name: "Webhook manager", user: "admin", permissions: ["PROJECT_ADMIN", "REPO_ADMIN"] },
      {
        token: "sandbox-datacenter-token-for-spacelift",
        name: "Spacelift",
        user: "spacelift-reader",
        permissions: ["PROJECT_READ", "REPO_READ"],
      },
      {
        token: "sandbox-datacenter-review-token",
        name: "Reviewer",
        user: "reviewer",
        permissions: ["PROJECT_READ", "REPO_READ"],
      },
      { token: "sandbox-datacenter-developer-token", name: "Without admin", user: "dev", permissions: ["PROJECT_READ", "REPO_WRITE"] },
      { token: "sandbox-datacenter-pay-token", name: "Payments only", project: "PAY", permissions: ["PROJECT_ADMIN", "REPO_ADMIN"] },
    ],
  },
};
