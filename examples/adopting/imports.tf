# Takes over a Space, an integration and a webhook that exist.
terraform {
  required_providers {
    bitlift = {
      source = "terraform.local/bitlift/bitlift"
    }
  }
}

import {
  to = bitlift_space.data
  id = "data-01HN0BF3GMYZQ4NYVNQ1RKQ9M7"
}

resource "bitlift_space" "data" {
  name = "Data"
}

import {
  to = bitlift_bitbucket_cloud_integration.data
  id = "bitbucket-for-data"
}

resource "bitlift_bitbucket_cloud_integration" "data" {
  name          = "Bitbucket for Data"
  space_id      = bitlift_space.data.id
  email         = "spacelift@acme.example"
  api_token_env = "DATA_BITBUCKET_API_TOKEN"
}

import {
  to = bitlift_bitbucket_cloud_webhook.warehouse
  id = "acme-workspace/warehouse/{0192a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b}"
}

resource "bitlift_bitbucket_cloud_webhook" "warehouse" {
  workspace          = "acme-workspace"
  repository         = "warehouse"
  integration_id     = bitlift_bitbucket_cloud_integration.data.id
  webhook_url        = bitlift_bitbucket_cloud_integration.data.webhook_url
  secret_fingerprint = bitlift_bitbucket_cloud_integration.data.webhook_secret_fingerprint
}
