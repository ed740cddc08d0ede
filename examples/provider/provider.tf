# The provider in a Terraform or OpenTofu configuration: its source, its logins, and a second Data Center server.
terraform {
  required_providers {
    bitlift = {
      source  = "terraform.local/bitlift/bitlift"
      version = "~> 0.1"
    }
  }
}

provider "bitlift" {
  # The provider reads the Spacelift login from the environment, where a Spacelift run sets it. It can also be set here:
  # spacelift {
  #   endpoint           = "https://acme.app.spacelift.io"
  #   api_key_id         = "01J8EXAMPLE"
  #   api_key_secret_env = "ACME_SPACELIFT_API_KEY_SECRET"
  # }

  # The login that manages webhooks in Bitbucket Cloud.
  bitbucket_cloud {
    email         = "webhooks@acme.example"
    api_token_env = "WEBHOOKS_BITBUCKET_API_TOKEN"
  }

  # The login that manages webhooks on the Data Center server.
  bitbucket_datacenter {
    url              = "https://bitbucket.acme.example"
    access_token_env = "WEBHOOKS_BITBUCKET_TOKEN"
  }
}

# A second Data Center server, whose certificate is signed by a private authority.
provider "bitlift" {
  alias = "old"

  bitbucket_datacenter {
    url              = "https://old.acme.example/bitbucket"
    access_token_env = "OLD_WEBHOOKS_TOKEN"
    ca_certificate   = "acme-authority.pem" # or its content: file("acme-authority.pem")
  }
}

resource "bitlift_bitbucket_datacenter_integration" "old" {
  provider = bitlift.old

  name             = "Old Data Center"
  api_host         = "https://old.acme.example/bitbucket"
  user_facing_host = "https://old.acme.example/bitbucket"
  username         = "spacelift"
  access_token_env = "OLD_BITBUCKET_TOKEN"
}
