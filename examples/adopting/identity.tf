# An import by identity, with Terraform 1.12 or OpenTofu 1.12 and later.
import {
  to = bitlift_bitbucket_cloud_webhook.warehouse
  identity = {
    workspace  = "acme-workspace"
    repository = "warehouse"
    uuid       = "{0192a1b2-c3d4-4e5f-8a9b-0c1d2e3f4a5b}"
  }
}
