/** The bitlift.yaml that `bitlift init` writes. */

export const CONFIGURATION = `# yaml-language-server: $schema=node_modules/bitlift/bitlift.schema.json
# Spacelift's Bitbucket integrations, Spaces and repository webhooks. Check this file with: npx bitlift validate
#
# Credentials are never in this file. In the environment of plan and apply:
#   SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID, SPACELIFT_API_KEY_SECRET   an API key of Spacelift
#   BITBUCKET_ACCESS_TOKEN, or BITBUCKET_EMAIL and BITBUCKET_API_TOKEN           manages webhooks on Bitbucket Cloud
#   SPACELIFT_BITBUCKET_TOKEN                                                    the token that Spacelift reads code with
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
      token: { env: SPACELIFT_BITBUCKET_TOKEN }
    name: Bitbucket for Payments
    space: payments
    repositories:
      - acme-workspace/infrastructure
      # Every repository of a workspace whose slug fits:
      # - { every: acme-workspace, match: ["svc-*"], except: ["*-archive"] }

  # Bitbucket Data Center, with the server below:
  # ledger:
  #   datacenter: { server: main, username: spacelift, token: { env: LEDGER_BITBUCKET_TOKEN } }
  #   name: Data Center for the Ledger
  #   repositories: [PAY/ledger]

# servers:
#   main: { url: "https://bitbucket.acme.example", token: { env: BITBUCKET_DATACENTER_TOKEN } }
`;
