/** The pipeline files that `bitlift init` writes. */

export const bitbucketPipelines = `# Reviews every pull request: a comment, a build status and a report. On the main branch, reviews a plan, and applies exactly that plan after a click.
# Each step starts in a new clone, so the state needs a shared backend: set state.backend in bitlift.yaml.
# Variables of the repository: keys that can only read, and BITLIFT_REVIEW_TOKEN, because pull requests run with them.
# Variables of the deployment environment production: the same names, with the keys that may change things.
image: hashicorp/terraform:1.11

definitions:
  caches:
    npm:
      key:
        files:
          - package-lock.json
      path: ~/.npm

pipelines:
  pull-requests:
    "**":
      - step:
          name: Review
          # The review compares with the destination branch.
          clone:
            depth: full
          caches:
            - npm
          script:
            - apk add --no-cache nodejs npm git
            - npm ci
            - npx bitlift validate --strict
            - git fetch origin "+refs/heads/$BITBUCKET_PR_DESTINATION_BRANCH:refs/remotes/origin/$BITBUCKET_PR_DESTINATION_BRANCH"
            # Exit code 2 means that there are changes, 3 that a finding blocks.
            - npx bitlift review --post --fail-on danger --base "origin/$BITBUCKET_PR_DESTINATION_BRANCH" --format terminal --format html --output review.html || [ $? -eq 2 ]
          artifacts:
            - review.html
  branches:
    main:
      - step:
          name: Plan
          caches:
            - npm
          script:
            - apk add --no-cache nodejs npm git
            - npm ci
            - npx bitlift validate --strict
            - npx bitlift plan --plan-dir plans || [ $? -eq 2 ]
            - npx bitlift review --plan-dir plans || [ $? -eq 2 ]
          artifacts:
            - plans/**
      - step:
          name: Apply
          trigger: manual
          deployment: production
          caches:
            - npm
          script:
            - apk add --no-cache nodejs npm git
            - npm ci
            - npx bitlift apply --plan-dir plans --approve-later
`;

export const spaceliftConfiguration = `# Hooks of every run of the Spacelift stack: before the engine starts, they write what it needs; after the plan, they write the review for the policies.
# The runner image of the stack needs Node.js. Spacelift stores the state.
version: "2"

stack_defaults:
  before_init:
    - npm ci
    - npx bitlift validate --strict
    - npx bitlift export . --flat --part main --no-backend
  after_plan:
    # Exit code 2 means that there are changes, 3 that the limit on removals is exceeded. A plan policy decides what blocks.
    - npx bitlift review spacelift.plan --format terminal --format spacelift --output bitlift.custom.spacelift.json || [ $? -eq 2 -o $? -eq 3 ]
`;
