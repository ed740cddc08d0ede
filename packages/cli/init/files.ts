/** The files that `bitlift init` writes. */
import { randomUUID } from "node:crypto";
import { devDependencies, version } from "../../../package.json";
import { bitbucketPipelines, spaceliftConfiguration } from "./pipelines";

export const PIPELINES = ["bitbucket", "spacelift", "none"] as const;
export type Pipeline = (typeof PIPELINES)[number];

/** The versions that this version of bitlift is tested with. */
export const PACKAGES: Readonly<Record<string, string>> = {
  bitlift: version,
  cdktf: devDependencies.cdktf,
  "cdktf-cli": devDependencies["cdktf-cli"],
  constructs: devDependencies.constructs,
};

/** Text by path, relative to the project. */
export function projectFiles(pipeline: Pipeline): Readonly<Record<string, string>> {
  return {
    "package.json": json({
      name: "bitbucket-integrations",
      private: true,
      scripts: { validate: "bitlift validate", plan: "bitlift plan", apply: "bitlift apply" },
      dependencies: PACKAGES,
    }),
    "cdktf.json": json({
      language: "typescript",
      app: "node main.mjs",
      projectId: randomUUID(),
      sendCrashReports: "false",
      terraformProviders: [],
      terraformModules: [],
    }),
    "main.mjs": MAIN,
    "bitlift.yaml": CONFIGURATION,
    ".gitignore": IGNORED,
    ...(pipeline === "bitbucket" ? { "bitbucket-pipelines.yml": bitbucketPipelines } : {}),
    ...(pipeline === "spacelift" ? { ".spacelift/config.yml": spaceliftConfiguration } : {}),
  };
}

/** An ES module that Node.js runs as it is, whatever the `type` of an existing package.json. */
const MAIN = `// @ts-check
/** The app: everything that bitlift.yaml describes. */
import { synthesizeApp } from "bitlift/app";

synthesizeApp();
`;

const IGNORED = `node_modules/
cdktf.out/
.terraform/
*.tfstate
*.tfstate.*
# Plans contain everything that the state contains.
*.tfplan
plans/
`;

const CONFIGURATION = `# yaml-language-server: $schema=node_modules/bitlift/bitlift.schema.json
# Spacelift's Bitbucket integrations, Spaces and repository webhooks. Check this file with: npx bitlift validate
#
# Credentials are never in this file. In the environment of plan and apply:
#   SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID, SPACELIFT_API_KEY_SECRET   an API key of Spacelift
#   BITBUCKET_ACCESS_TOKEN, or BITBUCKET_EMAIL and BITBUCKET_API_TOKEN           manages webhooks on Bitbucket Cloud
#   PAYMENTS_BITBUCKET_API_TOKEN                                                the token that Spacelift reads repositories with
version: 1

# Where the state is stored. Without this, it is a file on this machine. {part} is the name of a part: "main" if there is only one.
# state:
#   backend: { s3: { bucket: acme-terraform, key: "bitlift/{part}.tfstate", region: eu-central-1 } }

# The key of a Space or integration is its identity: change a name freely; for a new key, add previously: [old-key].
spaces:
  payments:
    name: Payments
    description: Stacks and modules of the payments team.

integrations:
  payments:
    cloud:
      email: spacelift@acme.example
      token: { env: PAYMENTS_BITBUCKET_API_TOKEN }
    name: Bitbucket for Payments
    space: payments
    repositories:
      - acme-workspace/infrastructure
      # Every repository of a workspace whose slug fits:
      # - { every: acme-workspace, match: ["svc-*"], except: ["*-archive"] }

# Bitbucket Data Center:
# servers:
#   main: { url: "https://bitbucket.acme.example", token: { env: MAIN_WEBHOOKS_TOKEN } }
# integrations:
#   ledger:
#     datacenter: { server: main, username: spacelift, token: { env: LEDGER_TOKEN } }
#     name: Ledger
#     repositories: [PLAT/ledger]
`;

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
