/** What people made by hand before they read the guide "Adopting what exists": the objects that its examples name. */
import type { WholeSeed } from "../../packages/sandbox";

const SPACE = "data-01HN0BF3GMYZQ4NYVNQ1RKQ9M7";
const OLD_URL = "https://old.acme.example/hook";

const cloud = { provider: "BITBUCKET_CLOUD", email: "spacelift@acme.example", credential: "made-by-hand" } as const;
const datacenter = {
  provider: "BITBUCKET_DATACENTER",
  username: "spacelift",
  credential: "made-by-hand",
  apiHost: "https://bitbucket.acme.example",
  userFacingHost: "https://bitbucket.acme.example",
} as const;
const numbered = { url: OLD_URL, events: ["repo:refs_changed"] };

export const EXISTING: WholeSeed = {
  spacelift: {
    accounts: [
      {
        name: "acme",
        keys: [{ id: "01ADMIN", secret: "secret-of-the-key", admin: true }],
        spaces: [{ id: SPACE, name: "Data" }],
        integrations: [
          { ...cloud, name: "Bitbucket for Data", space: SPACE },
          { ...cloud, name: "Shared", isDefault: true },
          { ...datacenter, name: "Data Center for Data", space: SPACE },
          { ...datacenter, name: "Data Center for Platform" },
        ],
      },
    ],
  },
  "bitbucket-cloud": {
    workspaces: [
      {
        slug: "acme-workspace",
        repositories: [
          { slug: "warehouse", hooks: [{ uuid: "{0192a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b}", url: OLD_URL, events: ["repo:push"] }] },
          { slug: "handbook" },
        ],
      },
    ],
    credentials: [
      {
        kind: "access-token",
        token: "webhook-manager",
        scopes: ["repository", "pullrequest", "webhook"],
        access: { "acme-workspace/*": "admin" },
      },
    ],
  },
  "bitbucket-datacenter": {
    contextPath: "/bitbucket",
    projects: [
      {
        key: "DATA",
        repositories: [
          { slug: "dashboards" },
          // The server numbers its webhooks, so the one in the next repository has the ID 42.
          { slug: "archive", hooks: Array.from({ length: 41 }, () => numbered) },
          { slug: "lake", hooks: [numbered] },
        ],
      },
    ],
    users: [{ name: "admin", password: "password-of-the-admin", global: "ADMIN" }],
    tokens: [{ token: "webhook-manager", user: "admin", permissions: ["REPO_ADMIN"] }],
  },
};
