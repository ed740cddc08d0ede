# Who uses an integration: what a delete would cut off.
data "bitlift_integration_usage" "payments" {
  product        = "cloud"
  integration_id = "bitbucket-for-payments"
}

output "stacks_of_payments" {
  value = data.bitlift_integration_usage.payments.stacks[*].name
}
