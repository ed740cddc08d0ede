/** The pipeline files that `bitlift init` writes. */

export const bitbucketPipelines = `# Checks and plans every pull request. On the main branch, plans again and applies that plan after a click.
# Each step starts in a new clone, so the state needs a shared backend: set state.backend in bitlift.yaml.
image: hashicorp/terraform:1.11

definitions:
  caches:
    npm:
      key:
        files:
          - package-lock.json
      path: ~/.npm
  steps:
    - step: &plan
        name: Plan
        caches:
          - npm
        script:
          - apk add --no-cache nodejs npm
          - npm ci
          - npx bitlift validate --strict
          # Exit code 2 means that there are changes.
          - npx bitlift plan --plan-dir plans || [ $? -eq 2 ]
        artifacts:
          - plans/**
    - step: &apply
        name: Apply
        trigger: manual
        deployment: production
        caches:
          - npm
        script:
          - apk add --no-cache nodejs npm
          - npm ci
          - npx bitlift apply --plan-dir plans --approve-later

pipelines:
  pull-requests:
    "**":
      - step: *plan
  branches:
    main:
      - step: *plan
      - step: *apply
`;

export const spaceliftConfiguration = `# Runs before Terraform or OpenTofu in every run of the Spacelift stack, and writes what they need into the folder of the project.
# The runner image of the stack needs Node.js. Spacelift stores the state.
version: "2"

stack_defaults:
  before_init:
    - npm ci
    - npx bitlift validate --strict
    - npx bitlift export . --flat --part main --no-backend
`;
