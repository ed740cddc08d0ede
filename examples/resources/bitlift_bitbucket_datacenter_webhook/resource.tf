# A repository webhook that delivers to an integration.
resource "bitlift_bitbucket_datacenter_webhook" "infrastructure" {
  project    = "PAY"
  repository = "infrastructure"

  integration_id     = bitlift_bitbucket_datacenter_integration.payments.id
  webhook_url        = bitlift_bitbucket_datacenter_integration.payments.webhook_url
  secret_fingerprint = bitlift_bitbucket_datacenter_integration.payments.webhook_secret_fingerprint

  # In addition to the eight events that Spacelift requires.
  additional_events = ["pr:declined"]

  lifecycle {
    create_before_destroy = true
  }
}

resource "bitlift_bitbucket_datacenter_integration" "payments" {
  name             = "Data Center for Payments"
  api_host         = "https://bitbucket.acme.example"
  user_facing_host = "https://bitbucket.acme.example"
  username         = "spacelift"
  access_token_env = "PAYMENTS_BITBUCKET_ACCESS_TOKEN"

  lifecycle {
    create_before_destroy = true
  }
}
