/** Contents that together have every setting of the file. */
import { cloud, datacenter, existing, repository, server, set, space, type Content } from "./file-content";

export const EVERY_SETTING: Content = {
  bitbucketCloud: { email: "hooks@acme.example", token: { env: "CLOUD_HOOKS_TOKEN" } },
  spaces: [
    space("payments", { name: "Payments", description: "Of the team.", labels: ["team:payments"] }),
    space("production", { name: "Production", parent: "payments", inherit: true }),
    space("legacy", { existing: { id: "legacy-01HN0BF3GMYZQ4NYVNQ1RKQ9M7" } }),
    space("partners", { existing: { name: "Partners", parent: "legacy" } }),
    space("partner", { name: "Partner", parent: "partners" }),
  ],
  integrations: [
    cloud("payments", {
      name: "Bitbucket for Payments",
      space: "payments",
      labels: ["team:payments"],
      description: "For *payments*.",
      vcsChecks: "AGGREGATED",
      useGitCheckout: true,
      secretRotation: "2026-11",
      detachProtection: false,
      replacementOrder: "destroy-first",
      repositories: [
        repository("acme-workspace/infrastructure"),
        repository("acme-workspace/billing", {
          title: "Spacelift",
          additionalEvents: ["pullrequest:rejected"],
          active: false,
          verifyCertificate: false,
          adoptExisting: false,
        }),
      ],
      sets: [set("acme-workspace", { project: "PAY", role: "admin", match: ["svc-*", "web"], except: ["*-archive", "svc-old"] })],
    }),
    cloud("shared", {
      name: "Bitbucket",
      default: true,
      credential: { username: "bot", appPassword: { variable: "app_password" } },
      repositories: [repository("acme-workspace/handbook")],
    }),
    existing("cloud", "company-wide", { default: true }, { repositories: [repository("acme-workspace/wiki")] }),
    existing("cloud", "old-name", { name: "Bitbucket of Old" }),
    existing("datacenter", "by-id", { id: "data-center-01" }, { sets: [set("OLD", { verifyCertificate: false })] }),
  ],
};

/** Two servers, one of them behind VCS agents, and the server of the environment. */
export const SERVERS: Content = {
  spaces: [space("platform", { name: "Platform" })],
  servers: [
    server("main"),
    server("old", { url: "https://old.acme.example/bitbucket", login: { username: "hooks", password: { env: "HOOKS_PASSWORD" } } }),
    server("bare", { url: "https://bare.acme.example", login: undefined }),
  ],
  integrations: [
    datacenter("platform", {
      server: "main",
      name: "Data Center for Platform",
      space: "platform",
      repositories: [
        repository("~jdoe/dotfiles"),
        repository("PAY/billing", { additionalEvents: ["pr:declined"], verifyCertificate: false }),
      ],
      sets: [
        set("PLAT", { query: "terraform", role: "REPO_ADMIN", except: ["terraform-sandbox"], title: "Spacelift" }),
        set("PLAT", { key: "ansible", query: "ansible" }),
      ],
    }),
    datacenter("old", {
      server: "old",
      apiHost: "private://agents/bitbucket",
      userFacingHost: "https://old.acme.example/bitbucket",
      repositories: [repository("INFRA/networking")],
    }),
    datacenter("elsewhere", { apiHost: "https://elsewhere.acme.example", userFacingHost: "https://code.acme.example" }),
    existing("datacenter", "theirs", { default: true }, { server: "old", repositories: [repository("INFRA/dns")] }),
  ],
};
