# A webhook in every repository of a project.
data "bitlift_bitbucket_cloud_repositories" "payments" {
  workspace = "acme-workspace"
  project   = "PAY"
  role      = "admin"
}

data "bitlift_bitbucket_cloud_integration" "payments" {
  id = "bitbucket-for-payments"
}

resource "bitlift_bitbucket_cloud_webhook" "payments" {
  for_each = toset(data.bitlift_bitbucket_cloud_repositories.payments.repositories[*].slug)

  workspace          = data.bitlift_bitbucket_cloud_repositories.payments.workspace
  repository         = each.value
  integration_id     = data.bitlift_bitbucket_cloud_integration.payments.id
  webhook_url        = data.bitlift_bitbucket_cloud_integration.payments.webhook_url
  secret_fingerprint = data.bitlift_bitbucket_cloud_integration.payments.webhook_secret_fingerprint
}
