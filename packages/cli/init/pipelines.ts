/** The pipeline files that `bitlift init` writes. */

export const bitbucketPipelines = `# Checks and plans every pull request. On the main branch, plans again and applies that plan after a click.
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
          - npx bitlift validate
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

export const spaceliftConfiguration = `# Runtime configuration of the Spacelift stack. The runner image needs Node.js: start from public.ecr.aws/spacelift/runner-terraform:latest
# and add the packages nodejs and npm. Spacelift stores the state.
version: "2"

stack_defaults:
  before_init:
    - npm ci
    - npx bitlift validate
    - npx bitlift export . --flat --part main --no-backend
`;
