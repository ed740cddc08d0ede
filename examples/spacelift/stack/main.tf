# The Spacelift stack that deploys the app, its rights, and its variables. Not in the folder of the app: the engine would read it there.
terraform {
  required_providers {
    spacelift = {
      source = "spacelift-io/spacelift"
    }
  }
}

resource "spacelift_stack" "bitbucket" {
  name       = "bitbucket"
  space_id   = "root"
  repository = "bitbucket-integrations"
  branch     = "main"

  bitbucket_cloud {
    namespace = "acme-workspace"
  }

  terraform_workflow_tool = "OPEN_TOFU"
  runner_image            = "docker.acme.example/spacelift-runner-node:1"
}

# A run has only the rights of the roles that are attached to its stack.
data "spacelift_role" "space_admin" {
  slug = "space-admin"
}

resource "spacelift_role_attachment" "bitbucket" {
  stack_id = spacelift_stack.bitbucket.id
  role_id  = data.spacelift_role.space_admin.id
  space_id = "root"
}

resource "spacelift_context" "bitbucket" {
  name     = "bitbucket-integrations"
  space_id = "root"
}

resource "spacelift_context_attachment" "bitbucket" {
  context_id = spacelift_context.bitbucket.id
  stack_id   = spacelift_stack.bitbucket.id
}

# The only hosts to which the provider sends credentials, whatever a pull request changes.
resource "spacelift_environment_variable" "allowed_hosts" {
  context_id = spacelift_context.bitbucket.id
  name       = "BITLIFT_ALLOWED_HOSTS"
  value      = "acme.app.spacelift.io,api.bitbucket.org"
  write_only = false
}

# The tokens: one that manages webhooks, and one for each integration, with which Spacelift reads code.
variable "tokens" {
  type      = map(string)
  ephemeral = true
}

variable "tokens_version" {
  description = "Increase it when a token changes."
  type        = number
  default     = 1
}

resource "spacelift_environment_variable" "tokens" {
  for_each         = toset(["BITBUCKET_ACCESS_TOKEN", "PAYMENTS_BITBUCKET_API_TOKEN"])
  context_id       = spacelift_context.bitbucket.id
  name             = each.key
  value_wo         = var.tokens[each.key]
  value_wo_version = var.tokens_version
  write_only       = true
}
