# An integration for the stacks and modules of one Space.
resource "bitlift_bitbucket_datacenter_integration" "payments" {
  name     = "Data Center for Payments"
  space_id = bitlift_space.payments.id

  # Where Spacelift calls the server, and where people open it. Through VCS agents: api_host = "private://<pool>".
  api_host         = "https://bitbucket.acme.example"
  user_facing_host = "https://bitbucket.acme.example"

  # What Spacelift reads code with: the name of a variable, never the token.
  username         = "spacelift"
  access_token_env = "PAYMENTS_BITBUCKET_ACCESS_TOKEN"

  # Stacks can be moved to the new integration before the old one is deleted.
  lifecycle {
    create_before_destroy = true
  }
}

resource "bitlift_space" "payments" {
  name = "Payments"
}
