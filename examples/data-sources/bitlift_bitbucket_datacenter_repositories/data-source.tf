# A webhook in every repository of a project.
data "bitlift_bitbucket_datacenter_repositories" "payments" {
  project = "PAY"
  role    = "REPO_ADMIN"
}

data "bitlift_bitbucket_datacenter_integration" "payments" {
  id = "data-center-for-payments"
}

resource "bitlift_bitbucket_datacenter_webhook" "payments" {
  for_each = toset(data.bitlift_bitbucket_datacenter_repositories.payments.repositories[*].slug)

  project            = data.bitlift_bitbucket_datacenter_repositories.payments.project
  repository         = each.value
  integration_id     = data.bitlift_bitbucket_datacenter_integration.payments.id
  webhook_url        = data.bitlift_bitbucket_datacenter_integration.payments.webhook_url
  secret_fingerprint = data.bitlift_bitbucket_datacenter_integration.payments.webhook_secret_fingerprint
}
