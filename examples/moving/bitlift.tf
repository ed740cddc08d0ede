# The same objects with the provider of Bitlift.
terraform {
  required_providers {
    bitlift = {
      source  = "terraform.local/bitlift/bitlift"
      version = "~> 0.1"
    }
  }
}

resource "bitlift_space" "payments" {
  name = "Payments"
}

resource "bitlift_bitbucket_datacenter_integration" "payments" {
  name             = "Payments"
  space_id         = bitlift_space.payments.id
  api_host         = "https://bitbucket.acme.example"
  user_facing_host = "https://bitbucket.acme.example"
  username         = "spacelift"
  access_token_env = "PAYMENTS_BITBUCKET_TOKEN"

  lifecycle {
    create_before_destroy = true
  }
}

resource "bitlift_bitbucket_datacenter_webhook" "networking" {
  project            = "PLAT"
  repository         = "networking"
  integration_id     = bitlift_bitbucket_datacenter_integration.payments.id
  webhook_url        = bitlift_bitbucket_datacenter_integration.payments.webhook_url
  secret_fingerprint = bitlift_bitbucket_datacenter_integration.payments.webhook_secret_fingerprint

  lifecycle {
    create_before_destroy = true
  }
}

data "bitlift_bitbucket_cloud_integration" "company" {
  default = true
}

resource "bitlift_bitbucket_cloud_webhook" "infrastructure" {
  workspace          = "acme-workspace"
  repository         = "infrastructure"
  integration_id     = data.bitlift_bitbucket_cloud_integration.company.id
  webhook_url        = data.bitlift_bitbucket_cloud_integration.company.webhook_url
  secret_fingerprint = data.bitlift_bitbucket_cloud_integration.company.webhook_secret_fingerprint
}
