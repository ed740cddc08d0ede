# A Space, an integration and webhooks, with the published providers.
terraform {
  required_providers {
    spacelift = {
      source  = "spacelift-io/spacelift"
      version = "~> 1.53"
    }
    bitbucket = {
      source  = "DrFaust92/bitbucket"
      version = "~> 2.52"
    }
    bitbucketserver = {
      source  = "gavinbunney/bitbucketserver"
      version = "~> 1.7"
    }
  }
}

variable "payments_token" {
  sensitive = true
}

variable "bitbucketserver_username" {}

variable "bitbucketserver_password" {
  sensitive = true
}

# The address of the server is in BITBUCKET_SERVER.
provider "bitbucketserver" {
  username = var.bitbucketserver_username
  password = var.bitbucketserver_password
}

resource "spacelift_space" "payments" {
  name = "Payments"
}

resource "spacelift_bitbucket_datacenter_integration" "payments" {
  name             = "Payments"
  is_default       = false
  space_id         = spacelift_space.payments.id
  api_host         = "https://bitbucket.acme.example"
  user_facing_host = "https://bitbucket.acme.example"
  username         = "spacelift"
  access_token     = var.payments_token
}

resource "bitbucketserver_repository_webhook" "networking" {
  project     = "PLAT"
  repository  = "networking"
  name        = "Spacelift (payments)"
  webhook_url = spacelift_bitbucket_datacenter_integration.payments.webhook_url
  secret      = spacelift_bitbucket_datacenter_integration.payments.webhook_secret
  events = [
    "pr:comment:added", "pr:from_ref_updated", "pr:merged", "pr:modified", "pr:opened", "pr:reviewer:approved", "pr:reviewer:unapproved",
    "repo:refs_changed",
  ]
}

# Spacelift's provider cannot create an integration on Bitbucket Cloud, only read it. This is the default one of the account.
data "spacelift_bitbucket_cloud_integration" "company" {}

resource "bitbucket_hook" "infrastructure" {
  owner                  = "acme-workspace"
  repository             = "infrastructure"
  description            = "Spacelift (bitbucket-for-acme)"
  url                    = data.spacelift_bitbucket_cloud_integration.company.webhook_url
  secret                 = data.spacelift_bitbucket_cloud_integration.company.webhook_secret
  skip_cert_verification = false
  events = [
    "pullrequest:approved", "pullrequest:comment_created", "pullrequest:created", "pullrequest:fulfilled", "pullrequest:unapproved",
    "pullrequest:updated", "repo:push",
  ]
}
