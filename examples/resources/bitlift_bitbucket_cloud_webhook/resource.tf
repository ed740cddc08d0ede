# A repository webhook that delivers to an integration.
resource "bitlift_bitbucket_cloud_webhook" "infrastructure" {
  workspace  = "acme-workspace"
  repository = "infrastructure"

  integration_id     = bitlift_bitbucket_cloud_integration.payments.id
  webhook_url        = bitlift_bitbucket_cloud_integration.payments.webhook_url
  secret_fingerprint = bitlift_bitbucket_cloud_integration.payments.webhook_secret_fingerprint

  # In addition to the seven events that Spacelift requires.
  additional_events = ["pullrequest:rejected"]

  lifecycle {
    create_before_destroy = true
  }
}

resource "bitlift_bitbucket_cloud_integration" "payments" {
  name          = "Bitbucket for Payments"
  email         = "spacelift@acme.example"
  api_token_env = "PAYMENTS_BITBUCKET_API_TOKEN"

  lifecycle {
    create_before_destroy = true
  }
}
