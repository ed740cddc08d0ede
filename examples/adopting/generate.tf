# Import blocks without resources: the engine writes the resources.
terraform {
  required_providers {
    bitlift = {
      source = "terraform.local/bitlift/bitlift"
    }
  }
}

import {
  to = bitlift_bitbucket_cloud_integration.data
  id = "bitbucket-for-data"
}

import {
  to = bitlift_bitbucket_cloud_webhook.warehouse
  id = "acme-workspace/warehouse"
}
