# An integration for the stacks and modules of one Space.
resource "bitlift_bitbucket_cloud_integration" "payments" {
  name     = "Bitbucket for Payments"
  space_id = bitlift_space.payments.id

  # The credential with which Spacelift reads code: the name of an environment variable, never the token.
  email         = "spacelift@acme.example"
  api_token_env = "PAYMENTS_BITBUCKET_API_TOKEN"

  # During a replacement, stacks can move to the new integration before the old one is deleted.
  lifecycle {
    create_before_destroy = true
  }
}

resource "bitlift_space" "payments" {
  name = "Payments"
}
