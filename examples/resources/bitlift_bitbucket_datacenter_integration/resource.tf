# An integration for the stacks and modules of one Space.
resource "bitlift_bitbucket_datacenter_integration" "payments" {
  name     = "Data Center for Payments"
  space_id = bitlift_space.payments.id

  # The URL at which Spacelift calls the server ("private://<pool>" for a VCS agent pool), and the URL that people open.
  api_host         = "https://bitbucket.acme.example"
  user_facing_host = "https://bitbucket.acme.example"

  # The credential with which Spacelift reads code: the name of an environment variable, never the token.
  username         = "spacelift"
  access_token_env = "PAYMENTS_BITBUCKET_ACCESS_TOKEN"

  # During a replacement, stacks can move to the new integration before the old one is deleted.
  lifecycle {
    create_before_destroy = true
  }
}

resource "bitlift_space" "payments" {
  name = "Payments"
}
